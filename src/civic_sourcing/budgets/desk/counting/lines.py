"""How a vote's counts stand, line by line, for those who run it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from civic_sourcing.budgets.count_differences import differences
from civic_sourcing.budgets.models import CountResult
from civic_sourcing.budgets.reasons import format_score
from civic_sourcing.budgets.released import counts_of
from civic_sourcing.core.money import format_money
from civic_sourcing.processes.models import Process
from civic_sourcing.processes.policies import written


@dataclass(frozen=True)
class CountLine:
    """One count, and what it has changed against the one before."""

    count: CountResult
    standing: str
    changed: list[str]

    @property
    def ballots(self) -> str:
        return format_score(self.count.document["ballots"])

    @property
    def funded(self) -> str:
        return format_score(len(self.count.document["selected"]))

    @property
    def spent(self) -> str:
        document = self.count.document
        return format_money(int(document["spent"]), document["currency"])


def lines_of(process: Process, titles: Mapping[str, str], at: datetime) -> list[CountLine]:
    """All counts of a vote, the latest first."""
    return list(_lines(list(counts_of(process)), titles, at))


def standing_of(count: CountResult, at: datetime, *, is_shown: bool = True) -> str:
    """How far a count has come, in words; ``is_shown`` is the one that visitors see first."""
    publication = getattr(count, "publication", None)
    if publication is None:
        return _("Not published: only those who run the vote see it.")
    confirmation = count.confirmation
    if confirmation is not None and confirmation.approved_at is not None:
        return _("Confirmed on %(at)s.") % {"at": written(confirmation.approved_at)}
    if not is_shown:
        return _("Published. A later count has taken its place.")
    if "basis" not in count.document:
        return _("Published.")
    if at < publication.objections_until:
        return _("Published as provisional. Objections are heard until %(until)s.") % {
            "until": written(publication.objections_until)
        }
    return _("Published as provisional. Objections are no longer heard; it can be confirmed.")


def _lines(
    counts: list[CountResult], titles: Mapping[str, str], at: datetime
) -> Iterator[CountLine]:
    for place, count in enumerate(counts):
        before = counts[place + 1] if place + 1 < len(counts) else None
        changed = differences(before, count, titles) if before else []
        is_over = any(later.is_released for later in counts[:place])
        yield CountLine(count, standing_of(count, at, is_shown=not is_over), changed)
