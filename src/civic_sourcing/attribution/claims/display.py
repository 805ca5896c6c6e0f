"""What is shown of a claim: to everybody, to the parties, to stewards."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from civic_sourcing.attribution.claims import rules
from civic_sourcing.attribution.claims.rules import Stage
from civic_sourcing.attribution.models import (
    Claim,
    ClaimDecision,
    ClaimOutcome,
    ClaimStatement,
    Contribution,
    ContributionVersion,
)
from civic_sourcing.attribution.traces import may_have
from civic_sourcing.processes.policies import written

DECISIONS = "claim_decisions"


@dataclass(frozen=True)
class PublicOutcome:
    """The outcome of a claim in one sentence, and how far it has come."""

    sentence: str
    at: datetime
    is_final: bool
    note: str


def public_outcomes(contribution: Contribution) -> list[PublicOutcome]:
    """What everybody may know about claims to ``contribution``: outcomes, never accusations."""
    if not may_have(contribution, DECISIONS):
        return []
    decisions = (
        ClaimDecision.objects.filter(claim__in=contribution.claims.decided())
        .select_related("claim__claimant__user")
        .order_by("claim", "-number")
    )
    latest: dict[int, ClaimDecision] = {}
    for decision in decisions:
        latest.setdefault(decision.claim_id, decision)
    shown = sorted(latest.values(), key=lambda decision: decision.decided_at)
    return [_public(decision) for decision in shown]


def _public(decision: ClaimDecision) -> PublicOutcome:
    claim = decision.claim
    final = claim.stage == Stage.FINAL
    if final:
        note = _("Decided on appeal, final.") if decision.number == 2 else _("Final.")
    elif claim.stage == Stage.DECIDED and claim.due_at:
        note = _("Takes effect on %(date)s unless it is appealed.") % {
            "date": written(claim.due_at)
        }
    else:
        note = _("Not in effect yet: the decision was appealed.")
    return PublicOutcome(outcome_sentence(decision), decision.decided_at, final, note)


def outcome_sentence(decision: ClaimDecision) -> str:
    """Say in one sentence what was decided, for everybody."""
    values = {
        "person": decision.claim.claimant.public_name,
        "role": decision.get_role_display(),
        "percent": decision.percent,
    }
    match decision.outcome:
        case ClaimOutcome.ADDED:
            return _("%(person)s is credited as %(role)s.") % values
        case ClaimOutcome.SHARED:
            return _("%(person)s shares the authorship, with %(percent)s %%.") % values
        case ClaimOutcome.TRANSFERRED:
            return _("%(person)s is recognised as the author.") % values
    return _("A claim to the authorship was examined and refused.")


def version_at(contribution: Contribution, at: datetime) -> ContributionVersion | None:
    """The text as it was published at ``at``; the first one where it came later."""
    versions = contribution.versions.order_by("-number")
    return versions.filter(published_at__lte=at).first() or versions.last()


def statements_of(claim: Claim) -> list[ClaimStatement]:
    """Everything said, in order, without mere acceptances."""
    rows = claim.statements.exclude(part=ClaimStatement.Part.ACCEPTANCE)
    return list(rows.select_related("participant__user", "linked").prefetch_related("files"))


def steps_of(claim: Claim) -> list[dict[str, Any]]:
    """The way of a claim for the element ``timeline``."""
    stages = [
        (_("The other side is heard"), (Stage.FILED,)),
        (_("A steward decides"), (Stage.HEARD,)),
        (_("Either side can appeal"), (Stage.DECIDED,)),
        (_("The other side is heard on the appeal"), (Stage.APPEALED,)),
        (_("Another steward decides"), (Stage.REHEARD,)),
        (_("Final"), (Stage.FINAL,)),
    ]
    appealed = claim.decisions.count() == 2 or claim.stage in (Stage.APPEALED, Stage.REHEARD)
    shown = [
        step for step in stages if appealed or not set(step[1]) & {Stage.APPEALED, Stage.REHEARD}
    ]
    here = next((i for i, step in enumerate(shown) if claim.stage in step[1]), len(shown))
    return [
        {
            "label": label,
            "state": "past" if i < here else "current" if i == here else "future",
            "when": _due(claim) if i == here else "",
        }
        for i, (label, _stages) in enumerate(shown)
    ]


def _due(claim: Claim) -> str:
    if claim.due_at is None:
        return written(claim.closed_at) if claim.closed_at else ""
    return _("until %(date)s") % {"date": written(claim.due_at)}


def sides_of(claim: Claim) -> list[dict[str, Any]]:
    """Both sides for stewards: who, what they say, and the texts as published then."""
    said = statements_of(claim)
    linked: Iterable[Any] = {row.linked.pk: row.linked for row in said if row.linked}.values()
    by_claimant = [row for row in said if row.participant_id == claim.claimant_id]
    others = [row for row in said if row.participant_id != claim.claimant_id]
    return [
        {
            "title": _("Who claims"),
            "people": [claim.claimant],
            "statements": by_claimant,
            "texts": [_text(row, claim.filed_at) for row in linked],
        },
        {
            "title": _("Who is credited"),
            "people": list(claim.respondents.select_related("user")),
            "statements": others,
            "texts": [_text(claim.contribution, claim.filed_at)],
        },
    ]


def _text(contribution: Contribution, at: datetime) -> dict[str, Any]:
    return {
        "contribution": contribution,
        "version": version_at(contribution, at),
        "url": contribution.kind_of.url(contribution) if contribution.is_public else "",
    }


def can(claim: Claim, participant: Any, at: datetime) -> dict[str, bool]:
    """Which buttons a party sees; the actions ask again."""
    said = set(claim.statements.filter(participant=participant).values_list("part", flat=True))
    part = ClaimStatement.Part
    on_appeal = claim.decisions.exists()
    first = (claim.appellant if on_appeal else None) or claim.claimant
    others_turn = claim.side_of(participant) != claim.side_of(first)
    appealable = rules.may_be_appealed(claim.stage, claim.due_at, at)
    undecided = part.ACCEPTANCE not in said
    return {
        "answer": rules.may_be_answered(claim.stage)
        and others_turn
        and (part.REPLY if on_appeal else part.ANSWER) not in said,
        "appeal": appealable and undecided and claim.appellant is None,
        "accept": appealable and undecided,
        "withdraw": claim.stage in (Stage.FILED, Stage.HEARD)
        and participant.pk == claim.claimant_id,
    }
