"""Settings of comments."""

from __future__ import annotations

from collections.abc import Iterator

from civic_sourcing.core.conf import NAME, Settings, setting

TEXT_COLUMN = 40_000
"""Code points kept of a text, whose limit is counted in characters as a reader sees them."""


class CommentSettings(Settings):
    """How many comments somebody may post is among the limits: ``LIMITS["comment"]``."""

    COMMENT_LENGTH = setting(int, 3000, "characters", doc="Longest comment.")
    COMMENT_EDIT_MINUTES = setting(
        int, 30, "minutes", doc="How long authors can edit a comment; 0 is not at all."
    )
    COMMENT_MENTIONS = setting(int, 10, "people", doc="People one comment may mention.")
    COMMENTS_PER_SLICE = setting(
        int, 20, "comments", doc="Comments shown at a time, each with the first replies to it."
    )
    REPLIES_PER_SLICE = setting(int, 5, "replies", doc="Replies shown at a time below a comment.")
    RATINGS_PER_MINUTE = setting(
        int, 60, "ratings", doc="Times one person may rate comments within a minute."
    )
    EDITS_PER_HOUR = setting(
        int, 20, "edits", doc="Times one person may edit comments within an hour."
    )
    CONCLUSION_LENGTH = setting(
        int, 3000, "characters", doc="Longest conclusion with which a discussion is closed."
    )

    def contradictions(self) -> Iterator[str]:
        """Yield what cannot work in the values given."""
        for name, least in (
            ("COMMENT_LENGTH", 1),
            ("COMMENT_EDIT_MINUTES", 0),
            ("COMMENT_MENTIONS", 0),
            ("COMMENTS_PER_SLICE", 1),
            ("REPLIES_PER_SLICE", 1),
            ("RATINGS_PER_MINUTE", 1),
            ("EDITS_PER_HOUR", 1),
            ("CONCLUSION_LENGTH", 1),
        ):
            if getattr(self, name) < least:
                yield f"{NAME}[{name!r}] must be at least {least}, not {getattr(self, name)!r}."
        for name in ("COMMENT_LENGTH", "CONCLUSION_LENGTH"):
            if getattr(self, name) > TEXT_COLUMN:
                yield f"{NAME}[{name!r}] must be at most {TEXT_COLUMN}."


conf = CommentSettings()
