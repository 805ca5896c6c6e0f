"""What cases are called in lists, in a constant number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db.models.functions import Left
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from civic_sourcing.attribution.kinds import contribution_kinds
from civic_sourcing.attribution.models import Contribution, ContributionVersion
from civic_sourcing.moderation.models import PARTICIPANT, Case

LENGTH = 90
READ = 400


def titles_of_cases(cases: Iterable[Case]) -> dict[int, str]:
    """
    Name each of ``cases`` by key: the title, where there is none the first words, or the person.

    Two queries more for texts without title, and one for each kind of those not published yet.
    """
    cases = list(cases)
    untitled = [
        row.contribution for row in cases if row.contribution and not row.contribution.title
    ]
    words = first_words(untitled) if untitled else {}
    return {case.pk: _title(case, words) for case in cases}


def first_words(contributions: Iterable[Contribution]) -> dict[int, str]:
    """Return the first words of each contribution by key, of the newest version if published."""
    rows = {row.pk: row for row in contributions}
    versions = ContributionVersion.objects.filter(contribution__in=rows).order_by("number")
    found = dict(versions.values_list("contribution_id", Left("text", READ)))
    missing = defaultdict(list)
    for key, row in rows.items():
        if not found.get(key):
            missing[row.kind].append(row)
    for kind in contribution_kinds():
        if kind.key in missing:
            for key, content in kind.contents(missing[kind.key]).items():
                found[key] = str(getattr(content, "text", "") or "")[:READ]
    return {key: Truncator(text).chars(LENGTH) for key, text in found.items()}


def kind_label(case: Case) -> str:
    """What the subject is: an idea, a comment, a person."""
    if case.kind == PARTICIPANT:
        return _("Person")
    labels = {kind.key: kind.label for kind in contribution_kinds()}
    return str(labels.get(case.kind, case.kind))


def kind_choices() -> list[tuple[str, str]]:
    kinds = [(kind.key, str(kind.label)) for kind in contribution_kinds()]
    return [*kinds, (PARTICIPANT, _("Person"))]


def _title(case: Case, words: dict[int, str]) -> str:
    if case.contribution is None:
        return case.participant.public_name if case.participant else str(case.uuid)
    found = case.contribution.title or words.get(case.contribution.pk) or ""
    if found and not found.strip("*… "):
        return _("%(kind)s (not shown)") % {"kind": kind_label(case)}
    return found or _("without words")
