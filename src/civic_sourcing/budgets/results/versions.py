"""How far a count holds: provisional or confirmed, and the other counts of the same vote."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from civic_sourcing.budgets.count_differences import differences
from civic_sourcing.budgets.models import BatchCorrection, CountResult
from civic_sourcing.budgets.reasons import format_score
from civic_sourcing.processes.policies import written

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True)
class Standing:
    """What a reader must know of a result before anything else."""

    title: str
    sentence: str
    tone: str
    reason: str = ""


@dataclass(frozen=True)
class Version:
    """
    One of the published counts of a vote; ``changes`` say what differs from the one before it,
    ``reasons`` why sheets of paper were entered again for it.
    """

    count: CountResult
    is_shown: bool
    is_latest: bool
    changes: list[str] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)

    @property
    def ballots(self) -> str:
        return format_score(self.count.document["ballots"])

    @property
    def funded(self) -> str:
        return format_score(len(self.count.document["selected"]))

    @property
    def query(self) -> str:
        """The latest has the plain address, which is the one to pass on."""
        return "" if self.is_latest else f"?count={self.count.version}"


def standing_of(count: CountResult, at: datetime) -> Standing:
    """Tell whether a published count can still change."""
    confirmation = count.confirmation
    if confirmation is not None and confirmation.approved_at is not None:
        sentence = _("Two people of the town confirmed it on %(at)s.")
        told = sentence % {"at": written(confirmation.approved_at)}
        return Standing(_("Final result"), told, "success", confirmation.reason)
    until = count.publication.objections_until
    if at < until:
        sentence = _(
            "Objections are heard until %(at)s. Then two people of the town confirm the result, or "
            "the ballots are counted again."
        )
        return Standing(_("Provisional result"), sentence % {"at": written(until)}, "warning")
    return Standing(
        _("Provisional result"),
        _(
            "The time for objections is over. Two people of the town have yet to confirm the "
            "result."
        ),
        "warning",
    )


def versions_of(shown: CountResult, titles: Mapping[str, str]) -> list[Version]:
    """All published counts of the vote, the latest first; nothing where there is but one."""
    counts = list(CountResult.objects.of(shown.process).released())
    return list(_versions(counts, shown, titles)) if len(counts) > 1 else []


def chosen(page: Any, asked: str) -> CountResult | None:
    """
    The count a visitor asked for by its number, if it is published; without a number the latest.
    """
    latest: CountResult | None = page.latest_count
    if not asked or latest is None:
        return latest
    if not (asked.isascii() and asked.isdigit()):
        return None
    counts = CountResult.objects.of(page.process).released()
    return counts.filter(version=int(asked[:9])).first()


def _versions(
    counts: Sequence[CountResult], shown: CountResult, titles: Mapping[str, str]
) -> Iterator[Version]:
    corrections = _corrections(shown) if any(map(_batches, counts)) else {}
    for place, count in enumerate(counts):
        before = counts[place + 1] if place + 1 < len(counts) else None
        yield Version(
            count,
            is_shown=count.pk == shown.pk,
            is_latest=place == 0,
            changes=differences(before, count, titles) if before else [],
            reasons=_reasons(corrections, _batches(count), _batches(before)) if before else [],
        )


def _batches(count: CountResult) -> list[str]:
    """The UUIDs of the batches of sheets a count was made of."""
    batches: list[str] = count.document.get("basis", {}).get("batches", [])
    return batches


def _corrections(count: CountResult) -> dict[str, tuple[str, str]]:
    """Of each batch that corrects another one: which one, and why, as two people have said."""
    approved = BatchCorrection.objects.filter(approved_at__isnull=False)
    rows = approved.filter(batch__place__run__process=count.process_id)
    return {
        str(batch): (str(wrong), reason)
        for batch, wrong, reason in rows.values_list(
            "batch__replacement__uuid", "batch__uuid", "reason"
        )
    }


def _reasons(
    corrections: Mapping[str, tuple[str, str]], batches: Sequence[str], before: Sequence[str]
) -> list[str]:
    """
    Why sheets were entered again since the count before; of sheets that were entered several times
    all reasons, the first first.
    """
    told: list[str] = []
    for entered in sorted(set(batches) - set(before)):
        batch, reasons = entered, []
        while batch in corrections and batch not in before:
            batch, reason = corrections[batch]
            reasons.insert(0, reason)
        told += reasons
    return told
