import html
import re
from typing import Any
from urllib.parse import urlsplit

from bleach.linkifier import Linker
from django.utils.encoding import iri_to_uri
from django.utils.safestring import SafeString, mark_safe

LINK_REL = "nofollow ugc noopener noreferrer"
URL_LENGTH_CAP = 2000
"""Code points of an address beyond which it stays plain text."""

# Bleach leaves some entities alone and escapes others, depending on what follows. So while it works
# they are unassigned, invisible characters, which no text holds after normalising.
_ENTITIES = {
    "&amp;": "\U000e0002",
    "&lt;": "\U000e0003",
    "&gt;": "\U000e0004",
    "&nbsp;": "\U000e0005",
    "&quot;": "\U000e0006",
}
_ENTITY = re.compile("|".join(_ENTITIES))
_STAND_IN = re.compile(r"[\U000E0002-\U000E0006]")
_ENTITY_OF = {stand_in: entity for entity, stand_in in _ENTITIES.items()}

# Only what names its scheme or starts with "www." is an address: "done.It was" is a sentence. A
# Korean particle right after an ASCII host or path ("neulbom.kr에서") is not part of the address,
# and neither is a parenthesis it does not open. Each quantifier is possessive or ends where the
# next part begins, which keeps the search linear.
_ADDRESS = re.compile(
    r"""(?<![\w@./:-])
        (?:https?://|www\.(?=[\w-]+\.))
        (?:[\w-]{1,63}+\.)+
        (?:xn--[a-z0-9-]{1,59}+|[a-z]{2,24}+|[^\W\d_a-z]{2,24}+)
        (?![.-]?[a-z0-9_@-])(?!:[^\s/?\#]*@)
        (?::[0-9]{1,5}+)?
        (?:[/?\#](?:[^\s<>()"“”「」『』《》〈〉\U000E0003-\U000E0006\uAC00-\uD7A3]
                   |(?<![a-z0-9])[\uAC00-\uD7A3]
                   |\([^\s<>()"\U000E0003-\U000E0006]*+\))*
           (?<=[\w/=&\#%~+$)-]))?
    """,
    re.IGNORECASE | re.VERBOSE,
)
HOST_LENGTH_CAP = 253
_MAY_HOLD_ADDRESS = re.compile(r"https?://|www\.", re.IGNORECASE)
_PARAGRAPH_BREAK = re.compile(r"\n[ \n]*\n")

# Labels that cannot be taken for another word: Hangul with ASCII, Latin with the accents of Western
# Europe, Chinese characters and kana on their own.
_HONEST_LABEL = re.compile(
    r"[a-z0-9_\uAC00-\uD7A3-]+|[a-z0-9\u00DF-\u00F6\u00F8-\u00FF-]+|[\u3041-\u3096\u30A1-\u30FA\u4E00-\u9FFF]+",
    re.IGNORECASE,
)

Attributes = dict[Any, Any]


def render(text: str) -> SafeString:
    """
    Turn ``text`` (as ``normalise`` returned it) into HTML: paragraphs, line breaks, links.

    Everything in the text is escaped. Only http and https become links; e-mail addresses do not.
    Call it when the text is written and store the result. Linear time.
    """
    lines = html.escape(text, quote=False).splitlines()
    # Only lines with addresses, without any markup, go through the linker's parser.
    rows = [row for row, line in enumerate(lines) if _MAY_HOLD_ADDRESS.search(line)]
    if rows:
        linked = link_addresses("\n".join(lines[row] for row in rows)).split("\n")
        for row, line in zip(rows, linked, strict=True):
            lines[row] = line
    paragraphs = _PARAGRAPH_BREAK.split("\n".join(lines))
    markup = "".join(
        f"<p>{part.strip().replace(chr(10), '<br>')}</p>" for part in paragraphs if part.strip()
    )
    return mark_safe(markup)  # noqa: S308 - escaped above


def link_addresses(markup: str) -> str:
    """
    Link the addresses in ``markup``, already safe, and set ``LINK_REL`` on every link.

    The only entities in ``markup`` are those of ``html.escape`` and nh3: amp, lt, gt, quot, nbsp.
    """
    markup = _STAND_IN.sub("", markup)
    if not _MAY_HOLD_ADDRESS.search(markup):
        return markup
    # A linker holds a parser, so it is not shared between threads.
    linker = Linker(callbacks=[_link], url_re=_ADDRESS, skip_tags={"pre", "code"})
    plain = _ENTITY.sub(lambda match: _ENTITIES[match[0]], markup)
    return _STAND_IN.sub(lambda match: _ENTITY_OF[match[0]], linker.linkify(plain))


def _link(attributes: Attributes, new: bool = False) -> Attributes | None:
    if not new:
        return {**attributes, (None, "rel"): LINK_REL}
    shown = attributes["_text"]
    address = _safe_address(shown)
    if address is None:
        return None
    url, host, ascii_host = address
    if not all(_HONEST_LABEL.fullmatch(label) for label in host.split(".")):
        shown = shown.replace(host, ascii_host, 1)
    return {(None, "href"): url, (None, "rel"): LINK_REL, "_text": shown}


def _safe_address(shown: str) -> tuple[str, str, str] | None:
    """Return the URL with an ASCII host, the host as typed, the host in ASCII; or None."""
    if len(shown) > URL_LENGTH_CAP:
        return None
    url = shown.replace(_ENTITIES["&amp;"], "&")
    url = url if "://" in url else f"https://{url}"
    try:
        parts = urlsplit(url)
        typed = parts.netloc.partition(":")[0]
        ascii_host = typed.encode("idna").decode("ascii")
        port = parts.port
    except (ValueError, UnicodeError):
        return None
    if parts.scheme.lower() not in ("http", "https") or "@" in parts.netloc:
        return None
    if len(ascii_host) > HOST_LENGTH_CAP:
        return None
    netloc = ascii_host if port is None else f"{ascii_host}:{port}"
    url = iri_to_uri(parts._replace(netloc=netloc).geturl()) or ""
    return url.replace("&", _ENTITIES["&amp;"]), typed, ascii_host
