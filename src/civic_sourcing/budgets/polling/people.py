"""Who stands at the table of a polling place, in all the ways the roll could know them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from civic_sourcing.budgets.actions.casting.cast import Voter
from civic_sourcing.budgets.booth.areas import own_area
from civic_sourcing.budgets.booth.voters import (
    identity_of_account,
    identity_of_code,
    identity_of_entry,
)
from civic_sourcing.budgets.models import VoteRun
from civic_sourcing.participants.models import CodePurpose, Participant, RegisterEntry, VotingCode
from civic_sourcing.processes.models import Process


def is_valid(code: VotingCode) -> bool:
    """Whether somebody may still vote with this code: a voting code, neither void nor revoked."""
    batch = code.batch
    is_void = code.state == VotingCode.State.VOID or batch.revoked_at is not None
    return batch.purpose == CodePurpose.VOTING and not is_void


def identities_of_code(code: VotingCode) -> set[str]:
    """The holder of a code; also as the account that used it."""
    return {identity_of_code(code), *_as_account(code.used_by, code.process)}


def identities_of_entry(entry: RegisterEntry) -> set[str]:
    """The person behind an entry of a register; also as the account that proved it."""
    return {identity_of_entry(entry.pk), *_as_account(entry.participant, entry.process)}


def identities_of_account(user: Any, process: Process) -> set[str]:
    """Somebody with an account; also as holder of the codes it used and as its register entries."""
    codes = VotingCode.objects.of(process).held().filter(used_by__user=user)
    entries = RegisterEntry.objects.filter(register__process=process, participant__user=user)
    return {
        identity_of_account(user, process),
        *map(identity_of_code, codes),
        *map(identity_of_entry, entries.values_list("pk", flat=True)),
    }


def identity_of_tester(name: str) -> str:
    """A test voter of a rehearsal, by a name somebody makes up."""
    return f"test:{name}"


def area_of(run: VoteRun, identities: Iterable[str], user: Any) -> str:
    """Where somebody lives, as far as the city knows it in one of these ways; else empty."""
    voters = (Voter(identity, user) for identity in sorted(identities))
    return next(filter(None, (own_area(run, voter, {}) for voter in voters)), "")


def _as_account(participant: Participant | None, process: Process) -> set[str]:
    user = participant.user if participant else None
    return {identity_of_account(user, process)} if user else set()
