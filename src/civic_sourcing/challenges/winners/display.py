"""Decisions as people read them: who won which place with what, and how it was found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.urls import reverse
from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from civic_sourcing.answers.models import Adoption
from civic_sourcing.attribution.models import Contribution
from civic_sourcing.challenges.models import (
    Award,
    AwardState,
    ChallengeFacts,
    Decision,
    Entry,
    Placement,
    Round,
)
from civic_sourcing.challenges.results.finishing import open_claims
from civic_sourcing.core.money import format_money


@dataclass(frozen=True)
class Winner:
    """One place. ``url`` leads to the entry where everybody may read it, ``claim_url`` objects."""

    placement: Placement
    money: str
    score: str
    award: Award | None
    contribution: Contribution | None
    url: str
    adoptions: list[Adoption]
    can_object: bool

    @property
    def entry(self) -> Entry:
        return self.placement.entry

    @property
    def title(self) -> str:
        """Empty where the entry is not public (any more)."""
        return self.entry.title if self.is_public else ""

    @property
    def is_public(self) -> bool:
        return self.contribution is not None and self.contribution.is_public

    @property
    def by(self) -> str:
        if not self.is_public:
            return ""
        author = self.contribution.author if self.contribution else None
        return self.entry.team_name or (author.public_name if author else "")

    @property
    def is_cancelled(self) -> bool:
        return self.award is not None and self.award.state == AwardState.CANCELLED

    @property
    def is_declined(self) -> bool:
        return self.award is not None and self.award.state == AwardState.DECLINED

    @property
    def credits_url(self) -> str:
        return self._of_contribution("civic_attribution:credits")

    @property
    def claim_url(self) -> str:
        return self._of_contribution("civic_attribution:new_claim") if self.can_object else ""

    def _of_contribution(self, name: str) -> str:
        if self.contribution is None or not self.is_public:
            return ""
        return reverse(name, args=[self.contribution.uuid])


@dataclass(frozen=True)
class MovedUp:
    """Who moved up where an award ended, as two people decided, and how far that is."""

    decision: Decision
    instead: str
    winners: list[Winner]
    is_verifying: bool
    claims: int


@dataclass(frozen=True)
class Decided:
    """
    One decided phase: its winners, who moved up later, how it was found, and where the verification
    stands.
    """

    round: Round
    decision: Decision
    winners: list[Winner]
    moved_up: list[MovedUp]
    advancing: int
    facts: list[tuple[str, str]]
    is_verifying: bool
    claims: int


def decided_rounds(process: Any, at: datetime) -> list[Decided]:
    """The phases of ``process`` that two people decided, the latest first."""
    decisions = Decision.objects.confirmed().whole().filter(round__process=process)
    rows = decisions.select_related("round", "ranking").order_by("-round__number")
    facts = ChallengeFacts.objects.of(process)
    return [_decided(decision, facts, at) for decision in rows]


def _decided(decision: Decision, facts: ChallengeFacts, at: datetime) -> Decided:
    return Decided(
        round=decision.round,
        decision=decision,
        winners=winners_of(decision, facts.currency, can_object=decision.final_at is None),
        moved_up=_moved_up(decision, facts, at),
        advancing=decision.placements.filter(advances=True).count(),
        facts=how_it_was_found(decision.ranking.document),
        is_verifying=_is_verifying(decision, at),
        claims=0 if decision.final_at else open_claims(decision),
    )


def _is_verifying(decision: Decision, at: datetime) -> bool:
    until = decision.verification_until
    return decision.final_at is None and until is not None and at < until


def _moved_up(decision: Decision, facts: ChallengeFacts, at: datetime) -> list[MovedUp]:
    """Those who moved up in the phase of ``decision``, the first first."""
    rows = Decision.objects.confirmed().moving_up().filter(round=decision.round_id)
    rows = rows.select_related("ranking", "instead_of__placement__entry__contribution")
    return [
        MovedUp(
            decision=one,
            instead=_told(one.instead_of.placement.entry) if one.instead_of else "",
            winners=winners_of(one, facts.currency, can_object=one.final_at is None),
            is_verifying=_is_verifying(one, at),
            claims=0 if one.final_at else open_claims(one),
        )
        for one in rows.order_by("confirmed_at", "pk")
    ]


def _told(entry: Entry) -> str:
    """Its title where everybody may read it."""
    contribution = entry.contribution
    return entry.title if contribution is not None and contribution.is_public else ""


def winners_of(decision: Decision, currency: str, *, can_object: bool = False) -> list[Winner]:
    """Those with a place, the first first."""
    rows = decision.placements.filter(place__isnull=False).order_by("place", "pk")
    placements = list(
        rows.select_related("entry__contribution__author__user", "prize", "award__picture")
    )
    found = [each.entry.contribution for each in placements if each.entry.contribution]
    urls = found[0].kind_of.urls(found) if found else {}
    totals = {line["entry"]: line["total"] for line in decision.ranking.document["lines"]}
    adopted = _adopted(found)
    return [
        Winner(
            placement=each,
            money=format_money(each.amount, currency) if each.amount else "",
            score=points(totals.get(str(each.entry.uuid))),
            award=getattr(each, "award", None),
            contribution=each.entry.contribution,
            url=urls.get(each.entry.contribution_id or 0, ""),
            adoptions=adopted.get(each.entry.contribution_id or 0, []),
            can_object=can_object,
        )
        for each in placements
    ]


def _adopted(contributions: Iterable[Contribution]) -> dict[int, list[Adoption]]:
    """What the city makes of each of them, by key."""
    return {one.pk: list(Adoption.objects.of(one)) for one in contributions}


def how_it_was_found(document: dict[str, Any]) -> list[tuple[str, str]]:
    """Names and values: entries, score sheets, how equal and how harsh judges were treated."""
    method = {
        "": _("Harsh and mild judges are balanced."),
        "one-judge": _("Plain mean: there is one judge."),
        "not-connected": _("Plain mean: judges share too few entries to compare them."),
        "too-few": _("Plain mean: judges share too few entries to compare them."),
        "no-difference": _("Plain mean: judges are equally strict."),
    }
    way = method[document["fallback"]] if document["method"] == "corrected" else _("Plain mean.")
    found = [
        (pgettext("challenges", "Entries"), localize(len(document["entries"]))),
        (_("Score sheets"), localize(len(document["sheets"]))),
        (_("How they were added up"), way),
    ]
    if document["public_percent"]:
        found.append((_("Share of the public vote"), f"{document['public_percent']} %"))
    if document["peer_percent"]:
        found.append((_("Share of other solvers"), f"{document['peer_percent']} %"))
    return found


def points(written: str | None) -> str:
    """Points of a ranking (``"553/6"``) as people read them, with two decimals at most."""
    if written is None:
        return ""
    exact = Fraction(written)
    rounded = Decimal(int(exact * 100 + Fraction(1, 2))) / 100
    return localize(rounded.normalize() if rounded % 1 else rounded.quantize(Decimal(1)))
