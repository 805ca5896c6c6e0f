"""Which run the booth is for: the vote itself, or a rehearsal of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import router
from django.db.models import Model
from django.http import HttpRequest

from civic_sourcing.budgets.booth.memory import Memory
from civic_sourcing.budgets.models import RunKey, VoteRun
from civic_sourcing.budgets.models.casting import VoteRunQuerySet
from civic_sourcing.core.rows import Reading
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
    run = _run_with_all(vote.process_id)
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


def _run_with_all(process: int) -> VoteRun | None:
    """The run that counts, as ``_runs`` has it: every request in the booth begins with it."""
    using = router.db_for_read(VoteRun)
    for row in _run_row(VoteRun.Kind.REHEARSAL.value, process, using=using):
        run = VoteRun.from_db(using, OF_RUN, row[:PROCESS_AT])
        run.process = Process.from_db(using, OF_PROCESS, row[PROCESS_AT:KEY_AT])
        if row[KEY_AT] is not None:
            run.key = RunKey.from_db(using, OF_KEY, row[KEY_AT:])
        return run
    return None


def _columns(model: type[Model], *, without: str = "") -> list[str]:
    return [field.attname for field in model._meta.concrete_fields if field.name != without]


OF_RUN, OF_PROCESS, OF_KEY = (
    _columns(VoteRun, without="rulebook"),
    _columns(Process),
    _columns(RunKey),
)
PROCESS_AT = len(OF_RUN)
KEY_AT = PROCESS_AT + len(OF_PROCESS)

_run_row = Reading(
    lambda rehearsal, process: (
        VoteRun.objects.exclude(kind=rehearsal)
        .filter(process=process)
        .values_list(
            *OF_RUN,
            *(f"process__{name}" for name in OF_PROCESS),
            *(f"key__{name}" for name in OF_KEY),
        )
    )
)


def _follow(memory: Memory, process: Process, uuid: str) -> None:
    if run := rehearsal_of(process, uuid):
        memory.keep(rehearsal=str(run.uuid))
    else:
        memory.forget()
