import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .characters import BROKEN, INVISIBLE, JOINING, PICTOGRAPHS, SKIN_TONES, TAGS
from .characters import VARIATION_SELECTORS as SELECTORS
from .graphemes import graphemes

MARKS_PER_BASE = 4
"""Nonspacing marks on one character; Vietnamese, Thai and pointed Hebrew need two to four."""

_UNTOUCHED = re.compile(
    r"[\n\x20-\x7E\u00A1-\u00AC\u00AE-\u02FF\u2010-\u2027\u3001-\u3029"
    r"\u3041-\u3096\u30A0-\u30FF\u4E00-\u9FFF\uAC00-\uD7A3]*"
)
_LINE_ENDS = re.compile(r"\r\n?|[\v\f\x85\u2028\u2029]")
_SPACES = re.compile(r"[^\S\n]+")
_AROUND_LINE_END = re.compile(r" ?\n ?")
_BLANK_LINES = re.compile(r"\n{3,}")

# Either something that needs its invisible part (kept as group 1) or something to take out.
_UNWANTED = re.compile(
    rf"(\U0001F3F4[{TAGS}]{{2,8}}\U000E007F"
    rf"|(?:(?<=[{PICTOGRAPHS}{SKIN_TONES}])|(?<=[{PICTOGRAPHS}]\uFE0F))\u200D(?=[{PICTOGRAPHS}])"
    rf"|(?<=[{JOINING}])(?:\u200D|\u200C(?=[{JOINING}]))"
    rf"|(?<=[^\s{BROKEN}{INVISIBLE}{SELECTORS}\u200C\u200D])[{SELECTORS}])"
    rf"|[{BROKEN}{INVISIBLE}{SELECTORS}\u200C\u200D]"
)


class TextRefused(ValidationError):
    """
    A text that cannot be taken, with a sentence for its author.

    Forms show it beside the field; actions let it pass as it is. ``code`` is ``"blank"`` or
    ``"too-long"``.
    """


def raw_length_cap(max_length: int) -> int:
    """
    Code points looked at for a result of ``max_length``: what is longer is refused unread.

    Text shrinks on its way in (decomposed Hangul to a third, CRLF to half, runs of blanks to one).
    """
    return 4 * max_length + 1000


def normalise(
    text: str, *, max_length: int, max_graphemes: int | None = None, single_line: bool = False
) -> str:
    """
    Return ``text`` as it may be stored and shown: composed (NFC), without anything hidden in it.

    Controls, bidi controls, invisible characters, surrogates and noncharacters are taken out;
    joiners and variation selectors stay where a script or an emoji needs them. At most
    ``MARKS_PER_BASE`` marks stand on one character. Lines end with ``\\n``, at most one blank line
    separates two others, runs of spaces become one; with ``single_line`` line ends become spaces.

    ``max_length`` counts code points of the result, as database columns do; ``max_graphemes``
    counts what a reader sees. Doing it twice changes nothing. Takes linear time, and none for a
    text beyond ``raw_length_cap``. Raises ``TextRefused``: ``"too-long"``, or ``"blank"`` if
    nothing visible is left.
    """
    if len(text) > raw_length_cap(max_length):
        raise too_long(len(text), max_graphemes or max_length)
    text = _LINE_ENDS.sub("\n", text)
    if not _UNTOUCHED.fullmatch(text):
        text = _without_hidden(text)
    text = _tidy_spaces(text, single_line=single_line)
    if not _is_visible(text):
        raise TextRefused(_("This text is empty. Please write something."), code="blank")
    count = graphemes(text)
    if max_graphemes is not None and count > max_graphemes:
        raise too_long(count, max_graphemes)
    if len(text) > max_length:
        raise too_long(len(text), max_length)
    return text


def single_line(text: str, *, max_length: int, max_graphemes: int | None = None) -> str:
    """``normalise`` a title, name or tag: one line."""
    return normalise(text, max_length=max_length, max_graphemes=max_graphemes, single_line=True)


def _without_hidden(text: str) -> str:
    text = text.replace("\t", " ")
    # What one step takes out may be what another let stand for its sake; it settles at once.
    for _attempt in range(3):
        before = text
        # Marks before composing: putting a long run of them in order takes quadratic time.
        text = _limit_marks(_UNWANTED.sub(_kept, text))
        text = _limit_marks(unicodedata.normalize("NFC", text))
        if text == before:
            break
    return text


def _kept(match: re.Match[str]) -> str:
    return match[1] or ""


def _limit_marks(text: str) -> str:
    """Take out marks beyond ``MARKS_PER_BASE`` in a row and without a base; joiners go along."""
    marks = MARKS_PER_BASE + 1
    kept = []
    for character in text:
        if unicodedata.category(character) in ("Mn", "Me"):
            marks += 1
        elif character not in "\u200c\u200d":
            marks = MARKS_PER_BASE + 1 if character.isspace() else 0
            kept.append(character)
            continue
        if marks <= MARKS_PER_BASE:
            kept.append(character)
    return "".join(kept)


def _tidy_spaces(text: str, *, single_line: bool) -> str:
    if single_line:
        text = text.replace("\n", " ")
    text = _AROUND_LINE_END.sub("\n", _SPACES.sub(" ", text))
    return _BLANK_LINES.sub("\n\n", text).strip()


def _is_visible(text: str) -> bool:
    return any(unicodedata.category(character)[0] in "LNPSC" for character in text)


def too_long(length: int, limit: int) -> TextRefused:
    """Return the refusal of a text of ``length`` characters where ``limit`` are possible."""
    return TextRefused(
        _(
            "This text is too long: it has %(length)s characters, "
            "and at most %(limit)s are possible."
        ),
        code="too-long",
        params={"length": length, "limit": limit},
    )
