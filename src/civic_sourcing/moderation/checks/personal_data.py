"""
Telephone numbers, e-mail addresses, resident registration numbers and card numbers in a text.

No Django in here. Every pattern is bounded, so that a text of any kind takes linear time. Korean
resident registration numbers follow the Enforcement Rule of the Resident Registration Act: date of
birth, century and sex, and (until 4 October 2020) a check digit; foreigners' numbers likewise.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal["phone", "email", "resident-number", "card"]


@dataclass(frozen=True)
class Found:
    """One thing: ``start`` and ``end`` in the text, half open."""

    kind: Kind
    start: int
    end: int


MASK = "█████"

_NUMBER = re.compile(r"(?<![\w+])(?:\+|\()?\d[\d ().·–-]{6,24}\d(?![\w])")
_RESIDENT = re.compile(r"(?<!\d)(\d{6})( ?[-–] ?|)(\d{7})(?!\d)")
_CARD = re.compile(
    r"(?<!\d)\d{4}[ -]?\d{4}[ -]?\d{4}[ -]?\d{1,7}(?!\d)|(?<!\d)\d{4}[ -]\d{6}[ -]\d{5}(?!\d)"
)
_KOREAN_PHONE = re.compile(
    r"(?:01[016789]\d{7,8}|02\d{7,8}|0(?:3[1-3]|4[1-4]|5[1-5]|6[1-4])\d{7,8}|070\d{8}|050\d{8,9})"
)
_INTERNATIONAL_PHONE = re.compile(r"\+[1-9]\d{7,14}")
_WRITTEN_PHONE = re.compile(r"\(?0\d{1,4}\)?[ .·–-]\d[\d .·–-]{4,12}\d")
_LOCAL = re.compile(r"[\w.+%-]{1,64}$")
_DOMAIN = re.compile(r"[\w-]{1,63}(?:\.[\w-]{1,63}){0,4}\.[^\W\d_]{2,24}")
_LOCAL_LENGTH, _DOMAIN_LENGTH = 64, 255
_DIGIT_SPREAD = 26

WEIGHTS = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)
NO_CHECK_DIGIT_SINCE = date(2020, 10, 5)
CENTURIES = {"9": 1800, "0": 1800, **dict.fromkeys("1256", 1900), **dict.fromkeys("3478", 2000)}
FOREIGNERS = "5678"
CARD_LENGTHS = range(13, 20)


def find(text: str, *, today: date) -> list[Found]:
    """Return what looks personal in ``text``, in order and without overlaps."""
    plain = _with_plain_digits(text)
    found: list[Found] = []
    taken = bytearray(len(text))
    for search in (_residents(plain, today), _cards(plain), _emails(plain), _phones(plain)):
        for one in search:
            if not any(taken[one.start : one.end]):
                found.append(one)
                taken[one.start : one.end] = b"\x01" * (one.end - one.start)
    return sorted(found, key=lambda one: one.start)


def masked(text: str, found: list[Found]) -> str:
    """Return ``text`` with what was found in it made unreadable."""
    for one in reversed(found):
        text = text[: one.start] + MASK + text[one.end :]
    return text


def is_resident_number(front: str, back: str, *, written_apart: bool, today: date) -> bool:
    """
    Whether six and seven digits can be somebody's resident registration number.

    The date must exist and not lie ahead. The check digit must be right where the digits are not
    ``written_apart`` by a hyphen, except for the born since numbers have none.
    """
    try:
        year = CENTURIES[back[0]] + int(front[:2])
        born = date(year, int(front[2:4]), int(front[4:]))
    except ValueError:
        return False
    if born > today:
        return False
    return written_apart or born >= NO_CHECK_DIGIT_SINCE or has_check_digit(front + back)


def has_check_digit(number: str) -> bool:
    """Whether the last of thirteen digits is the check digit of the others."""
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, number, strict=False))
    base = 13 if number[6] in FOREIGNERS else 11
    return (base - total % 11) % 10 == int(number[-1])


def is_card_number(digits: str) -> bool:
    """Whether ``digits`` can be the number of a payment card: issuer, length and Luhn's sum."""
    if len(digits) not in CARD_LENGTHS or digits[0] not in "34569" or len(set(digits)) < 2:
        return False
    doubled = (int(digit) * (1 + at % 2) for at, digit in enumerate(reversed(digits)))
    return sum(number - 9 if number > 9 else number for number in doubled) % 10 == 0


def _residents(text: str, today: date) -> Iterator[Found]:
    for match in _RESIDENT.finditer(text):
        front, between, back = match.groups()
        if is_resident_number(front, back, written_apart=bool(between), today=today):
            yield Found("resident-number", *match.span())


def _cards(text: str) -> Iterator[Found]:
    for match in _CARD.finditer(text):
        if is_card_number(_digits(match.group())):
            yield Found("card", *match.span())


def _emails(text: str) -> Iterator[Found]:
    at = text.find("@")
    while at >= 0:
        local = _LOCAL.search(text, max(0, at - _LOCAL_LENGTH), at)
        domain = _DOMAIN.match(text, at + 1, at + 1 + _DOMAIN_LENGTH)
        if local and domain:
            yield Found("email", local.start(), domain.end())
        at = text.find("@", at + 1)


def _phones(text: str) -> Iterator[Found]:
    for match in _NUMBER.finditer(text):
        written = match.group()
        digits = _digits(written)
        if written.startswith("+"):
            is_phone = bool(_INTERNATIONAL_PHONE.fullmatch("+" + digits))
        else:
            is_phone = bool(_KOREAN_PHONE.fullmatch(digits)) or _is_written_phone(written, digits)
        if is_phone:
            yield Found("phone", *match.span())


def _is_written_phone(written: str, digits: str) -> bool:
    """An area code that begins with 0, set apart, and seven or more digits; no date."""
    return 9 <= len(digits) <= 14 and bool(_WRITTEN_PHONE.fullmatch(written))


def _digits(written: str) -> str:
    return "".join(character for character in written if character.isdigit())


def _with_plain_digits(text: str) -> str:
    """Return ``text`` with digits of every script as ASCII ones, each in its place."""
    if text.isascii():
        return text
    return _OTHER_DIGITS.sub(lambda found: _plain(found.group()), text)


_SIGNS = {"＠": "@", "．": ".", "－": "-", "＋": "+", "‐": "-", "‑": "-", "―": "-", "−": "-"}

_OTHER_DIGITS = re.compile(rf"(?![0-9])\d|[{''.join(_SIGNS)}]")


def _plain(character: str) -> str:
    return _SIGNS.get(character) or str(unicodedata.decimal(character))
