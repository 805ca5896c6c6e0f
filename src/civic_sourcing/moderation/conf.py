"""How reports are taken and how soon moderators should answer."""

from __future__ import annotations

from collections.abc import Iterator

from civic_sourcing.core.conf import NAME, Settings, setting


class ModerationSettings(Settings):
    """Keys of the moderation room."""

    ANONYMOUS_REPORTS = setting(
        bool, True, doc="Whether people who are not signed in may report, with little weight."
    )
    REPORT_TEXT_LENGTH = setting(int, 2000, "characters", doc="Longest text of a report.")
    REPORT_WEIGHT_NEW = setting(
        float, 0.25, doc="What a report of a newcomer or without sign-in weighs; others weigh 1."
    )
    TRUSTED_REPORTERS = setting(
        int,
        3,
        "people",
        doc="Distinct people known here whose reports hide something until review; 0: never.",
    )
    LOG_TABLES_PER_HOUR = setting(
        int,
        20,
        "downloads",
        doc="How often a person or an address may fetch the public log as a table.",
    )
    CASE_TARGET_HOURS = setting(
        int, 48, "hours", doc="Target for a first decision where a process sets none."
    )
    CASE_PERSONAL_HOURS = setting(
        int, 24, "hours", doc="The same where somebody is personally affected."
    )
    CASE_EMERGENCY_HOURS = setting(int, 2, "hours", doc="The same in an emergency.")

    def contradictions(self) -> Iterator[str]:
        """Yield what cannot work in the values given."""
        for name, least in (
            ("REPORT_TEXT_LENGTH", 1),
            ("TRUSTED_REPORTERS", 0),
            ("CASE_EMERGENCY_HOURS", 1),
        ):
            if getattr(self, name) < least:
                yield f"{NAME}[{name!r}] must be at least {least}, not {getattr(self, name)!r}."
        if self.REPORT_TEXT_LENGTH > REPORT_COLUMN:
            yield (
                f"{NAME}['REPORT_TEXT_LENGTH'] must be at most {REPORT_COLUMN}, "
                f"not {self.REPORT_TEXT_LENGTH!r}."
            )
        if not 0 < self.REPORT_WEIGHT_NEW < 1:
            yield (
                f"{NAME}['REPORT_WEIGHT_NEW'] must be above 0 and below 1, "
                f"not {self.REPORT_WEIGHT_NEW!r}."
            )
        if not (self.CASE_EMERGENCY_HOURS <= self.CASE_PERSONAL_HOURS <= self.CASE_TARGET_HOURS):
            yield (
                f"{NAME}: CASE_EMERGENCY_HOURS must not be above CASE_PERSONAL_HOURS, nor that "
                "above CASE_TARGET_HOURS."
            )


REPORT_COLUMN = 20_000
"""Code points kept of a report, whose limit is counted in characters as a reader sees them."""

conf = ModerationSettings()
