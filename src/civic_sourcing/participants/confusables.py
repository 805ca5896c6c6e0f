"""
Letters that look like others: a compact table of our own, enough to compare names.

``skeleton`` brings a name to what a hurried reader sees. Two names with equal skeletons may be
taken for one another. It is for comparing only and never shown.
"""

import re
import unicodedata
from collections.abc import Iterable

_UPPER = {
    # Cyrillic capitals, then Greek ones
    "А": "A", "В": "B", "Е": "E", "З": "3", "І": "I", "Ј": "J", "К": "K", "М": "M", "Н": "H",
    "О": "O", "Р": "P", "С": "C", "Т": "T", "У": "Y", "Х": "X", "Ѕ": "S", "Ү": "Y", "Ԛ": "Q",
    "Ԝ": "W", "Ґ": "F", "Ѵ": "V", "Ӏ": "I", "Ԍ": "G", "Һ": "H",
    "Α": "A", "Β": "B", "Ε": "E", "Ζ": "Z", "Η": "H", "Ι": "I", "Κ": "K", "Μ": "M", "Ν": "N",
    "Ο": "O", "Ρ": "P", "Τ": "T", "Υ": "Y", "Χ": "X", "Ϲ": "C", "Ϳ": "J",
    # Latin letters with a stroke are not taken apart by normalisation; Latin small capitals
    "Ø": "O", "Ł": "L", "Đ": "D", "Ħ": "H", "Ɓ": "B", "Ƒ": "F", "Ɡ": "G",
}  # fmt: skip
_LOWER = {
    "а": "a", "е": "e", "о": "o", "р": "p", "с": "c", "у": "y", "х": "x", "і": "i", "ј": "j",
    "ѕ": "s", "һ": "h", "ԁ": "d", "ԛ": "q", "ԝ": "w", "ԍ": "g", "к": "k", "п": "n", "г": "r",
    "ь": "b", "ү": "y", "ѵ": "v", "ӏ": "l", "м": "m", "т": "t", "в": "b", "н": "h", "ա": "w",
    "α": "a", "β": "b", "γ": "y", "ε": "e", "η": "n", "ι": "i", "κ": "k", "ν": "v", "ο": "o",
    "ρ": "p", "σ": "o", "τ": "t", "υ": "u", "χ": "x", "ω": "w", "ϲ": "c", "ϳ": "j", "μ": "u",
    "ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ı": "i", "ȷ": "j", "ɑ": "a", "ɡ": "g", "ɩ": "i",
    "ʀ": "r", "ɴ": "n", "ɪ": "i", "ʏ": "y", "ʙ": "b", "ɢ": "g", "ʜ": "h", "ʟ": "l", "ᴀ": "a",
    "ᴄ": "c", "ᴅ": "d", "ᴇ": "e", "ᴊ": "j", "ᴋ": "k", "ᴍ": "m", "ᴏ": "o", "ᴘ": "p", "ᴛ": "t",
    "ᴜ": "u", "ᴠ": "v", "ᴡ": "w", "ᴢ": "z", "օ": "o", "ո": "n", "ս": "u", "հ": "h", "ց": "g",
    "ք": "p", "յ": "j", "զ": "q",
    # digits and signs; all upright strokes are one
    "0": "o", "1": "l", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "$": "s", "@": "a",
    "|": "l", "!": "l", "i": "l", "ǀ": "l", "’": "", "ǃ": "l",
}  # fmt: skip
_UPPER_TABLE = str.maketrans(_UPPER)
# Normalisation would make a sigma of these, which looks like another letter.
_LUNATE_TABLE = str.maketrans({"Ϲ": "C", "ϲ": "c"})
_LOWER_TABLE = str.maketrans(_LOWER)
_PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"))
_REMEMBERED = 30_000
"""Letters a table keeps; a text made of all of Unicode must not fill the memory."""
_LOOKALIKE_SCRIPTS = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC")


def skeleton(name: str) -> str:
    """
    Return ``name`` as it looks at a glance; ``""`` if there are no letters or digits in it.

    Compatibility forms (fullwidth, mathematical, circled) become plain, case, marks, spaces and
    punctuation go, letters of other scripts become the Latin ones they look like, and so do digits.
    """
    return joined_looks([look_of(name)])


def joined_looks(looks: Iterable[str]) -> str:
    """Return the skeleton of words that stand beside each other, from the ``look_of`` each."""
    text = "".join(looks)
    for pair, single in _PAIRS:
        text = text.replace(pair, single)
    return text


def look_of(word: str) -> str:
    """Return the letters a word adds to the skeleton of a name; pairs are not yet one letter."""
    text = unicodedata.normalize("NFKC", word.translate(_LUNATE_TABLE))
    text = _without_marks(text).translate(_UPPER_TABLE)
    text = _without_marks(text.casefold())
    # Twice: what a letter becomes may itself look like another (і, then i, then l).
    text = text.translate(_LOWER_TABLE).translate(_LOWER_TABLE)
    if not text.isalnum():
        text = "".join(character for character in text if character.isalnum())
    return text


def mixed_words(name: str) -> list[str]:
    """
    Return the words of ``name`` that mix scripts which look alike, as Latin with Cyrillic.

    Hangul, kana and Han beside Latin letters are ordinary and not among them.
    """
    return [word for word in re.split(r"[\s\-_.·]+", name) if len(_scripts(word)) > 1]


def _scripts(word: str) -> set[str]:
    names = (unicodedata.name(letter, "") for letter in word if letter.isalpha())
    found = (name.partition(" ")[0] for name in names)
    return {script for script in found if script in _LOOKALIKE_SCRIPTS}


class _Marks(dict[int, int | None]):
    """A table for ``str.translate`` that drops marks, and fills itself with what it has met."""

    def __missing__(self, code: int) -> int | None:
        kept = None if unicodedata.category(chr(code)) in ("Mn", "Me") else code
        if len(self) < _REMEMBERED:
            self[code] = kept
        return kept


_MARKS = _Marks()


def _without_marks(text: str) -> str:
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", text).translate(_MARKS))
