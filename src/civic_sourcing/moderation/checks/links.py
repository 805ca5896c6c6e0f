"""How many links a text has: few for newcomers, more for others."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from civic_sourcing.moderation.checks.conf import conf
from civic_sourcing.moderation.checks.texts import CheckedText, ContentCheck, Hit, Span

_ENDINGS = (
    "com|net|org|info|biz|kr|jp|cn|ru|de|fr|pl|uk|eu|us|io|co|me|tv|xyz|top|shop|site|online|club|"
    "store|link|live|app|dev|click|bet|casino|loan|한국|닷컴|닷넷"
)
LINK = re.compile(
    rf"(?:https?|ftp)://\S+|(?<![\w@.-])www\.\S+"
    rf"|(?<![\w@.-])[^\W_][\w-]{{0,62}}(?:\.[\w-]{{1,63}}){{0,3}}\.(?:{_ENDINGS})(?![\w@-])(?:/\S*)?",
    re.IGNORECASE,
)


class LinkCheck(ContentCheck):
    """Hold a text with more links than its writer may put into one."""

    key = "links"
    label = _("Links")

    def examine(self, text: CheckedText) -> Iterable[Hit]:
        most = conf.LINKS_NEW if text.is_new else conf.LINKS_NORMAL
        spans: list[Span] = [
            (name, *match.span()) for name, words in text.fields for match in LINK.finditer(words)
        ]
        if len(spans) <= most:
            return
        sentence = ngettext(
            "It waits because it has more than %(most)d link in it.",
            "It waits because it has more than %(most)d links in it.",
            most,
        )
        facts = {"links": len(spans), "most": most, "new": text.is_new}
        yield Hit(self.key, "hold", "too-many-links", sentence % {"most": most}, spans, facts)
