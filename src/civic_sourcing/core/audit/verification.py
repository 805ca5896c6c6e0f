"""
Finding out whether anybody changed the records behind the application's back.

Memory stays constant and nothing is locked: chains are read in pages along their unique index,
while the town goes on appending to them.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from itertools import islice
from time import perf_counter
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Exists, Min, OuterRef

from civic_sourcing.core import triggers
from civic_sourcing.core.audit.fingerprints import (
    GENESIS,
    canonical_json,
    stored_fingerprint,
)
from civic_sourcing.core.models import AuditChain, AuditEntry

PAGE = 2000
FINDINGS_KEPT = 1000


@dataclass(frozen=True)
class Finding:
    """
    Something that is not as the application left it.

    ``code``: ``changed``, ``missing``, ``inserted``, ``unlinked``, ``head``, ``trigger`` or one of
    the verifier's own. ``place`` is the chain, table or row; ``sequence`` counts within a chain.
    """

    code: str
    place: str
    message: str
    sequence: int | None = None


@dataclass
class Verification:
    """What is to be verified. Verifiers add the rows they looked at to ``checked``."""

    using: str = DEFAULT_DB_ALIAS
    chain: UUID | None = None
    checked: int = 0


@dataclass
class Report:
    """What one verifier found: how many findings, and the first thousand of them."""

    name: str
    checked: int = 0
    seconds: float = 0.0
    found: int = 0
    findings: list[Finding] = field(default_factory=list)


Verifier = Callable[[Verification], Iterable[Finding]]

_verifiers: dict[str, Verifier] = {}


def register_verifier(name: str, function: Verifier) -> None:
    """
    Have ``civic_verify`` call ``function(verification)``, which yields findings.

    Read in pages and yield as you go; honour ``verification.chain`` where rows belong to a chain.
    """
    known = _verifiers.setdefault(name, function)
    if known is not function:
        raise ValueError(f"Another verifier is already registered as {name!r}: {known!r}.")


Undisclosed = Callable[[str], Iterable[UUID]]

_undisclosed: list[Undisclosed] = []


def register_undisclosed(function: Undisclosed) -> None:
    """
    Have ``function(using)`` name chains whose number of entries is nobody's business now.

    Of these ``civic_verify --json`` prints the head without the length.
    """
    if function not in _undisclosed:
        _undisclosed.append(function)


def undisclosed(using: str = DEFAULT_DB_ALIAS) -> set[UUID]:
    """Return the chains whose length is not to be published."""
    return {chain for function in _undisclosed for chain in function(using)}


def verify(*, chain: UUID | None = None, using: str = DEFAULT_DB_ALIAS) -> list[Report]:
    """Run every registered verifier, on one chain or on all, and return what each one found."""
    return [_report(name, function, using, chain) for name, function in _verifiers.items()]


def _report(name: str, function: Verifier, using: str, chain: UUID | None) -> Report:
    verification = Verification(using, chain)
    began = perf_counter()
    findings = iter(function(verification))
    kept = list(islice(findings, FINDINGS_KEPT))
    found = len(kept) + sum(1 for _ in findings)
    return Report(name, verification.checked, perf_counter() - began, found, kept)


def verify_triggers(verification: Verification) -> Iterator[Finding]:
    """Yield the registered triggers that are missing or changed."""
    verification.checked += len(triggers.triggers_here(connections[verification.using]))
    for fault in triggers.faults(verification.using):
        yield Finding("trigger", fault.trigger.table, str(fault))


def verify_audit_log(verification: Verification) -> Iterator[Finding]:
    """
    Yield what is wrong with the audit chains: changed, missing, inserted and unlinked entries.

    One changed row gives one finding; the walk goes on behind it. Entries appended after the head
    was read are left to the next run. A chain removed whole, head and entries, leaves no trace
    here: compare with heads published elsewhere (``compare_heads``).
    """
    heads = AuditChain.objects.using(verification.using).order_by("uuid")
    if verification.chain:
        heads = heads.filter(uuid=verification.chain)
    for head in heads.iterator(chunk_size=PAGE):
        yield from _walk(head, verification)
        yield from _beyond(head, verification.using)
    yield from _headless(verification)


def compare_heads(heads: Mapping[str, Mapping[str, Any]], using: str) -> Iterator[Finding]:
    """
    Yield the chains that no longer contain the head they once had.

    ``heads`` maps chain UUIDs to ``{"length": …, "head": …}`` as ``civic_verify --json`` printed
    them, some without length. It finds what a consistent chain cannot show: a chain rewritten from
    some point, or gone.
    """
    for chain, known in heads.items():
        length, head = known.get("length"), known["head"]
        if head == GENESIS:
            continue
        entries = AuditEntry.objects.using(using).filter(chain=chain, fingerprint=head)
        if length is not None:
            entries = entries.filter(sequence=length)
        if not entries.exists():
            yield Finding(
                "head",
                chain,
                "The chain was rewritten or cut: this entry is not the one published earlier.",
                length,
            )


def _walk(head: AuditChain, verification: Verification) -> Iterator[Finding]:
    place = str(head.uuid)
    zone = connections[verification.using].timezone
    expected, previous = 1, GENESIS
    for row in _rows(head, verification.using):
        verification.checked += 1
        sequence, fingerprint = row[1], row[-1]
        if sequence < expected:
            yield Finding("inserted", place, "This entry does not belong here.", sequence)
            continue
        if sequence > expected:
            yield _missing(place, expected, sequence - 1)
            previous = ""
        if _computed(place, row, zone) != fingerprint:
            yield Finding("changed", place, "The entry differs from its fingerprint.", sequence)
            fingerprint = ""
        elif previous and row[-2] != previous:
            yield Finding("unlinked", place, "The entry does not follow the one before.", sequence)
        expected, previous = sequence + 1, fingerprint
    if expected <= head.length:
        yield _missing(place, expected, head.length)
    elif previous and previous != head.head:
        yield Finding("head", place, "The head is not the last entry's fingerprint.", head.length)


def _missing(place: str, first: int, last: int) -> Finding:
    entries = f"Entries {first} to {last} are" if last > first else f"Entry {first} is"
    return Finding("missing", place, f"{entries} missing.", first)


def _beyond(head: AuditChain, using: str) -> Iterator[Finding]:
    entries = AuditEntry.objects.using(using).filter(chain=head.uuid)
    if not entries.filter(sequence__gt=head.length).exists():
        return
    now = AuditChain.objects.using(using).filter(uuid=head.uuid).first()
    beyond = entries.filter(sequence__gt=now.length if now else head.length)
    for sequence in beyond.order_by("sequence").values_list("sequence", flat=True).iterator():
        yield Finding("inserted", str(head.uuid), "The entry lies beyond the head.", sequence)


def _headless(verification: Verification) -> Iterator[Finding]:
    heads = AuditChain.objects.using(verification.using).filter(uuid=OuterRef("chain"))
    entries = AuditEntry.objects.using(verification.using).filter(~Exists(heads))
    if verification.chain:
        entries = entries.filter(chain=verification.chain)
    chains = entries.order_by("chain").values_list("chain").annotate(first=Min("sequence"))
    for chain, first in chains.iterator():
        yield Finding("head", str(chain), "The chain has entries but no head.", first)


LENGTH_IN_UTC = len("2026-05-01T12:00:00.000000+00:00")

# Everything as text: a converter would fail on a broken value before it could be reported.
COLUMNS = {
    "postgresql": """to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"'),"""
    " action, actor::text, subject_kind, subject_id, details::text",
    "sqlite": "CAST(at AS text), action, actor, subject_kind, subject_id, CAST(details AS text)",
}


