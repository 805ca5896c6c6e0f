"""Texts that shout."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from civic_sourcing.moderation.checks.conf import conf
from civic_sourcing.moderation.checks.texts import CheckedText, ContentCheck, Hit


class CapitalsCheck(ContentCheck):
    """Mark a text most of whose letters are capitals. Scripts without capitals never are."""

    key = "capitals"
    label = _("Capital letters")

    def examine(self, text: CheckedText) -> Iterable[Hit]:
        capitals = sum(map(str.isupper, text.whole))
        if not capitals:
            return
        letters = capitals + sum(map(str.islower, text.whole))
        if letters >= conf.CAPITALS_LETTERS and capitals > conf.CAPITALS_SHARE * letters:
            facts = {"capitals": capitals, "letters": letters}
            yield Hit(self.key, "mark", "all-capitals", explanation=facts)
