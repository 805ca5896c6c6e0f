"""Telephone, e-mail, registration and card numbers are found; dates and sums are not."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civic_sourcing.moderation.checks import personal_data
from civic_sourcing.moderation.checks.personal_data import (
    MASK,
    has_check_digit,
    is_card_number,
    is_resident_number,
)

TODAY = date(2026, 11, 22)


def found(text):
    return [(one.kind, text[one.start : one.end]) for one in personal_data.find(text, today=TODAY)]


@pytest.mark.parametrize(
    ("text", "kind", "number"),
    [
        pytest.param("전화 010-1234-5678 주세요", "phone", "010-1234-5678", id="Korean mobile"),
        pytest.param("01012345678", "phone", "01012345678", id="without hyphens"),
        pytest.param("010 1234 5678", "phone", "010 1234 5678", id="with spaces"),
        pytest.param(
            "０１０－１２３４－５６７８", "phone", "０１０－１２３４－５６７８", id="full width"
        ),
        pytest.param("02-123-4567", "phone", "02-123-4567", id="Seoul"),
        pytest.param("031-123-4567", "phone", "031-123-4567", id="Gyeonggi"),
        pytest.param("070-1234-5678", "phone", "070-1234-5678", id="internet telephone"),
        pytest.param("+82 10-1234-5678", "phone", "+82 10-1234-5678", id="from abroad"),
        pytest.param("call +49 (30) 1234567.", "phone", "+49 (30) 1234567", id="international"),
        pytest.param("030 1234567", "phone", "030 1234567", id="area code"),
        pytest.param("write to a.b@c.co.kr!", "email", "a.b@c.co.kr", id="e-mail"),
        pytest.param("메일 mina@늘봄.kr", "email", "mina@늘봄.kr", id="e-mail with Korean domain"),
        pytest.param("900101-1234567", "resident-number", "900101-1234567", id="resident number"),
        pytest.param("9001011234568", "resident-number", "9001011234568", id="in one"),
        pytest.param("210101-3234567", "resident-number", "210101-3234567", id="new kind"),
        pytest.param("4111 1111 1111 1111", "card", "4111 1111 1111 1111", id="card"),
        pytest.param("3782 822463 10005", "card", "3782 822463 10005", id="card of fifteen"),
    ],
)
def test_number_is_found(text, kind, number):
    assert found(text) == [(kind, number)]


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-22",
        "22.11.2026 10:00",
        "1588-1234",
        "예산 3000000000원",
        "1,000,000 won",
        "900101-1******",
        "901301-1234567",
        "9001011234567",
        "4111 1111 1111 1112",
        "1234567890123",
        "me @ home",
        "@mina",
        "ISBN 978-3-16-148410-0",
        "https://example.org/2026/11/22/12345",
    ],
)
def test_ordinary_number_is_not_found(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("front", "back", "apart", "is_one"),
    [
        pytest.param("900101", "1234568", False, True, id="check digit right"),
        pytest.param("900101", "1234567", False, False, id="check digit wrong"),
        pytest.param("900101", "1234567", True, True, id="a hyphen says enough"),
        pytest.param("201005", "3234567", False, True, id="no check digit since October 2020"),
        pytest.param("201004", "3234567", False, False, id="the day before"),
        pytest.param("900230", "1234568", True, False, id="no such day"),
        pytest.param("301122", "3234567", True, False, id="not born yet"),
        pytest.param("000229", "3234567", True, True, id="29 February 2000"),
        pytest.param("000229", "1234567", True, False, id="29 February 1900"),
        pytest.param("850101", "9234567", True, True, id="born in 1885"),
    ],
)
def test_resident_number_follows_date_and_check_digit(front, back, apart, is_one):
    assert is_resident_number(front, back, written_apart=apart, today=TODAY) is is_one


@given(st.integers(0, 10**12 - 1))
def test_exactly_one_check_digit_fits(number):
    front = f"{number:012d}"

    assert sum(has_check_digit(f"{front}{digit}") for digit in range(10)) == 1


@given(st.integers(10**14, 10**15 - 1))
def test_exactly_one_last_digit_makes_a_card_number(number):
    front = "4" + str(number)[1:]
    if len(set(front)) < 2:
        return

    assert sum(is_card_number(f"{front}{digit}") for digit in range(10)) == 1


def test_masked_text_has_nothing_left_to_find():
    text = "Call 010-1234-5678 or write to a@b.kr"

    masked = personal_data.masked(text, personal_data.find(text, today=TODAY))

    assert masked == f"Call {MASK} or write to {MASK}"


@given(st.text(st.sampled_from("0123456789-+ ().@abcd가\n"), max_size=200))
def test_masking_twice_is_masking_once(text):
    once = personal_data.masked(text, personal_data.find(text, today=TODAY))

    assert personal_data.masked(once, personal_data.find(once, today=TODAY)) == once


@given(st.text(max_size=300))
def test_places_lie_in_the_text_and_do_not_overlap(text):
    places = personal_data.find(text, today=TODAY)

    ends = [0, *(place.end for place in places)]
    assert all(end <= place.start < place.end for end, place in zip(ends, places, strict=False))
    assert ends[-1] <= len(text)
