"""How soon the city answers, and when it is reminded."""

from __future__ import annotations

from collections.abc import Iterator

from civic_sourcing.core.conf import NAME, Settings, setting

TEXT_COLUMN = 100_000
"""Code points kept of a text, whose limit is counted in characters as a reader sees them."""


class AnswerSettings(Settings):
    """Keys of official answers."""

    ANSWER_DAYS = setting(
        int, 30, "days", doc="How long an answer may take that an official promises by hand."
    )
    PROMISE_REMIND_DAYS = setting(
        int, 7, "days", doc="How long before a promise is due its owner is reminded; 0: never."
    )
    PROMISE_ESCALATE_DAYS = setting(
        int, 0, "days", doc="How long after that those above are told; 0: on the day it is due."
    )
    PROMISE_REASON_LENGTH = setting(
        int, 20, "characters", doc="Shortest reason for more time, or for waiving a promise."
    )
    ANSWER_TEXT_LENGTH = setting(
        int, 20_000, "characters", doc="Longest text of an answer, a part of one, or an adoption."
    )

    def contradictions(self) -> Iterator[str]:
        """Yield what cannot work in the values given."""
        for name, least in (
            ("ANSWER_DAYS", 1),
            ("PROMISE_REMIND_DAYS", 0),
            ("PROMISE_ESCALATE_DAYS", 0),
            ("PROMISE_REASON_LENGTH", 1),
        ):
            if getattr(self, name) < least:
                yield f"{NAME}[{name!r}] must be at least {least}, not {getattr(self, name)!r}."
        if not 1 <= self.ANSWER_TEXT_LENGTH <= TEXT_COLUMN:
            yield (
                f"{NAME}['ANSWER_TEXT_LENGTH'] must be between 1 and {TEXT_COLUMN}, "
                f"not {self.ANSWER_TEXT_LENGTH!r}."
            )


conf = AnswerSettings()
