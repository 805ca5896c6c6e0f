"""What ``civic_verify`` checks of entries: they read as they were handed in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from civic_sourcing.challenges.entering.documents import digest_of, receipt_of
from civic_sourcing.challenges.models import Entry, EntryState, Submission
from civic_sourcing.core.audit import AuditEntry
from civic_sourcing.core.audit.verification import Finding

if TYPE_CHECKING:
    from civic_sourcing.core.audit.verification import Verification

SUBMIT = ("civic_challenges.submit_entry", "civic_challenges.enter_entry_for")


def verify_entries(verification: Verification) -> Iterator[Finding]:
    """
    Compare each submission with its fingerprint, its fingerprint with the log, and the receipt of
    each entry with the fingerprint of its last submission.
    """
    rows = Submission.objects.using(verification.using).select_related("entry__process")
    if verification.chain:
        rows = rows.filter(entry__process__uuid=verification.chain)
    for submission in rows.order_by("pk").iterator():
        verification.checked += 1
        yield from _findings(submission, verification.using)


def _findings(submission: Submission, using: str) -> Iterator[Finding]:
    entry, place = submission.entry, str(submission.uuid)
    if (
        submission.salt
        and digest_of(submission.document, salt=submission.salt) != submission.digest
    ):
        yield Finding("entry-changed", place, "A submission does not read as it was handed in.")
    if not _is_logged(submission, entry, using):
        yield Finding("entry-not-logged", place, "The log knows nothing of a submission.")
    is_last = submission.number == entry.version and entry.state == EntryState.SUBMITTED
    if is_last and entry.receipt != receipt_of(submission.digest):
        yield Finding("receipt-differs", place, "A receipt is not that of the last submission.")
    if is_last and submission.salt and not _reads_so(entry, submission):
        yield Finding("entry-replaced", place, "An entry does not read as its last submission.")


def _is_logged(submission: Submission, entry: Entry, using: str) -> bool:
    logged = AuditEntry.objects.using(using).filter(
        chain=entry.process.uuid, action__in=SUBMIT, details__fingerprint=submission.digest
    )
    return bool(logged.exists())


def _reads_so(entry: Entry, submission: Submission) -> bool:
    return bool(entry.handed_in == submission.document)
