"""Rankings and decisions as the manager reads them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from civic_sourcing.challenges.judging.ranking import Out
from civic_sourcing.challenges.models import Decision, Entry, Placement
from civic_sourcing.challenges.results.finishing import open_claims
from civic_sourcing.challenges.winners.display import points
from civic_sourcing.core.money import format_money


@dataclass(frozen=True)
class RankedLine:
    """One entry: its place and total, beside them the mean before and after the correction."""

    entry: Entry | None
    uuid: str
    place: int | None
    total: str
    raw: str
    corrected: str
    raw_place: int | None
    judges: int
    is_tied: bool
    out: str

    @property
    def title(self) -> str:
        return self.entry.title if self.entry else ""


def lines_of(document: Mapping[str, Any], entries: Mapping[str, Entry]) -> list[RankedLine]:
    """The lines of a ranking; ``entries`` are by their UUID."""
    out = {Out.KNOCKED_OUT: _("knocked out"), Out.NOT_JUDGED: _("not judged")}
    by_raw = raw_places(document)
    return [
        RankedLine(
            entry=entries.get(line["entry"]),
            uuid=line["entry"],
            place=line["place"],
            total=points(line["total"]) if line["place"] else "",
            raw=points(line["raw"]),
            corrected=points(line["corrected"]),
            raw_place=by_raw.get(line["entry"]),
            judges=line["judges"],
            is_tied=line["tied"],
            out=out.get(line["out"], ""),
        )
        for line in document["lines"]
    ]


def raw_places(document: Mapping[str, Any]) -> dict[str, int]:
    """The place each entry would have by the plain mean of its judges alone."""
    means = {
        line["entry"]: Fraction(line["raw"])
        for line in document["lines"]
        if line["place"] is not None
    }
    order = sorted(means.values(), reverse=True)
    first = {mean: order.index(mean) + 1 for mean in set(order)}
    return {entry: first[mean] for entry, mean in means.items()}


def why_uncorrected(document: Mapping[str, Any]) -> str:
    """Why harsh and mild judges were not balanced; empty where they were."""
    if document["method"] != "corrected":
        return _("This challenge ranks by the plain mean; the correction is only shown beside it.")
    return {
        "one-judge": _("No correction: there is one judge."),
        "not-connected": _("No correction: some judges share no entry with the others."),
        "too-few": _("No correction: there are too few score sheets to tell judges apart."),
        "no-difference": _("No correction needed: judges are equally strict."),
    }.get(document["fallback"], "")


@dataclass(frozen=True)
class ShownDecision:
    """A decision with names, money and what stands in its way."""

    decision: Decision
    people: Mapping[UUID, str]
    placements: list[tuple[Placement, str]]
    claims: int
    at: datetime

    @property
    def state(self) -> str:
        decision = self.decision
        if decision.withdrawn_at:
            return pgettext("decision", "Withdrawn")
        if decision.final_at:
            return pgettext("decision", "Final")
        if decision.confirmed_at is None:
            return _("Proposed, waits for a second person")
        return _("Verified") if self.is_verified else _("Confirmed, everybody can object")

    @property
    def is_verified(self) -> bool:
        return self.decision.is_verified_at(self.at)

    @property
    def proposer(self) -> str:
        return self.people.get(self.decision.proposed_by, "")

    @property
    def confirmer(self) -> str:
        return self.people.get(self.decision.confirmed_by, "") if self.decision.confirmed_by else ""

    @property
    def can_withdraw(self) -> bool:
        return self.decision.withdrawn_at is None and self.decision.final_at is None

    @property
    def can_finish(self) -> bool:
        return self.decision.confirmed_at is not None and self.can_withdraw


def shown(
    decision: Decision, people: Mapping[UUID, str], currency: str, at: datetime
) -> ShownDecision:
    """``decision`` with all that is told of it."""
    rows = decision.placements.select_related("entry", "prize").order_by("place", "pk")
    money = [(row, format_money(row.amount, currency) if row.amount else "") for row in rows]
    waits = decision.confirmed_at is not None and decision.final_at is None
    claims = open_claims(decision) if waits and decision.withdrawn_at is None else 0
    return ShownDecision(decision, people, sorted(money, key=_by_place), claims, at)


def _by_place(row: tuple[Placement, str]) -> tuple[bool, int]:
    """Databases differ in where they put what has no place."""
    return row[0].place is None, row[0].place or 0
