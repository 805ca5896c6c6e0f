"""What happened, as the figures count it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.timezone import localtime

from civic_sourcing.moderation.figures import Fact, Facts, Quarter, quarter_of
from civic_sourcing.moderation.models import Appeal, Decision, Origin, SecondOpinion
from civic_sourcing.moderation.showing.places import SITE

WITHOUT_RULE = "none"
CASE = ("case__process__uuid", "case__rule__translation_key")


def gather_facts() -> Facts:
    """
    Everything that was ever decided, in four queries.

    A decision counts under the rule it names, otherwise under that of its case; one that was
    corrected within minutes does not count, its correction does. Decisions on appeals count as
    appeals. The first decision of a case is the first one by a person.
    """
    return Facts.gathered([*_decisions(), *_appeals(), *_opinions()], _waits())


def _decisions() -> Iterator[Fact]:
    rows = Decision.objects.exclude(origin=Origin.APPEAL)
    rows = rows.exclude(corrections__origin=Origin.CORRECTION)
    for at, outcome, automation, rule, forum, of_case in rows.values_list(
        "decided_at", "outcome", "automation", "rule__translation_key", *CASE
    ).order_by():
        yield Fact.of(
            "decision",
            _quarter(at),
            forum=_key(forum, SITE),
            rule=_key(rule or of_case, WITHOUT_RULE),
            outcome=outcome,
            automation=automation,
        )


def _appeals() -> Iterator[Fact]:
    rows = Appeal.objects.exclude(decided_at=None)
    for at, outcome, forum in rows.values_list(
        "decided_at", "outcome", "decision__case__process__uuid"
    ).order_by():
        assert at is not None  # excluded above
        yield Fact.of("appeal", _quarter(at), forum=_key(forum, SITE), result=outcome)


def _opinions() -> Iterator[Fact]:
    rows = SecondOpinion.objects.exclude(given_at=None)
    for at, agrees, rule, forum, of_case in rows.values_list(
        "given_at",
        "agrees",
        "decision__rule__translation_key",
        *(f"decision__{name}" for name in CASE),
    ).order_by():
        yield Fact.of(
            "opinion",
            _quarter(at),
            forum=_key(forum, SITE),
            rule=_key(rule or of_case, WITHOUT_RULE),
            agreement="yes" if agrees else "no",
        )


def _waits() -> Iterator[tuple[Quarter, str, float]]:
    """Hours from the opening of each case to the first decision by a person."""
    rows = Decision.objects.filter(origin=Origin.CASE).order_by("case_id", "number")
    seen = None
    for case, opened, decided, forum in rows.values_list(
        "case_id", "case__opened_at", "decided_at", "case__process__uuid"
    ):
        if case != seen:
            seen = case
            hours = (decided - opened).total_seconds() / 3600
            yield _quarter(decided), _key(forum, SITE), max(hours, 0.0)


def _quarter(at: datetime) -> Quarter:
    return quarter_of(localtime(at).date())


def _key(value: Any, otherwise: str) -> str:
    return str(value) if value else otherwise
