"""Finding out whether anybody changed the ledger behind the application's back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, tzinfo
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db import connections
from django.db.models import Exists, OuterRef

from civic_sourcing.attribution.fingerprints import stored_fingerprint, text_digest
from civic_sourcing.attribution.kinds import ContributionKind, contribution_kinds
from civic_sourcing.attribution.models import Contribution, ContributionVersion, LedgerChain
from civic_sourcing.core.audit import GENESIS
from civic_sourcing.core.audit.verification import Finding, Verification

PAGE = 2000
LENGTH_WITH_MICROSECONDS = len("2026-05-01 12:00:00.000001")


def verify_ledger(verification: Verification) -> Iterator[Finding]:
    """
    Yield changed, missing and unlinked versions, and contributions whose content says otherwise.

    A version blanked by an erasure still verifies by its digest. Honours ``verification.chain``,
    which is the UUID of a process.
    """
    chains = LedgerChain.objects.using(verification.using).select_related("process")
    if verification.chain:
        chains = chains.filter(process__uuid=verification.chain)
    for chain in chains.order_by("pk").iterator(chunk_size=PAGE):
        yield from _walk(chain, verification)
        yield from _beyond(chain, verification.using)
    yield from verify_states(verification)
    for kind in contribution_kinds():
        for stray in kind.strays():
            yield Finding("stray", stray, "This has no row in the ledger.")


def verify_states(verification: Verification) -> Iterator[Finding]:
    """
    Yield contributions without content, public ones without a version, and those that are public
    while their content is not, or the other way round. Kinds of rooms not installed are left out.
    """
    versions = ContributionVersion.objects.using(verification.using)
    published = versions.filter(contribution=OuterRef("pk"))
    kinds = {kind.key: kind for kind in contribution_kinds()}
    rows = Contribution.objects.using(verification.using).filter(kind__in=kinds).order_by("pk")
    rows = rows.annotate(has_version=Exists(published)).only("uuid", "kind", "state", "sequence")
    if verification.chain:
        rows = rows.filter(process__uuid=verification.chain)
    last = 0
    while page := list(rows.filter(pk__gt=last)[:PAGE]):
        for key, some in groupby(sorted(page, key=lambda row: row.kind), lambda row: row.kind):
            yield from _states(kinds[key], list(some))
        last = page[-1].pk


def _states(kind: ContributionKind, rows: list[Any]) -> Iterator[Finding]:
    present = set(kind.present(rows))
    visible = set(kind.visible(rows))
    for row in rows:
        public = row.is_public
        if row.pk not in present:
            yield _finding("content", row, "What was handed in is not there any more.")
        elif (row.pk in visible) != public:
            seen = "can be seen" if row.pk in visible else "cannot be seen"
            yield _finding("state", row, f"The contribution is {row.state}, its content {seen}.")
        if public and not row.has_version:
            yield _finding("unpublished", row, "It is public without a published version.")


def _finding(code: str, row: Contribution, message: str) -> Finding:
    return Finding(code, str(row.uuid), message, row.sequence)


def _walk(chain: LedgerChain, verification: Verification) -> Iterator[Finding]:
    place = str(chain.process.uuid)
    zone = connections[verification.using].timezone
    expected, previous = 1, GENESIS
    for row in _rows(chain, verification.using):
        verification.checked += 1
        position, fingerprint = row[0], row[-1]
        if position > expected:
            yield _missing(place, expected, position - 1)
            previous = ""
        if fault := _fault(place, row, zone):
            yield Finding("changed", place, fault, position)
            fingerprint = ""
        elif previous and row[-2] != previous:
            message = "The version does not follow the one before."
            yield Finding("unlinked", place, message, position)
        expected, previous = position + 1, fingerprint
    if expected <= chain.length:
        yield _missing(place, expected, chain.length)
    elif previous and previous != chain.head:
        message = "The head is not the last version's fingerprint."
        yield Finding("head", place, message, chain.length)


def _missing(place: str, first: int, last: int) -> Finding:
    versions = f"Versions {first} to {last} are" if last > first else f"Version {first} is"
    return Finding("missing", place, f"{versions} missing.", first)


def _beyond(chain: LedgerChain, using: str) -> Iterator[Finding]:
    """Yield versions and numbers after the end, unless the end has moved on meanwhile."""
    versions = ContributionVersion.objects.using(using).filter(process_id=chain.pk)
    received = Contribution.objects.using(using).filter(process_id=chain.pk)
    late = versions.filter(position__gt=chain.length)
    uncounted = received.filter(sequence__gt=chain.received)
    if not late.exists() and not uncounted.exists():
        return
    now = LedgerChain.objects.using(using).get(pk=chain.pk)
    place = str(chain.process.uuid)
    for position in late.filter(position__gt=now.length).values_list("position", flat=True):
        yield Finding("beyond", place, "The version lies beyond the head.", position)
    for sequence in uncounted.filter(sequence__gt=now.received).values_list("sequence", flat=True):
        yield Finding("beyond", place, "Nobody gave a contribution this number.", sequence)


# Times as text: a converter would cost more than everything else.
TIME = {
    "postgresql": """to_char({} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"')""",
    "sqlite": "CAST({} AS text)",
}


