"""
Voting codes in the booth: one code, one ballot, and no way to use it once more elsewhere.

A code that was used up in the booth belongs to no account and can be entered again to change the
ballot. One that an account has redeemed is that account's, and stays so when the account is erased.
"""

from __future__ import annotations

from typing import Any

from civic_sourcing.budgets.models import VoteRun
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.participants.codes.actions import NOT_VALID
from civic_sourcing.participants.eligibility.offices import office_of
from civic_sourcing.participants.models import CodePurpose, VotingCode
from civic_sourcing.processes.models import Process

State = VotingCode.State


def not_valid(process: Process) -> ActionRefused:
    """The one refusal for a code that is wrong, used, void, revoked or of another vote."""
    return ActionRefused(NOT_VALID, code="code-not-valid", office=office_of(process))


def may_vote_with(code: VotingCode | None, run: VoteRun, *, on_roll: bool) -> bool:
    """
    Tell whether ``code`` lets its holder into the booth of ``run``.

    ``on_roll``: whether its holder has voted in this run, which a code used up here has.
    """
    if code is None or code.batch.process_id != run.process_id:
        return False
    if code.batch.revoked_at is not None or code.batch.purpose != CodePurpose.VOTING:
        return False
    if run.kind == VoteRun.Kind.REHEARSAL:
        return code.state != State.VOID
    mine = code.state == State.USED and code.used_by_id is None and on_roll
    return code.state == State.READY or mine


def locked_code(run: VoteRun, key: Any, *, on_roll: bool, using: str) -> VotingCode:
    """Return the code of a voter, locked. Raises ``ActionRefused`` if it lets nobody in (now)."""
    codes = VotingCode.objects.using(using).select_for_update(of=("self",), no_key=True)
    code = codes.select_related("batch").filter(pk=key).first()
    if code is None or not may_vote_with(code, run, on_roll=on_roll):
        raise not_valid(run.process)
    return code


def use_up(code: VotingCode, run: VoteRun, *, using: str) -> None:
    """Mark a code used, unless it is a rehearsal. When it was used is kept nowhere."""
    if run.kind == VoteRun.Kind.REHEARSAL or code.state == State.USED:
        return
    code.state, code.used_at = State.USED, run.opens_at
    code.save(update_fields=["state", "used_at"], using=using)
