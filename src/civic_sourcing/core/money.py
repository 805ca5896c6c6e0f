"""
Amounts of money as whole numbers of minor units, and how people read them.

An amount is an ``int`` in the currency's smallest unit (cents, groszy; the won itself for KRW)
beside its ISO 4217 code. No float ever holds money.
"""

from decimal import Decimal
from fractions import Fraction

from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

_NO_DIGITS = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
_THREE_DIGITS = "BHD IQD JOD KWD LYD OMR TND"
_FOUR_DIGITS = "CLF UYW"
USUAL_DIGITS = 2

MINOR_DIGITS: dict[str, int] = {
    **dict.fromkeys(_NO_DIGITS.split(), 0),
    **dict.fromkeys(_THREE_DIGITS.split(), 3),
    **dict.fromkeys(_FOUR_DIGITS.split(), 4),
}

SYMBOLS: dict[str, str] = {"EUR": "€", "GBP": "£", "JPY": "¥", "KRW": "₩", "USD": "US$"}

# Languages that write the euro sign before the amount; everywhere else it follows.
_SYMBOL_FIRST_FOR_EURO = frozenset({"en", "ga", "ja", "ko", "mt", "nl", "tr", "zh"})
_WORDS: dict[tuple[str, str], str] = {("ko", "KRW"): "원"}
_NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"


def minor_digits(currency: str) -> int:
    """
    Return how many decimal digits ``currency`` (ISO 4217 code) has: 0 for KRW, 3 for JOD, mostly 2.
    """
    return MINOR_DIGITS.get(currency, USUAL_DIGITS)


def to_minor_units(amount: int | Fraction, currency: str) -> int:
    """
    Return ``amount`` (major units, exact) as a whole number of minor units.

    Raises ``ValueError`` if it is negative or has more decimals than the currency.
    """
    scaled = Fraction(amount) * 10 ** minor_digits(currency)
    if scaled < 0 or scaled.denominator != 1:
        raise ValueError(f"not an amount of {currency} of at least 0: {amount!r}")
    return scaled.numerator


def to_major_units(amount: int, currency: str) -> Decimal:
    """Return ``amount`` (minor units) as an exact decimal number of major units."""
    return Decimal(amount).scaleb(-minor_digits(currency))


def format_money(amount: int, currency: str) -> str:
    """
    Return ``amount`` (minor units) as people write it in the active language.

    Grouping and decimal mark come from Django's formats of the language. Decimals are left out of
    whole amounts. A currency without a well-known symbol shows its code, so that nobody mistakes
    one dollar for another.
    """
    language = (translation.get_language() or "en").split("-")[0]
    digits = minor_digits(currency)
    whole = amount % 10**digits == 0
    number = number_format(
        to_major_units(amount, currency),
        decimal_pos=0 if whole else digits,
        use_l10n=True,
        force_grouping=True,
    ).replace(" ", _NO_BREAK_SPACE)
    return _with_unit(number, currency, language)


def _with_unit(number: str, currency: str, language: str) -> str:
    word = _WORDS.get((language, currency))
    if word:
        return f"{number}{word}"
    symbol = SYMBOLS.get(currency)
    if symbol is None or (currency == "EUR" and language not in _SYMBOL_FIRST_FOR_EURO):
        return f"{number}{_NO_BREAK_SPACE}{symbol or currency}"
    return f"{symbol}{number}"


def is_currency(code: str) -> bool:
    """Tell whether ``code`` looks like ISO 4217: three capital letters."""
    return len(code) == 3 and code.isascii() and code.isalpha() and code.isupper()


def validate_currency(code: str) -> None:
    """Refuse anything but three capital letters."""
    if not is_currency(code):
        raise ValidationError(
            _("“%(code)s” is not a currency code. Write three capital letters, such as KRW."),
            code="currency",
            params={"code": code},
        )
