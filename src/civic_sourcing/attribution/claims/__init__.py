"""
Ownership claims: somebody says that a contribution uses theirs, both are heard, a steward decides.

Rooms above ask ``is_frozen`` before they award anything and listen to the signals ``claim_filed``,
``claim_decided`` and ``claim_closed``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from civic_sourcing.attribution.models import Contribution


def is_frozen(contribution: Contribution) -> bool:
    """Tell whether nothing may be awarded for ``contribution`` because a claim to it is open."""
    return contribution.claims.open().exists()
