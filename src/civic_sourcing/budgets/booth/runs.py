"""Which run the booth is for: the vote itself, or a rehearsal of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest

from civic_sourcing.budgets.booth.memory import Memory
from civic_sourcing.budgets.models import VoteRun
from civic_sourcing.budgets.models.casting import VoteRunQuerySet
from civic_sourcing.processes.models import Process

REHEARSAL = "rehearsal"
"""Name in the address: ``vote/?rehearsal=<uuid>`` leads into a rehearsal, without a value out."""


def run_of(request: HttpRequest, vote: Any) -> VoteRun | None:
    """
    Return the run whose booth this visitor is in; ``None`` where the vote was not prepared.

    Whoever was given the address of a rehearsal stays in it until they leave, or until it is
    erased: its UUID is random and stands on no public page, so it is the ticket. The pages of a
    rehearsal say so (``run.kind``).
    """
    if vote.process_id is None:
        return None
    run = _runs().of(vote.process_id)
    if run is not None:
        vote.process = run.process
    memory = Memory(request, vote.process.uuid)
    if REHEARSAL in request.GET:
        _follow(memory, vote.process, request.GET[REHEARSAL])
    if chosen := memory.notes.get(REHEARSAL):
        if rehearsal := rehearsal_of(vote.process, chosen):
            return rehearsal
        memory.forget()
    return run


def rehearsal_of(process: Process, uuid: str) -> VoteRun | None:
    """The rehearsal with this UUID, as it came in an address, if ``process`` has it."""
    try:
        wanted = UUID(uuid)
    except ValueError:
        return None
    return _runs().filter(process=process, uuid=wanted, kind=VoteRun.Kind.REHEARSAL).first()


def leave_rehearsal(request: HttpRequest, process: Process) -> None:
    """Be in the booth of the vote itself again."""
    Memory(request, process.uuid).forget()


def _runs() -> VoteRunQuerySet:
    """
    With all that a request needs, and without the text of the rulebook: it is long, and remembered
    by its digest.
    """
    return VoteRun.objects.select_related("process", "key").defer("rulebook")


def _follow(memory: Memory, process: Process, uuid: str) -> None:
    if run := rehearsal_of(process, uuid):
        memory.keep(rehearsal=str(run.uuid))
    else:
        memory.forget()
