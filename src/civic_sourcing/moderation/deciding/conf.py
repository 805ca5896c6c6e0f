"""How long decisions hold, can be corrected and appealed, and how many are looked at twice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from civic_sourcing.core.conf import NAME, Settings, setting

LONGEST_TEMPORARY_DAYS = 30
SHORTEST_APPEAL_DAYS = 183
TEXT_COLUMN = 20_000
"""Code points kept of a statement, whose limit is counted in characters as a reader sees them."""


class DecidingSettings(Settings):
    """Keys of decisions, appeals and second opinions."""

    TEMPORARY_DAYS = setting(
        int,
        LONGEST_TEMPORARY_DAYS,
        "days",
        doc="Longest time something is hidden for the time being; at most 30.",
    )
    CORRECTION_MINUTES = setting(
        int, 15, "minutes", doc="How long whoever decided may correct it; 0: not at all."
    )
    APPEAL_DAYS = setting(
        int,
        SHORTEST_APPEAL_DAYS,
        "days",
        doc="How long an author may appeal a decision; at least 183.",
    )
    APPEAL_TARGET_DAYS = setting(
        int, 14, "days", doc="Target for deciding an appeal, after which it is overdue."
    )
    FACTS_LENGTH = setting(
        int, 20, "characters", doc="Shortest facts in a statement of reasons that limits somebody."
    )
    STATEMENT_LENGTH = setting(
        int, 4000, "characters", doc="Longest facts, scope, appeal or reasons for deciding one."
    )
    SECOND_OPINION_SHARE = setting(
        float, 0.05, doc="Share of decisions put to a second moderator, from 0 to 1."
    )
    EMERGENCY_CONTACT = setting(
        str, "", doc="Whom moderators call in an emergency where the process names nobody."
    )

    def contradictions(self) -> Iterator[str]:
        """Yield what cannot work in the values given."""
        if not 1 <= self.TEMPORARY_DAYS <= LONGEST_TEMPORARY_DAYS:
            yield (
                f"{NAME}['TEMPORARY_DAYS'] must be from 1 to {LONGEST_TEMPORARY_DAYS}, "
                f"not {self.TEMPORARY_DAYS!r}."
            )
        if self.APPEAL_DAYS < SHORTEST_APPEAL_DAYS:
            yield (
                f"{NAME}['APPEAL_DAYS'] must be at least {SHORTEST_APPEAL_DAYS}, "
                f"not {self.APPEAL_DAYS!r}."
            )
        for name, least in (
            ("CORRECTION_MINUTES", 0),
            ("APPEAL_TARGET_DAYS", 1),
            ("FACTS_LENGTH", 1),
        ):
            if getattr(self, name) < least:
                yield f"{NAME}[{name!r}] must be at least {least}, not {getattr(self, name)!r}."
        if not self.FACTS_LENGTH <= self.STATEMENT_LENGTH <= TEXT_COLUMN:
            yield (
                f"{NAME}['STATEMENT_LENGTH'] must be from FACTS_LENGTH to {TEXT_COLUMN}, "
                f"not {self.STATEMENT_LENGTH!r}."
            )
        if not 0 <= self.SECOND_OPINION_SHARE <= 1:
            yield (
                f"{NAME}['SECOND_OPINION_SHARE'] must be from 0 to 1, "
                f"not {self.SECOND_OPINION_SHARE!r}."
            )

    @property
    def longest_temporary(self) -> timedelta:
        return timedelta(days=min(self.TEMPORARY_DAYS, LONGEST_TEMPORARY_DAYS))

    @property
    def appeal_time(self) -> timedelta:
        return timedelta(days=max(self.APPEAL_DAYS, SHORTEST_APPEAL_DAYS))


conf = DecidingSettings()
