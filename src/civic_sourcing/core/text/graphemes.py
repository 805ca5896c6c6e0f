import re
import unicodedata

from .characters import PICTOGRAPHS, SKIN_TONES

_LEADING = r"\u1100-\u115F\uA960-\uA97C"
_VOWEL = r"\u1160-\u11A7\uD7B0-\uD7C6"
_TRAILING = r"\u11A8-\u11FF\uD7CB-\uD7FB"

# One character is one grapheme here, or begins one: no mark, joiner, jamo, flag or pictograph.
_SIMPLE = re.compile(
    r"[\n\x20-\x7E\u00A0-\u00A8\u00AA-\u00AC\u00AF-\u02FF\u2010-\u2027"
    r"\u3000-\u3029\u3041-\u3096\u30A0-\u30FF\u4E00-\u9FFF\uAC00-\uD7A3]*"
)
_OPEN_SYLLABLE = "".join(map(chr, range(0xAC00, 0xD7A4, 28)))  # without a final consonant
_SYLLABLE = re.compile(
    rf"[{_LEADING}]*(?:(?:[{_VOWEL}]|[{_OPEN_SYLLABLE}])[{_VOWEL}]*|[\uAC00-\uD7A3])[{_TRAILING}]*"
    rf"|[{_LEADING}]+|[{_TRAILING}]+"
)
_FLAG = re.compile(r"[\U0001F1E6-\U0001F1FF]{2}")
_PICTOGRAPH = re.compile(rf"[{PICTOGRAPHS}]")
_TONES_AND_TAGS = re.compile(rf"[{SKIN_TONES}\U000E0020-\U000E007F]")
_JOINERS = "\u200c\u200d"


def graphemes(text: str) -> int:
    """
    Count what a reader sees as single characters: 한 is one, 👩‍👧 is one, é is one however typed.

    Follows the extended grapheme clusters of Unicode annex 29 with the standard library's character
    data: marks, joiners, emoji sequences, flags, Hangul jamo, CRLF. Rounded off in three places:
    every spacing mark (Mc) joins its base, Indic conjuncts are counted letter by letter (as before
    Unicode 15.1), and prepended signs (Arabic number signs) count on their own. Linear.
    """
    if _SIMPLE.fullmatch(text):
        return len(text)
    count = position = 0
    while position < len(text):
        position = _end_of_cluster(text, position)
        count += 1
    return count


def boundaries(text: str) -> list[int]:
    """Return where characters as a reader sees them begin, and the end of ``text``, in order."""
    if _SIMPLE.fullmatch(text):
        return list(range(len(text) + 1))
    found = [0]
    while found[-1] < len(text):
        found.append(_end_of_cluster(text, found[-1]))
    return found


def _end_of_cluster(text: str, start: int) -> int:
    if text.startswith("\r\n", start):
        return start + 2
    if unicodedata.category(text[start]) in ("Cc", "Zl", "Zp"):
        return start + 1
    core = _SYLLABLE.match(text, start) or _FLAG.match(text, start)
    end = _skip_marks(text, core.end() if core else start + 1)
    if core or not _PICTOGRAPH.match(text, start):
        return end
    while text[end - 1] == "\u200d" and _PICTOGRAPH.match(text, end):
        end = _skip_marks(text, end + 1)
    return end


def _skip_marks(text: str, position: int) -> int:
    while position < len(text):
        character = text[position]
        extends = (
            character in _JOINERS
            or unicodedata.category(character) in ("Mn", "Me", "Mc")
            or _TONES_AND_TAGS.match(character)
        )
        if not extends:
            break
        position += 1
    return position
