"""
Who stands in the booth: an account, the holder of a code, or somebody a desk let in.

The roll knows everybody under one ``identity``, however they came. Where codes or accounts are
tied to an entry of a register, the entry is the identity: who has two letters, or a letter and an
account, has one ballot.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db.models import prefetch_related_objects
from django.http import HttpRequest

from civic_sourcing.budgets.actions.casting.cast import Voter
from civic_sourcing.budgets.booth.areas import ACCOUNT, ENTRY, own_area
from civic_sourcing.budgets.booth.groups import group_of
from civic_sourcing.budgets.booth.memory import Memory, stamp
from civic_sourcing.budgets.conf import conf
from civic_sourcing.budgets.models import VoteRun
from civic_sourcing.budgets.policies import MayVote
from civic_sourcing.core import clock
from civic_sourcing.core.policies import Occasion, Refusal
from civic_sourcing.participants.eligibility.kinds import CodeVerifier, RegisterVerifier
from civic_sourcing.participants.models import (
    CodePurpose,
    RegisterEntry,
    VotingCode,
)
from civic_sourcing.processes.models import Process

CODE, DESK = "code", "desk"
"""How somebody without an account was let in."""


def voter_of(request: HttpRequest, run: VoteRun) -> Voter | None:
    """
    Return who votes on this device, or ``None`` where nobody has said who they are.

    A code or a desk session goes before the account that is signed in, until its time is over. In
    a rehearsal everybody is a test voter.
    """
    memory = Memory(request, run.uuid)
    notes = memory.notes
    voter = _let_in(notes)
    if voter is None and request.user.is_authenticated:
        prefetch_related_objects([run.process], "eligibility_rules")
        voter = voter_with_account(request.user, run.process)
    if voter is None and run.kind == VoteRun.Kind.REHEARSAL:
        if "tester" not in notes:
            memory.keep(tester=f"test:{uuid4().hex}")
        voter = Voter(memory.notes["tester"])
    if voter is None:
        return None
    area, group = own_area(run, voter, notes), group_of(run, voter)
    return replace(voter, area=area, group=group)


def refusal_of(voter: Voter, run: VoteRun, at: datetime) -> Refusal | None:
    """Why this voter may not vote here, with the condition that is missing, or ``None``."""
    return MayVote().refusal(Occasion(None, run, at, {"voter": voter}))


def let_in(request: HttpRequest, run: VoteRun, voter: Voter, *, how: str, until: datetime) -> None:
    """
    Let ``voter`` into the booth on this device, up to ``until``; ``how`` is ``CODE`` or ``DESK``.

    The session gets a new key, so that nobody who knew the old one is let in as well.
    """
    request.session.cycle_key()
    memory = Memory(request, run.uuid)
    memory.forget()
    memory.keep(voter=voter.identity, code=voter.code, area=voter.area, how=how, until=stamp(until))


def let_out(request: HttpRequest, run: VoteRun) -> None:
    """Forget who voted on this device; the account stays signed in."""
    Memory(request, run.uuid).forget()


def is_let_in(request: HttpRequest, run: VoteRun) -> bool:
    """Whether a code or a desk session holds on this device."""
    return _let_in(Memory(request, run.uuid).notes) is not None


def code_time() -> timedelta:
    """How long a code holds on one device."""
    return timedelta(minutes=conf.BOOTH_CODE_MINUTES)


def voter_with_account(user: Any, process: Process) -> Voter:
    """The voter that an account is; the conditions of the process are asked when it casts."""
    return Voter(identity_of_account(user, process), user)


def voter_with_code(code: VotingCode) -> Voter:
    """The voter that a code lets in, without an account."""
    return Voter(identity_of_code(code), code=code.pk)


def voter_on_register(entry: RegisterEntry) -> Voter:
    """The voter who showed at a desk to be this entry of a register."""
    return Voter(identity_of_entry(entry.pk))


def identity_of_account(user: Any, process: Process) -> str:
    """
    Return who ``user`` is on the roll of ``process``: the entry of a register that the process
    makes them prove or that came with their voting code, else the account.

    Only what the process asks for counts: nobody has voted before they had it, so that it never
    changes while people vote.
    """
    asked = {rule.verifier: rule.options for rule in process.eligibility_rules.all()}
    entry = None
    if asked.get(CodeVerifier.key, {}).get("purpose") == CodePurpose.VOTING:
        held = VotingCode.objects.of(process).held().filter(batch__purpose=CodePurpose.VOTING)
        entry = held.filter(used_by__user=user).values_list("entry", flat=True).first()
    if entry is None and RegisterVerifier.key in asked:
        register = asked[RegisterVerifier.key].get("register")
        proved = RegisterEntry.objects.filter(register__uuid=register, participant__user=user)
        entry = proved.values_list("pk", flat=True).first()
    return f"{ACCOUNT}{user.pk}" if entry is None else identity_of_entry(entry)


def identity_of_code(code: VotingCode) -> str:
    """Return who the holder of ``code`` is on the roll."""
    return f"code:{code.pk}" if code.entry_id is None else identity_of_entry(code.entry_id)


def identity_of_entry(entry: int) -> str:
    """Return who the person behind an entry of a register (its key) is on the roll."""
    return f"{ENTRY}{entry}"


def _let_in(notes: dict[str, Any]) -> Voter | None:
    if "voter" not in notes or stamp(clock.now()) >= notes["until"]:
        return None
    return Voter(notes["voter"], code=notes["code"])