def _rows(chain: LedgerChain, using: str) -> Iterator[tuple[Any, ...]]:
    """Yield the raw versions up to the head, by position, a page at a time."""
    connection = connections[using]
    time = TIME[connection.vendor].format
    query = (
        "SELECT v.position, v.number, v.title, v.text, v.salt, v.text_digest, v.author,"  # noqa: S608 - names of ours
        f" {time('v.published_at')}, c.uuid, c.kind, c.language, {time('c.received_at')},"
        f" v.previous, v.fingerprint FROM {ContributionVersion._meta.db_table} v"
        f" JOIN {Contribution._meta.db_table} c ON c.id = v.contribution_id"
        " WHERE v.process_id = %s AND v.position > %s AND v.position <= %s"
        " ORDER BY v.position LIMIT %s"
    )
    last = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(query, [chain.pk, last, chain.length, PAGE])
            rows = cursor.fetchall()
        yield from rows
        if len(rows) < PAGE:
            return
        last = rows[-1][0]


def _fault(process: str, row: tuple[Any, ...], zone: tzinfo | None) -> str:
    """Say what is wrong with one version taken by itself; empty for nothing."""
    position, number, title, text, salt, digest, author, published = row[:8]
    contribution, kind, language, received, previous, fingerprint = row[8:]
    try:
        computed = stored_fingerprint(
            contribution=_uuid(contribution),
            number=number,
            kind=kind,
            language=language,
            author=_uuid(author) if author else None,
            received_at=_time(received, zone),
            published_at=_time(published, zone),
            digest=digest,
            process=process,
            position=position,
            previous=previous,
        )
        if computed != fingerprint:
            return "The version differs from its fingerprint."
        if salt and text_digest(title, text, salt=salt) != digest:
            return "The text differs from its digest."
    except (ValueError, TypeError):
        return "The version cannot be read."
    return "The text was taken away in part." if not salt and (title or text) else ""


def _uuid(stored: UUID | str) -> str:
    """Write a UUID as the database gave it: an object, or 32 digits."""
    if isinstance(stored, str) and len(stored) == 32:
        return f"{stored[:8]}-{stored[8:12]}-{stored[12:16]}-{stored[16:20]}-{stored[20:]}"
    return str(stored)


def _time(stored: str, zone: tzinfo | None) -> str:
    if "T" in stored:
        return stored
    if zone is UTC and len(stored) == LENGTH_WITH_MICROSECONDS:
        return f"{stored[:10]}T{stored[11:]}+00:00"
    moment = datetime.fromisoformat(stored).replace(tzinfo=zone).astimezone(UTC)
    return moment.isoformat(timespec="microseconds")
