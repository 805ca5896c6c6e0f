"""To which group of voters somebody belongs, where groups weigh differently."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from civic_sourcing.budgets.actions.casting.cast import Voter
from civic_sourcing.budgets.booth.areas import ACCOUNT, ENTRY
from civic_sourcing.budgets.electorate import GROUP
from civic_sourcing.budgets.models import GroupSource, VoteRun
from civic_sourcing.budgets.rulebooks import frozen
from civic_sourcing.participants.models import RegisterEntry, VerifiedAttribute, VotingCode


def group_of(run: VoteRun, voter: Voter) -> str:
    """
    Return the code of the group of this voter; empty in a vote without groups.

    A group has people by register, by batch of codes, or by a verified attribute of an account. Who
    belongs to none is in the first group of the list, who belongs to several in the last of them.
    """
    if run.state == VoteRun.State.PREPARED or not frozen(run).groups:
        return ""
    codes = [group.code for group in frozen(run).groups]
    known = {code: place for place, code in enumerate(codes)}
    places = (known[code] for code in _codes(run, voter) if code in known)
    return codes[max(places, default=0)]


def _codes(run: VoteRun, voter: Voter) -> set[str]:
    """Codes of all groups this voter is known to belong to."""
    entries, codes = Q(pk__in=()), Q(pk__in=())
    if voter.identity.startswith(ENTRY):
        entry = int(voter.identity.removeprefix(ENTRY))
        entries, codes = Q(pk=entry), Q(entry=entry)
    if voter.code is not None:
        codes |= Q(pk=voter.code)
    user = _account(voter)
    if user is not None:
        entries |= Q(participant__user=user)
        codes |= Q(used_by__user=user)
    by_register = Q(register__in=RegisterEntry.objects.filter(entries).values("register"))
    by_code = Q(batch__in=VotingCode.objects.filter(codes).exclude(state="void").values("batch"))
    sources = GroupSource.objects.filter(by_register | by_code, group__process=run.process_id)
    told = set(sources.values_list("group__code", flat=True))
    if user is not None:
        attributes = VerifiedAttribute.objects.filter(participant__user=user, key=GROUP)
        told.update(attributes.values_list("value", flat=True))
    return told


def _account(voter: Voter) -> Any:
    """The key of the voter's account, also of one that a desk has let in."""
    if voter.user is not None:
        return voter.user.pk
    known = voter.identity.startswith(ACCOUNT)
    return voter.identity.removeprefix(ACCOUNT) if known else None
