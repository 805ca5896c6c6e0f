"""Words for one person: taken in that person's language, without anything hidden in them."""

from collections.abc import Callable
from typing import Any

from django.utils.functional import Promise

from civic_sourcing.core.text import TextRefused, normalise

Words = str | Promise | Callable[[Any], Any]
"""A text, a lazy translation, or a function that receives the user and returns either."""

SUBJECT_LENGTH = 200
BODY_LENGTH = 10_000
URL_LENGTH = 500
_READ_AT_MOST = 4


def filled(sentence: str | Promise, **values: Any) -> Callable[[Any], str]:
    """
    Put ``values`` into a translatable ``sentence`` only once it is known who will read it.

    ``_("…%(title)s…") % {"title": …}`` would be translated at once, into the language of whoever
    caused the notification. Values may themselves be lazy translations.
    """
    return lambda user: str(sentence) % {name: _plain(value) for name, value in values.items()}


def subject_line(words: Words, user: Any) -> str:
    """Return one line that is safe in a mail's header. Raises ``ValueError`` if it is empty."""
    text = _normal(_said(words, user), SUBJECT_LENGTH, single_line=True)
    if not text:
        raise ValueError("A notification needs a subject with something to see in it.")
    return text


def body_text(words: Words, user: Any) -> str:
    """Return ``words`` as plain text in paragraphs; nothing to see becomes the empty text."""
    return _normal(_said(words, user), BODY_LENGTH, single_line=False)


def address_text(words: Words, user: Any) -> str:
    """
    Return the address a notification leads to: a path of this site, or a whole ``https`` address.

    Raises ``ValueError`` for anything else, such as ``javascript:`` or ``//elsewhere.example``.
    """
    url = _said(words, user)
    is_path = url.startswith("/") and not url.startswith(("//", "/\\"))
    if url and not is_path and not url.startswith(("https://", "http://")):
        raise ValueError(f"url must be a path or start with https://, not {url!r}.")
    if len(url) > URL_LENGTH or not url.isprintable() or " " in url:
        raise ValueError(
            f"url must be at most {URL_LENGTH} characters without spaces, not {url!r}."
        )
    return url


def cut(text: str, length: int) -> str:
    """Return at most ``length`` code points, which is what columns count, marked where cut off."""
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def _said(words: Words, user: Any) -> str:
    return str(words(user) if callable(words) else words)


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, Promise) else value


def _normal(text: str, length: int, *, single_line: bool) -> str:
    text = text[: length * _READ_AT_MOST]
    try:
        text = normalise(text, max_length=len(text) * 3 + 1, single_line=single_line)
    except TextRefused:
        return ""
    return cut(text, length)
