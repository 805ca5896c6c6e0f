"""Finding out whether anybody changed the ledger behind the application's back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from civic_sourcing.attribution.fingerprints import text_digest, version_fingerprint
from civic_sourcing.attribution.kinds import contribution_kinds
from civic_sourcing.attribution.models import Contribution, ContributionVersion, LedgerChain
from civic_sourcing.core.audit import GENESIS
from civic_sourcing.core.audit.verification import Finding, Verification

PAGE = 2000
NOT_AFTER = "The version does not follow the one before."
NOT_LAST = "The head is not the last version's fingerprint."
COLUMNS = (
    "position",
    "number",
    "title",
    "text",
    "salt",
    "text_digest",
    "author",
    "published_at",
    "previous",
    "fingerprint",
    "contribution__uuid",
    "contribution__kind",
    "contribution__language",
    "contribution__received_at",
)


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
        yield from _numbering(chain, verification)
    yield from verify_states(verification)


def verify_states(verification: Verification) -> Iterator[Finding]:
    """Yield contributions that are public while their content is not, or the other way round."""
    rows = Contribution.objects.using(verification.using).order_by("pk")
    if verification.chain:
        rows = rows.filter(process__uuid=verification.chain)
    last = 0
    while page := list(rows.filter(pk__gt=last)[:PAGE]):
        yield from _states(page)
        last = page[-1].pk


def _states(page: list[Contribution]) -> Iterator[Finding]:
    seen: set[int] = set()
    for kind in contribution_kinds():
        seen.update(kind.visible([row for row in page if row.kind == kind.key]))
    for contribution in page:
        if (contribution.pk in seen) != contribution.is_public:
            visible = "can be seen" if contribution.pk in seen else "cannot be seen"
            yield Finding(
                "state",
                str(contribution.uuid),
                f"The contribution is {contribution.state}, but its content {visible}.",
            )


def _walk(chain: LedgerChain, verification: Verification) -> Iterator[Finding]:
    place = str(chain.process.uuid)
    expected, previous = 1, GENESIS
    for row in _rows(chain, verification.using):
        verification.checked += 1
        position = row["position"]
        if position > expected:
            yield Finding("missing", place, f"Versions from {expected} on are missing.", expected)
            previous = ""
        if _computed(chain, row) != row["fingerprint"]:
            yield Finding("changed", place, "The version differs from its fingerprint.", position)
        elif row["salt"] and _digest(row) != row["text_digest"]:
            yield Finding("changed", place, "The text differs from its digest.", position)
        elif previous and row["previous"] != previous:
            yield Finding("unlinked", place, NOT_AFTER, position)
        expected, previous = position + 1, row["fingerprint"]
    if expected <= chain.length:
        yield Finding("missing", place, f"Versions from {expected} on are missing.", expected)
    elif previous and previous != chain.head:
        yield Finding("head", place, NOT_LAST, chain.length)


def _rows(chain: LedgerChain, using: str) -> Iterator[dict[str, Any]]:
    versions = ContributionVersion.objects.using(using).filter(
        process_id=chain.pk, position__lte=chain.length
    )
    rows = versions.order_by("position").values(*COLUMNS)
    last = 0
    while page := list(rows.filter(position__gt=last)[:PAGE]):
        yield from page
        last = page[-1]["position"]


def _numbering(chain: LedgerChain, verification: Verification) -> Iterator[Finding]:
    received = Contribution.objects.using(verification.using).filter(process_id=chain.pk)
    beyond = received.filter(sequence__gt=chain.received).order_by("sequence")
    for contribution in beyond.iterator():
        yield Finding(
            "inserted",
            str(chain.process.uuid),
            f"Contribution {contribution.uuid} has a number nobody gave it.",
            contribution.sequence,
        )


def _computed(chain: LedgerChain, row: dict[str, Any]) -> str:
    return version_fingerprint(
        contribution=row["contribution__uuid"],
        number=row["number"],
        kind=row["contribution__kind"],
        language=row["contribution__language"],
        author=row["author"],
        received_at=row["contribution__received_at"],
        published_at=row["published_at"],
        digest=row["text_digest"],
        process=chain.process.uuid,
        position=row["position"],
        previous=row["previous"],
    )


def _digest(row: dict[str, Any]) -> str:
    return text_digest(row["title"], row["text"], salt=row["salt"])
