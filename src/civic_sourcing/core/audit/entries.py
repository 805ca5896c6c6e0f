"""
Appending to the audit log.

Lock order: first what the step is about, last the chain's head. Inside actions entries are gathered
and written when the outermost action is done, chains in the order of their UUIDs, so that two
actions touching the same chains cannot wait for each other.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Self
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections, transaction

from civic_sourcing.core import clock, rows
from civic_sourcing.core.audit.fingerprints import GENESIS, entry_fingerprint, salted_digest
from civic_sourcing.core.models import AuditChain, AuditEntry

# ASCII without spaces and without "@": identifiers and codes, nothing a person wrote.
CODE = re.compile(r"[!-?A-~]{0,64}")
LARGEST = 2**63 - 1

MOVES_ON = f'UPDATE "{AuditChain._meta.db_table}" SET length = %s, head = %s WHERE uuid = %s'  # noqa: S608 - our table

_heads = rows.Reading(
    lambda chain: (
        AuditChain.objects.select_for_update().filter(uuid=chain).values_list("length", "head")
    )
)


@dataclass(frozen=True)
class Reason:
    """
    Where the reason is kept (``"civic_moderation.decision:1f0c…"``) and its salted digest.

    The text and its salt stay with the content and are erased with it; the chain still verifies.
    """

    reference: str
    digest: str

    @classmethod
    def of(cls, reference: str, text: str, *, salt: bytes) -> Self:
        """Digest ``text`` under ``salt``, at least 16 random bytes kept beside the text."""
        return cls(reference, salted_digest(text, salt))

    def matches(self, text: str, *, salt: bytes) -> bool:
        """Tell whether ``text`` is the reason that was logged."""
        return self.digest == salted_digest(text, salt)


@dataclass(frozen=True)
class Draft:
    """An entry not yet appended. Raises ``ValueError`` for what may not stand in the log."""

    chain: UUID
    action: str
    actor: UUID | None
    subject: tuple[str, str]
    details: dict[str, Any] = field(default_factory=dict)
    reason: Reason | None = None
    at: datetime | None = None

    def __post_init__(self) -> None:
        if not isinstance(self.chain, UUID):
            raise ValueError(f"chain must be a UUID, not {self.chain!r}.")
        if self.actor is not None and not isinstance(self.actor, UUID):
            raise ValueError(f"actor must be a UUID or None, not {self.actor!r}.")
        if not isinstance(self.details, dict):
            raise ValueError(f"details must be a dict, not {self.details!r}.")
        for text in (self.action, *self.subject, self.reason.reference if self.reason else ""):
            refuse_personal_text(text, "entry")
        refuse_personal_text(self.details, "details")


def refuse_personal_text(value: Any, place: str) -> None:
    """
    Raise ``ValueError`` unless ``value`` is made of identifiers, whole numbers and codes.

    A string may have 64 visible ASCII characters and neither a space nor ``@``; a number is whole
    (money in minor units) and fits into 64 bits. Lists and dicts are looked through.
    """
    match value:
        case None | bool():
            return
        case int() if -LARGEST <= value <= LARGEST:
            return
        case str() if CODE.fullmatch(value):
            return
        case list() | tuple():
            for position, part in enumerate(value):
                refuse_personal_text(part, f"{place}[{position}]")
        case dict():
            for key, part in value.items():
                if not isinstance(key, str) or not CODE.fullmatch(key):
                    raise ValueError(f"{place}: a key must be a short code, not {key!r}.")
                refuse_personal_text(part, f"{place}[{key!r}]")
        case _:
            raise ValueError(
                f"{place}: the audit log takes identifiers, whole numbers and codes of up to 64 "
                f"visible ASCII characters without '@', not {value!r}."
            )


def record(
    *,
    chain: UUID,
    action: str,
    actor: UUID | None,
    subject: tuple[str, str],
    details: dict[str, Any] | None = None,
    reason: Reason | None = None,
    at: datetime | None = None,
    using: str = DEFAULT_DB_ALIAS,
) -> AuditEntry:
    """
    Append one entry to ``chain`` and return it. Actions do this by themselves.

    ``subject`` is kind and identifier, ``("civic_ideas.ideapage", str(idea.uuid))``. ``at`` is the
    database time that decided the step; default: the database's now under the chain's lock. The
    lock is held until the surrounding transaction ends, so take every other lock before.
    Raises ``ValueError`` for personal text.
    """
    return append(Draft(chain, action, actor, subject, details or {}, reason, at), using)


def append(draft: Draft, using: str = DEFAULT_DB_ALIAS) -> AuditEntry:
    """Write ``draft`` as the next entry of its chain."""
    with transaction.atomic(using=using, savepoint=False):
        length, head = _locked_head(draft.chain, using)
        entry = AuditEntry(
            chain=draft.chain,
            sequence=length + 1,
            at=draft.at or clock.now(using),
            action=draft.action,
            actor=draft.actor,
            subject_kind=draft.subject[0],
            subject_id=draft.subject[1],
            details=draft.details,
            reason_reference=draft.reason.reference if draft.reason else "",
            reason_digest=draft.reason.digest if draft.reason else "",
            previous=head,
        )
        entry.fingerprint = entry_fingerprint(
            chain=entry.chain,
            sequence=entry.sequence,
            at=entry.at,
            action=entry.action,
            actor=entry.actor,
            subject=(entry.subject_kind, entry.subject_id),
            details=entry.details,
            reason=(entry.reason_reference, entry.reason_digest),
            previous=entry.previous,
        )
        rows.put(entry, using=using)
        _move_on(entry, using)
    return entry


def _locked_head(chain: UUID, using: str) -> tuple[int, str]:
    """How long the chain is and the fingerprint it ends with, locked."""
    found = _heads(chain, using=using)
    if not found:
        rows.put_unless_there(AuditChain(uuid=chain, length=0, head=GENESIS), using=using)
        found = _heads(chain, using=using)
    ((length, head),) = found
    return length, head


def _move_on(entry: AuditEntry, using: str) -> None:
    connection = connections[using]
    chain = entry.chain if connection.features.has_native_uuid_field else entry.chain.hex
    with connection.cursor() as cursor:
        cursor.execute(MOVES_ON, [entry.sequence, entry.fingerprint, chain])


_gathered: ContextVar[dict[str, list[Draft]] | None] = ContextVar("gathered", default=None)


@contextmanager
def gathering(using: str) -> Iterator[list[Draft]]:
    """
    Collect drafts until the outermost ``with`` ends well, then append them chain by chain.

    What an inner ``with`` collected before it failed is dropped, as its savepoint is.
    """
    drafts = (_gathered.get() or {}).get(using)
    if drafts is not None:
        length = len(drafts)
        try:
            yield drafts
        except BaseException:
            del drafts[length:]
            raise
        return
    drafts = []
    token = _gathered.set({**(_gathered.get() or {}), using: drafts})
    try:
        yield drafts
    finally:
        _gathered.reset(token)
    for draft in sorted(drafts, key=lambda draft: draft.chain):
        append(draft, using)
