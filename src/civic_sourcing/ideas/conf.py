"""Settings of idea forums."""

from collections.abc import Iterator

from django.utils.module_loading import import_string

from civic_sourcing.core.conf import NAME, Settings, setting

TITLE_COLUMN = 255
"""Code points a page title holds."""

DESCRIPTION_COLUMN = 100_000
"""Code points kept of a description, whose limit is counted in characters as a reader sees them."""


def can_be_imported(path: str) -> bool:
    try:
        import_string(path)
    except ImportError:
        return False
    return True


class IdeaSettings(Settings):
    """Lengths are counted in characters as a reader sees them: an emoji is one."""

    IDEAS_PER_PAGE = setting(int, 20, "ideas", doc="Ideas shown on one page of a forum.")
    FORUM_BLOCKS = setting(
        str, "", doc="Path of the list of blocks a forum's body takes beside ours; “” adds none."
    )
    IDEA_TITLE_LENGTH = setting(int, 100, "characters", doc="Longest title of an idea.")
    IDEA_DESCRIPTION_LENGTH = setting(int, 10_000, "characters", doc="Longest text of an idea.")
    IDEA_TAGS = setting(int, 5, "tags", doc="Tags one idea may have.")
    IDEA_TAG_LENGTH = setting(int, 30, "characters", doc="Longest tag.")
    SIMILAR_OFFERED = setting(
        int, 5, "ideas", doc="Similar ideas offered before one is published; 0 offers none."
    )
    SIMILAR_ACROSS_SITE = setting(
        bool, False, doc="Look for similar contributions in all processes, not in the forum alone."
    )
    SIMILAR_REASON_LENGTH = setting(
        int, 500, "characters", doc="Longest answer to “Mine is different because…”."
    )
    SIMILAR_LOOK_UPS_PER_MINUTE = setting(
        int, 60, "look-ups", doc="Times one person's title is looked up while they type it."
    )
    IDEAS_IN_SITEMAP = setting(bool, False, doc="List every idea in the sitemap, not forums alone.")
    SUPPORTS_PER_MINUTE = setting(
        int, 60, "steps", doc="Times one person may give or take back support within a minute."
    )

    IDEA_EDIT_HOURS = setting(
        int, 24, "hours", doc="Time after filing in which an idea is edited without a word why."
    )
    IDEA_EDITS_PER_HOUR = setting(int, 20, "edits", doc="Times one person edits ideas in an hour.")
    IDEA_PHOTOS = setting(int, 5, "photos", doc="Photos one idea may have.")
    IDEA_DRAFT_DAYS = setting(
        int, 90, "days", doc="Time after which an untouched draft goes; unsigned: a week at most."
    )
    IDEA_DRAFTS_PER_HOUR = setting(
        int, 20, "drafts", doc="Drafts begun from one address in an hour without signing in."
    )

    def contradictions(self) -> Iterator[str]:
        """Yield what cannot work in the values given."""
        if not 1 <= self.IDEA_TITLE_LENGTH <= TITLE_COLUMN:
            yield (
                f"{NAME}['IDEA_TITLE_LENGTH'] must be between 1 and {TITLE_COLUMN}, the width of a "
                f"page title, not {self.IDEA_TITLE_LENGTH!r}."
            )
        if self.FORUM_BLOCKS and not can_be_imported(self.FORUM_BLOCKS):
            yield f"{NAME}['FORUM_BLOCKS'] must be the path of a list, not {self.FORUM_BLOCKS!r}."
        if self.IDEAS_PER_PAGE < 1:
            yield f"{NAME}['IDEAS_PER_PAGE'] must be at least 1, not {self.IDEAS_PER_PAGE!r}."


conf = IdeaSettings()
