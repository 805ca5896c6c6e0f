"""Settings of ownership claims."""

from __future__ import annotations

from collections.abc import Iterator

from civic_sourcing.attribution.claims.rules import Periods
from civic_sourcing.core.conf import NAME, Settings, setting


class ClaimSettings(Settings):
    """How many claims somebody may file is among the limits: ``LIMITS["claim"]``."""

    CLAIM_ANSWER_DAYS = setting(
        int, 14, "days", doc="How long the other side has to answer a claim, or an appeal."
    )
    CLAIM_DECIDE_DAYS = setting(
        int, 14, "days", doc="After which a claim waiting for a steward is overdue."
    )
    CLAIM_APPEAL_DAYS = setting(
        int, 30, "days", doc="How long a decision can be appealed; 0 makes the first one final."
    )
    CLAIM_REMIND_DAYS = setting(
        int, 3, "days", doc="How long before a deadline people are reminded of it."
    )
    CLAIM_REASONS_LENGTH = setting(
        int, 80, "characters", doc="Shortest reasons a steward may give."
    )
    CLAIM_TEXT_LENGTH = setting(
        int, 5000, "characters", doc="Longest text of a claim, an answer or a decision."
    )
    CLAIM_REFUSED_LIMIT = setting(
        int, 3, "claims", doc="Refused claims after which somebody has to pause; 0 knows no pause."
    )
    CLAIM_PAUSE_DAYS = setting(int, 180, "days", doc="How long that pause is.")

    @property
    def periods(self) -> Periods:
        """How long each side has."""
        return Periods(self.CLAIM_ANSWER_DAYS, self.CLAIM_DECIDE_DAYS, self.CLAIM_APPEAL_DAYS)

    def contradictions(self) -> Iterator[str]:
        """Yield what cannot work in the values given."""
        for name, least in (
            ("CLAIM_ANSWER_DAYS", 1),
            ("CLAIM_DECIDE_DAYS", 1),
            ("CLAIM_APPEAL_DAYS", 0),
            ("CLAIM_REMIND_DAYS", 0),
            ("CLAIM_REASONS_LENGTH", 1),
            ("CLAIM_REFUSED_LIMIT", 0),
            ("CLAIM_PAUSE_DAYS", 1),
        ):
            if getattr(self, name) < least:
                yield f"{NAME}[{name!r}] must be at least {least}, not {getattr(self, name)!r}."
        if not self.CLAIM_REASONS_LENGTH <= self.CLAIM_TEXT_LENGTH <= TEXT_COLUMN:
            yield (
                f"{NAME}['CLAIM_TEXT_LENGTH'] must be between CLAIM_REASONS_LENGTH and "
                f"{TEXT_COLUMN}, not {self.CLAIM_TEXT_LENGTH!r}."
            )


TEXT_COLUMN = 40_000
"""Code points kept of a text, whose limit is counted in characters as a reader sees them."""

conf = ClaimSettings()
