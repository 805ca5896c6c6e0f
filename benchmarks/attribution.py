"""The ledger: receiving contributions, and verifying 50,000 published versions."""

import time
import uuid
from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, datetime, timedelta

from django.db import connection, transaction

from benchmarks.harness import Table, percentile
from civic_sourcing.attribution import ledger
from civic_sourcing.attribution.fingerprints import fresh_salt, text_digest
from civic_sourcing.attribution.kinds import ContributionKind, register_kind
from civic_sourcing.attribution.models import Contribution, ContributionVersion, LedgerChain
from civic_sourcing.core import triggers
from civic_sourcing.core.audit import Report, verify
from civic_sourcing.participants.models import Participant
from civic_sourcing.processes.models import Process

VERSIONS = 50_000
RECEIVED = 300
CHUNK = 5_000
BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
TEXT = "People want to sit down in the shade. " * 12


class Line(ContributionKind):
    """A kind whose content is always there and always seen."""

    key = "bench"
    label = "Line"

    def present(self, contributions: Iterable[Contribution]) -> Collection[int]:
        return {row.pk for row in contributions}

    visible = present


def tables() -> Iterator[Table]:
    register_kind(Line())
    process = Process.objects.create(translation_key=uuid.uuid4(), kind="ideas")
    author = Participant.objects.create()
    fill(process, author)
    report = next(report for report in verify() if report.name == "ledger")
    if report.found:
        raise RuntimeError(f"The ledger does not verify: {report.findings[0]!r}")
    yield Table(
        f"Verifying the ledger on {connection.display_name}",
        ("versions", "seconds", "versions/s"),
        [
            (
                f"{report.checked:,}",
                f"{report.seconds:.2f}",
                f"{report.checked / report.seconds:,.0f}",
            )
        ],
    )
    durations = [receive(process, author, number) for number in range(RECEIVED)]
    yield Table(
        f"Receiving into a ledger of {VERSIONS:,} on {connection.display_name}",
        ("contributions/s", "p50 ms", "p95 ms"),
        [
            [
                f"{RECEIVED / sum(durations):.0f}",
                f"{1000 * percentile(durations, 0.5):.1f}",
                f"{1000 * percentile(durations, 0.95):.1f}",
            ]
        ],
    )


def rate(report: Report) -> float:
    """Rows verified in a second."""
    return report.checked / report.seconds


def receive(process: Process, author: Participant, number: int) -> float:
    """Hand in one contribution; return the seconds it took."""
    began = time.perf_counter()
    with transaction.atomic():
        ledger.receive(
            "bench",
            process=process,
            author=author,
            title=f"Line {number}",
            text=TEXT,
            language="en",
        )
    return time.perf_counter() - began


def fill(process: Process, author: Participant) -> None:
    """Write ``VERSIONS`` contributions with a version each, in bulk, as the ledger would."""
    chain = LedgerChain.objects.create(process=process)
    triggers.lift()
    for first in range(0, VERSIONS, CHUNK):
        numbers = range(first, first + CHUNK)
        rows = Contribution.objects.bulk_create(
            Contribution(
                kind="bench",
                process=process,
                author=author,
                sequence=number + 1,
                received_at=BEGIN + timedelta(seconds=number, microseconds=1),
                state="published",
                language="en",
                title=f"Line {number}",
            )
            for number in numbers
        )
        ContributionVersion.objects.bulk_create([linked(chain, row) for row in rows])
    chain.received = VERSIONS
    chain.save()
    triggers.install()


def linked(chain: LedgerChain, row: Contribution) -> ContributionVersion:
    salt = fresh_salt()
    version = ContributionVersion(
        contribution=row,
        number=1,
        title=row.title,
        text=TEXT,
        salt=salt,
        text_digest=text_digest(row.title, TEXT, salt=salt),
        author=row.author.uuid if row.author else None,
        published_at=row.received_at + timedelta(milliseconds=1),
        process=chain.process,
        position=chain.length + 1,
        previous=chain.head,
    )
    version.fingerprint = ledger.fingerprint_of(version)
    chain.length, chain.head = version.position, version.fingerprint
    return version
