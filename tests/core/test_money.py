from decimal import Decimal
from fractions import Fraction

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from civic_sourcing.core.money import (
    format_money,
    minor_digits,
    to_major_units,
    to_minor_units,
    validate_currency,
)

NBSP = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("currency", "digits"),
    [("KRW", 0), ("JPY", 0), ("PLN", 2), ("EUR", 2), ("JOD", 3), ("CLF", 4), ("XYZ", 2)],
)
def test_a_currency_has_the_minor_units_of_iso_4217(currency, digits):
    assert minor_digits(currency) == digits


@pytest.mark.parametrize(
    ("language", "amount", "currency", "written"),
    [
        pytest.param("en", 400_000_000, "PLN", f"4,000,000{NBSP}PLN", id="code behind"),
        pytest.param("en", 50_000_000, "KRW", "₩50,000,000", id="no minor units"),
        pytest.param("ko", 50_000_000, "KRW", "50,000,000원", id="won in Korean"),
        pytest.param("en", 123_450, "EUR", "€1,234.50", id="symbol before in English"),
        pytest.param("de", 123_450, "EUR", f"1.234,50{NBSP}€", id="symbol behind in German"),
        pytest.param("pl", 123_456_789, "PLN", f"1{NBSP}234{NBSP}567,89{NBSP}PLN", id="Polish"),
        pytest.param("en", 1_234_567, "JOD", f"1,234.567{NBSP}JOD", id="three digits"),
        pytest.param("en", 1, "EUR", "€0.01", id="one cent"),
        pytest.param("en", 0, "EUR", "€0", id="nothing"),
        pytest.param("en", 10**17 + 1, "EUR", "€1,000,000,000,000,000.01", id="beyond floats"),
    ],
)
def test_money_is_written_as_the_language_does(language, amount, currency, written):
    with translation.override(language):
        assert format_money(amount, currency) == written


@given(amount=st.integers(0, 10**18), currency=st.sampled_from(["KRW", "PLN", "JOD", "CLF"]))
def test_an_amount_survives_major_units(amount, currency):
    major = to_major_units(amount, currency)

    assert to_minor_units(Fraction(major), currency) == amount


@pytest.mark.parametrize(
    ("amount", "currency"),
    [
        pytest.param(Fraction(Decimal("0.5")), "KRW", id="half a won"),
        pytest.param(Fraction(Decimal("1.001")), "EUR", id="a tenth of a cent"),
        pytest.param(-1, "EUR", id="negative"),
    ],
)
def test_what_the_currency_cannot_hold_is_refused(amount, currency):
    with pytest.raises(ValueError, match=currency):
        to_minor_units(amount, currency)


@pytest.mark.parametrize("code", ["eur", "EU", "EURO", "€", "E1R", ""])
def test_only_three_capital_letters_are_a_currency(code):
    with pytest.raises(ValidationError):
        validate_currency(code)
