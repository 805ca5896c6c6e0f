"""How many people may vote, as far as that can be known beforehand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef

from civic_sourcing.budgets.models import GroupSource, VoterGroup
from civic_sourcing.participants.models import (
    CodePurpose,
    RegisterEntry,
    VerifiedAttribute,
    VotingCode,
)

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from civic_sourcing.processes.models import Process

GROUP = "voter-group"
"""Key of the verified attribute that says to which group of voters somebody belongs: its code."""


def eligible_voters(process: Process) -> int | None:
    """
    Return how many could vote at most, with an account or a voting code; ``None``: nobody knows.

    Registers, codes and invited groups can be counted; a condition that everybody can come to meet,
    such as a confirmed address, bounds nothing.
    """
    bounds = [_bound(process, rule) for rule in process.eligibility_rules.all()]
    known = [bound for bound in bounds if bound is not None]
    return min(known) + voting_codes(process) if known else None


def may_vote_twice(process: Process) -> bool:
    """
    Tell whether somebody with both an account and a voting code could cast two ballots.

    They are one voter where accounts have to enter a code of the vote, or to prove an entry of a
    register that every code is tied to.
    """
    codes = _in_force(process, CodePurpose.VOTING)
    if not codes.exists():
        return False
    asked = {rule.verifier: rule.options for rule in process.eligibility_rules.all()}
    needs_code = "code" in asked and (
        asked["code"].get("purpose", CodePurpose.VOTING) == CodePurpose.VOTING
    )
    tied = (
        "register" in asked
        and not codes.exclude(entry__register__uuid=asked["register"]["register"]).exists()
    )
    return not (needs_code or tied)


def groups_without_people(process: Process) -> set[str]:
    """
    Return codes of the groups of voters in which nobody can be, so that their weight would weigh
    nothing. The first group is that of everybody who is in no other.
    """
    rows = VoterGroup.objects.of(process)
    _usual, *others = rows.values_list("code", flat=True) or [""]
    sources = GroupSource.objects.filter(group__process=process)
    entries = RegisterEntry.objects.filter(register=OuterRef("register"))
    codes = VotingCode.objects.filter(batch=OuterRef("batch"), batch__revoked_at=None)
    codes = codes.exclude(state=VotingCode.State.VOID)
    led_to = sources.filter(Exists(entries) | Exists(codes)).values_list("group__code", flat=True)
    attributes = VerifiedAttribute.objects.filter(key=GROUP, value__in=others)
    return {*others} - {*led_to} - {*attributes.values_list("value", flat=True)}


def voting_codes(process: Process) -> int:
    """How many voting codes of the vote there are that open the booth, used ones included."""
    return _codes(process, CodePurpose.VOTING)


def _codes(process: Process, purpose: str) -> int:
    return _in_force(process, purpose).count()


def _in_force(process: Process, purpose: str) -> QuerySet[VotingCode]:
    codes = VotingCode.objects.of(process).filter(batch__purpose=purpose, batch__revoked_at=None)
    return codes.exclude(state=VotingCode.State.VOID)


def _bound(process: Process, rule: Any) -> int | None:
    """How many people can meet one condition; holders of voting codes are counted by their code."""
    match rule.verifier:
        case "register":
            return RegisterEntry.objects.filter(register__uuid=rule.options["register"]).count()
        case "group":
            users = get_user_model()._base_manager.filter(is_active=True)
            return users.filter(groups__in=rule.options["groups"]).distinct().count()
        case "code":
            purpose = rule.options.get("purpose", CodePurpose.VOTING)
            return 0 if purpose == CodePurpose.VOTING else _codes(process, purpose)
    return None