def _rows(head: AuditChain, using: str) -> Iterator[tuple[Any, ...]]:
    """Yield the raw entries up to the head, by sequence, a page at a time."""
    connection = connections[using]
    chain = AuditChain._meta.pk.get_db_prep_value(head.uuid, connection)
    query = (
        f"SELECT id, sequence, {COLUMNS[connection.vendor]},"  # noqa: S608 - names of ours
        f" reason_reference, reason_digest, previous, fingerprint FROM {AuditEntry._meta.db_table}"
        " WHERE chain = %s AND (sequence, id) > (%s, %s) AND sequence <= %s"
        " ORDER BY sequence, id LIMIT %s"
    )
    last = (-1, -1)
    while True:
        with connection.cursor() as cursor:
            cursor.execute(query, [chain, *last, head.length, PAGE])
            rows = cursor.fetchall()
        yield from rows
        if len(rows) < PAGE:
            return
        last = (rows[-1][1], rows[-1][0])


def _computed(chain: str, row: tuple[Any, ...], zone: tzinfo | None) -> str:
    _, sequence, at, action, actor, kind, subject, details, reference, digest, previous, _ = row
    try:
        if len(at) < LENGTH_IN_UTC:
            moment = datetime.fromisoformat(at).replace(tzinfo=zone).astimezone(UTC)
            at = moment.isoformat(timespec="microseconds")
            actor = str(UUID(actor)) if actor else None
        return stored_fingerprint(
            chain=chain,
            sequence=sequence,
            at=at,
            action=action,
            actor=actor,
            subject=(kind, subject),
            details=canonical_json(_decode(details)),
            reason=(reference, digest),
            previous=previous,
        )
    except (ValueError, TypeError):
        return "unreadable"


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name occurs twice")
    return found


_decode = json.JSONDecoder(object_pairs_hook=_without_doubles).decode
