"""Money and points, exactly: whole numbers, and fractions where a file has decimals."""

import re
from fractions import Fraction

from .errors import shown

Amount = int | Fraction
"""An exact number. A ``Fraction`` stands for a finite decimal and is never whole."""

_MOST_DECIMALS = 30
_WRITTEN = re.compile(r"-?[0-9]{1,60}(?:\.[0-9]{1,30}|/[1-9][0-9]{0,59})", re.ASCII)
_AMOUNT = re.compile(r"(-?)([0-9]{1,15})(?:[.,]([0-9]{1,6}))?", re.ASCII)


def parse_amount(text: str, *, signed: bool = False) -> Amount:
    """
    Read ``1250``, ``1250.5`` or ``1250.50`` exactly; ``1250,5`` and ``1250,50`` mean the same.

    A comma before three or more digits is refused, for it could part thousands. So are signs (a
    minus unless ``signed``), exponents, ``NaN``, digits of other scripts, ``1_000``, more than 15
    digits before the point or 6 after. Raises ``ValueError`` whose two arguments are a code of
    ``SENTENCES`` and the quoted value.
    """
    match = _AMOUNT.fullmatch(text)
    if match is None or ("," in text and len(match[3]) > 2):
        raise ValueError("number", shown(text))
    sign, whole, decimals = match.groups(default="")
    number = Fraction(int(whole + decimals), 10 ** len(decimals)) if decimals else int(whole)
    if sign and number and not signed:
        raise ValueError("negative", shown(text))
    return exact(-number if sign else number)


def exact(number: Amount) -> Amount:
    """A whole number as ``int``, whatever it was."""
    return number.numerator if number.denominator == 1 else number


def plain(number: Amount) -> str:
    """
    Write ``number`` as an exact decimal without exponent: ``1250``, ``-1250.5``.

    Raises ``ValueError`` for a fraction that has no finite decimal form within 30 digits.
    """
    digits = 0
    while (number * 10**digits).denominator != 1:
        digits += 1
        if digits > _MOST_DECIMALS:
            raise ValueError(f"expected a finite decimal, not {number!r}")
    if not digits:
        return str(int(number))
    whole, rest = divmod(abs(int(number * 10**digits)), 10**digits)
    return f"{'-' if number < 0 else ''}{whole}.{rest:0{digits}}"


def written(number: Amount) -> int | str:
    """Write ``number`` for a document: a whole number as it is, ``"2.5"``, ``"401/3"``."""
    number = exact(number)
    if isinstance(number, int):
        return number
    try:
        return plain(number)
    except ValueError:
        return f"{number.numerator}/{number.denominator}"


def read_written(value: int | str) -> Amount:
    """Read what ``written`` wrote. Raises ``ValueError`` for other text, ``TypeError`` else."""
    if type(value) is int:
        return value
    if isinstance(value, str) and _WRITTEN.fullmatch(value):
        return exact(Fraction(value))
    if isinstance(value, str):
        raise ValueError(f"expected an amount, not {value[:60]!r}")
    raise TypeError(f"expected a whole number or text, not {value!r}")
