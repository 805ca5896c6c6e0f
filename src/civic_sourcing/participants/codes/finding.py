"""Finding somebody's code at the desk without knowing it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from civic_sourcing.participants.codes.digests import code_digest, entry_digest
from civic_sourcing.participants.models import Register, VotingCode
from civic_sourcing.processes.models import Process

SERIAL = re.compile(r"\s*([0-9A-Fa-f]{6})\s*[-–—]\s*([0-9]{1,9})\s*")


def by_serial(process: Process, typed: str) -> VotingCode | None:
    """The code with this number (``3F09AC-17``), printed on the card and on the cover list."""
    match = SERIAL.fullmatch(typed)
    if match is None:
        return None
    codes = VotingCode.objects.of(process).filter(number=int(match[2])).select_related("batch")
    wanted = match[1].upper()
    return next((code for code in codes if code.batch.number == wanted), None)


def by_code(process: Process, typed: str) -> VotingCode | None:
    """The code itself, where the person still has it. Raises ``crockford.Mistyped``."""
    codes = VotingCode.objects.of(process).select_related("batch")
    return codes.filter(digest=code_digest(typed)).first()


def by_identity(register: Register, values: Sequence[str]) -> VotingCode | None:
    """The latest code of the person with these data on ``register``, one in force if there is."""
    digest = entry_digest(register.uuid, values)
    codes = VotingCode.objects.filter(entry__register=register, entry__digest=digest)
    found = list(codes.filter(batch__revoked_at=None).select_related("batch").order_by("-pk"))
    valid = [code for code in found if code.state != VotingCode.State.VOID]
    return next(iter(valid or found), None)
