"""Settings about people: names, ages, downloads, deletion."""

from collections.abc import Iterator

from civic_sourcing.core.conf import NAME, Settings, setting
from civic_sourcing.core.text import graphemes

NAME_MOST = 100
"""Characters a name may have at most, whatever the setting: the column holds 150 code points."""

PROTECTED = ["admin", "administrator", "moderator", "관리자", "운영자"]


class ParticipantSettings(Settings):
    """Lengths are counted in characters as a reader sees them: an emoji is one."""

    NAME_LENGTH = setting(int, 50, "characters", doc="Longest public name.")
    PROTECTED_NAMES: setting[list[str]] = setting(
        list, PROTECTED, doc="Names nobody may take, beside those of people with a role."
    )
    AGE_LIMIT = setting(
        int, 14, "years", doc="Age below which a guardian has to consent; 0 asks nobody."
    )
    GUARDIAN_DAYS = setting(
        int, 14, "days", doc="How long a guardian may take before the request is purged."
    )
    EXPORT_DAYS = setting(int, 7, "days", doc="How long a download of one's data waits.")
    PHASE_ENDS_DAYS = setting(
        int, 3, "days", doc="How long before a phase closes people are told; 0 tells nobody."
    )
    ERASE_DELETES_USER = setting(
        bool,
        True,
        doc="Delete the host's account when somebody is erased; False makes it anonymous instead.",
    )

    def contradictions(self) -> Iterator[str]:
        """Yield what cannot work in the values given."""
        if not 1 <= self.NAME_LENGTH <= NAME_MOST:
            yield f"{NAME}['NAME_LENGTH'] must be between 1 and {NAME_MOST}."
        if self.AGE_LIMIT < 0:
            yield f"{NAME}['AGE_LIMIT'] must not be negative, not {self.AGE_LIMIT!r}."
        for key in ("GUARDIAN_DAYS", "EXPORT_DAYS"):
            if getattr(self, key) < 1:
                yield f"{NAME}[{key!r}] must be at least 1, not {getattr(self, key)!r}."
        for name in self.PROTECTED_NAMES:
            if not isinstance(name, str) or not graphemes(name):
                yield f"{NAME}['PROTECTED_NAMES'] holds {name!r}, which is no name."


conf = ParticipantSettings()
