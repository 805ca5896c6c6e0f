"""
Codes people type: Crockford's base 32 with a check symbol. Pure Python, no Django.

Source: Douglas Crockford, “Base 32”. Upper and lower case are alike, ``O`` is read as ``0``, ``I``
and ``L`` as ``1``; hyphens and spaces do not count. The check symbol is the number modulo 37, so a
single wrong symbol and two neighbours in the wrong order are always found.

Five of the 37 check symbols (``* ~ $ = U``) are hard to find on a keyboard, so ``new_code`` draws
again until the check symbol is a letter or a digit. That costs 0.2 of 85 bits.
"""

from __future__ import annotations

import math
import secrets
import unicodedata

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CHECK_ALPHABET = ALPHABET + "*~$=U"
SYMBOLS = 17
"""Symbols of a code before its check symbol."""
GROUP = 4
BITS = SYMBOLS * 5 + math.log2(len(ALPHABET) / len(CHECK_ALPHABET))
"""Random bits in a code, 84.8."""

_BITS_PER_SYMBOL = 5
_LOOK_ALIKES = str.maketrans("OIL", "011")
_DASHES = str.maketrans("", "", "-‐‑‒–—―−ー_ \t\r\n.,·")
_VALUES = {symbol: value for value, symbol in enumerate(CHECK_ALPHABET)}


class Mistyped(ValueError):
    """
    What was typed cannot be a code. ``fault`` is ``length``, ``symbol`` or ``check``.

    Known without a look-up, so it says nothing of which codes there are.
    """

    def __init__(self, fault: str) -> None:
        super().__init__(fault)
        self.fault = fault


def new_code() -> str:
    """Return a random code, ungrouped, whose check symbol is a letter or a digit."""
    while True:
        code = encode(secrets.randbits(SYMBOLS * _BITS_PER_SYMBOL))
        if code[-1] in ALPHABET:
            return code


def encode(number: int, symbols: int = SYMBOLS) -> str:
    """
    Return ``number`` in ``symbols`` symbols and its check symbol.

    Raises ``ValueError`` for a number that is negative or does not fit.
    """
    if not 0 <= number < 1 << symbols * _BITS_PER_SYMBOL:
        raise ValueError(f"number must fit into {symbols} symbols, not {number!r}.")
    digits = [
        ALPHABET[number >> _BITS_PER_SYMBOL * place & 31] for place in reversed(range(symbols))
    ]
    return "".join(digits) + CHECK_ALPHABET[number % len(CHECK_ALPHABET)]


def decode(typed: str, symbols: int = SYMBOLS) -> int:
    """Return the number of a code as somebody typed it. Raises ``Mistyped``."""
    text = plain(typed)
    if len(text) != symbols + 1:
        raise Mistyped("length")
    if any(symbol not in ALPHABET for symbol in text[:-1]) or text[-1] not in CHECK_ALPHABET:
        raise Mistyped("symbol")
    number = 0
    for symbol in text[:-1]:
        number = number << _BITS_PER_SYMBOL | _VALUES[symbol]
    if number % len(CHECK_ALPHABET) != _VALUES[text[-1]]:
        raise Mistyped("check")
    return number


def canonical(typed: str, symbols: int = SYMBOLS) -> str:
    """Return the one way to write the code that was typed. Raises ``Mistyped``."""
    return encode(decode(typed, symbols), symbols)


def grouped(code: str) -> str:
    """Return ``code`` in groups of four, ``7K3M-9QAB-…``."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def plain(typed: str) -> str:
    """Return ``typed`` in capitals without hyphens and spaces, look-alikes replaced."""
    text = unicodedata.normalize("NFKC", typed).translate(_DASHES)
    return "".join(text.split()).upper().translate(_LOOK_ALIKES)
