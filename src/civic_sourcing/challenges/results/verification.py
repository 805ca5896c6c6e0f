"""What ``civic_verify`` checks of rankings: that they follow from what they say they do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from civic_sourcing.challenges.models import Ranking
from civic_sourcing.challenges.results.documents import basis_within, digest_of, document_of
from civic_sourcing.core.audit.verification import Finding

if TYPE_CHECKING:
    from civic_sourcing.core.audit.verification import Verification


def verify_rankings(verification: Verification) -> Iterator[Finding]:
    """Rank every stored ranking again, and compare document and digest."""
    rankings = Ranking.objects.using(verification.using)
    if verification.chain:
        rankings = rankings.filter(round__process__uuid=verification.chain)
    for ranking in rankings.order_by("pk").iterator():
        verification.checked += 1
        if digest_of(ranking.document) != ranking.digest:
            yield Finding("ranking-changed", str(ranking.uuid), "The digest does not fit.")
        elif document_of(basis_within(ranking.document)) != ranking.document:
            yield Finding("ranking-wrong", str(ranking.uuid), "It does not follow from its sheets.")
