import re

import nh3
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from .hygiene import TextRefused, too_long
from .rendering import LINK_REL, link_addresses

HTML_LENGTH_CAP = 100_000
"""Code points of HTML looked at; more is refused unread."""

DEPTH_CAP = 100
"""Levels of nested elements; the time to link addresses grows with the square of the depth."""

ALLOWED_TAGS = {
    *("h2", "h3", "h4", "h5", "h6", "p", "br", "hr", "blockquote", "pre"),
    *("ul", "ol", "li", "dl", "dt", "dd"),
    *("table", "thead", "tbody", "tfoot", "tr", "th", "td"),
    *("a", "b", "strong", "i", "em", "u", "s", "sub", "sup", "code"),
}
ALLOWED_ATTRIBUTES = {
    "a": {"href", "title"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}
_DROPPED_WITH_CONTENT = {
    *("script", "style", "template", "svg", "math", "iframe", "object", "embed"),
    *("noembed", "noframes", "noscript", "textarea", "title", "xmp"),
}
_WEB_ADDRESS = re.compile(r"https?://[^/]", re.IGNORECASE)
_TAG = re.compile(r"<(/?)(?!br|hr)[a-z]")


def clean_html(html: str, *, max_length: int = HTML_LENGTH_CAP) -> SafeString:
    """
    Return ``html`` (of an import, of staff) with nothing in it but text, structure and web links.

    An allow-list by nh3 comes first and last; in between addresses in the text become links. Links
    keep absolute http and https targets only and get ``LINK_REL``. Doing it twice changes nothing.
    Raises ``TextRefused``: ``"too-long"`` for more than ``max_length`` code points,
    ``"too-nested"`` for more than ``DEPTH_CAP`` levels.
    """
    if len(html) > max_length:
        raise too_long(len(html), max_length)
    html = html.encode("utf-8", "replace").decode("utf-8").replace("\0", "")
    cleaned = _clean(html)
    if _depth(cleaned) > DEPTH_CAP:
        raise TextRefused(
            _("This text has lists or quotations more than %(levels)s levels deep."),
            code="too-nested",
            params={"levels": DEPTH_CAP},
        )
    return mark_safe(_clean(link_addresses(cleaned)))  # noqa: S308 - cleaned


def _depth(cleaned: str) -> int:
    depth = deepest = 0
    for closing in _TAG.findall(cleaned):
        depth += -1 if closing else 1
        deepest = max(deepest, depth)
    return deepest


def _clean(html: str) -> str:
    return nh3.clean(
        html,
        tags=ALLOWED_TAGS,
        clean_content_tags=_DROPPED_WITH_CONTENT,
        attributes=ALLOWED_ATTRIBUTES,
        attribute_filter=_absolute_links_only,
        link_rel=LINK_REL,
        url_schemes={"http", "https"},
    )


def _absolute_links_only(tag: str, attribute: str, value: str) -> str | None:
    return value if attribute != "href" or _WEB_ADDRESS.match(value) else None
