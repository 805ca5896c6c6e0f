"""Settings of newcomers and of the automatic checks."""

from __future__ import annotations

from collections.abc import Iterator

from civic_sourcing.core.conf import NAME, Settings, setting

VERDICTS = ("off", "mark", "hold", "refuse")
"""What a town may have a check do instead of what it does by itself."""


class CheckSettings(Settings):
    """``CHECK_VERDICTS`` maps keys of checks, or codes of their hits, to one of ``VERDICTS``."""

    NEWCOMER_HOURS = setting(int, 24, "hours", doc="How long somebody who takes part is new.")
    NEWCOMER_CONTRIBUTIONS = setting(
        int, 3, "contributions", doc="Published contributions with which somebody is not new."
    )
    PREMODERATION = setting(
        str, "checks", doc="What waits for a moderator in processes that say nothing themselves."
    )
    CHECK_VERDICTS: setting[dict[str, str]] = setting(
        dict, {}, doc="What checks do instead: off, mark, hold or refuse, by key or code."
    )
    LINKS_NEW = setting(int, 2, "links", doc="Links in one text of a newcomer.")
    LINKS_NORMAL = setting(int, 10, "links", doc="Links in one text of anybody else.")
    SAME_TEXT_DAYS = setting(int, 30, "days", doc="How long a text is known when it comes again.")
    SAME_TEXT_LENGTH = setting(
        int, 30, "letters", doc="Letters and digits below which a text may come again."
    )
    SAME_TEXT_PEOPLE = setting(
        int, 3, "people", doc="The same text of so many people waits for a moderator."
    )
    FLOOD_COUNT = setting(
        int, 12, "contributions", doc="Contributions of one person in short time that may pass."
    )
    FLOOD_MINUTES = setting(int, 10, "minutes", doc="What a short time is.")
    CAPITALS_LETTERS = setting(
        int, 30, "letters", doc="Letters below which a text may be in capitals."
    )
    CAPITALS_SHARE = setting(float, 0.7, doc="Share of capitals above which a text shouts.")
    FILTER_EXAMPLES = setting(
        int, 200, "decisions", doc="Decisions the learning filter needs before it says anything."
    )
    FILTER_HOLDS = setting(
        float, 0.98, doc="Probability of advertising above which a text waits for a moderator."
    )

    def contradictions(self) -> Iterator[str]:
        """Yield what cannot work in the values given."""
        for name, least in LEAST.items():
            if getattr(self, name) < least:
                yield f"{NAME}[{name!r}] must be at least {least}, not {getattr(self, name)!r}."
        for name in ("CAPITALS_SHARE", "FILTER_HOLDS"):
            if not 0 < getattr(self, name) < 1:
                yield f"{NAME}[{name!r}] must be between 0 and 1, not {getattr(self, name)!r}."
        if self.PREMODERATION not in MODES:
            yield f"{NAME}['PREMODERATION'] must be one of {MODES}, not {self.PREMODERATION!r}."
        for key, verdict in self.CHECK_VERDICTS.items():
            if verdict not in VERDICTS:
                yield f"{NAME}['CHECK_VERDICTS'][{key!r}] must be one of {VERDICTS}."


MODES = ("none", "checks", "newcomers", "everyone")
LEAST = {
    "NEWCOMER_HOURS": 0,
    "NEWCOMER_CONTRIBUTIONS": 0,
    "LINKS_NEW": 0,
    "LINKS_NORMAL": 0,
    "SAME_TEXT_DAYS": 1,
    "SAME_TEXT_LENGTH": 1,
    "SAME_TEXT_PEOPLE": 2,
    "FLOOD_COUNT": 1,
    "FLOOD_MINUTES": 1,
    "CAPITALS_LETTERS": 1,
    "FILTER_EXAMPLES": 20,
}

conf = CheckSettings()
