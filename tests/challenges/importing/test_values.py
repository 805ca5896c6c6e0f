"""Single values of published records, as people typed them."""

import json
from decimal import Decimal

import pytest

from civic_sourcing.challenges.editorial.sections import legal_authorities
from civic_sourcing.challenges.importing.spellings import (
    UnknownSpelling,
    read_authority,
    read_types,
)
from civic_sourcing.challenges.importing.values import read_amount, read_moment, read_years
from civic_sourcing.challenges.models import ChallengeType


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        pytest.param("2020-06-30T09:00:00", "2020-06-30T09:00:00", id="as written by machines"),
        pytest.param("2020-06-30", "2020-06-30T00:00:00", id="a day"),
        pytest.param("6/3/2020", "2020-06-03T00:00:00", id="month first"),
        pytest.param("04/23/2020 12:05 AM", "2020-04-23T00:05:00", id="after midnight"),
        pytest.param("04/23/2020 12:05 pm", "2020-04-23T12:05:00", id="after noon"),
    ],
)
def test_a_date_is_read(text, moment):
    assert read_moment(text).isoformat() == moment


def test_a_blank_date_is_none():
    assert read_moment("  ") is None


@pytest.mark.parametrize(
    "text",
    [
        "03/02/20202",
        "04/23/ 10:00 AM",
        "2020-02-30",
        "13/01/2020",
        "1/2/2020 13:00 PM",
        "0202-01-01",
    ],
)
def test_a_date_that_says_nothing_certain_is_refused(text):
    with pytest.raises(ValueError, match=r".+"):
        read_moment(text)


@pytest.mark.parametrize(
    ("text", "units", "up_to"),
    [
        pytest.param("30000", "30000", False, id="bare"),
        pytest.param("$3,000,000.00", "3000000", False, id="with cents"),
        pytest.param("Up to $240,000", "240000", True, id="up to"),
        pytest.param("US$10,000", "10000", False, id="with country"),
    ],
)
def test_an_amount_is_read(text, units, up_to):
    amount = read_amount(text)

    assert (amount.units, amount.up_to) == (Decimal(units), up_to)


@pytest.mark.parametrize("text", ["$1,00,000", "$2.5 million", "-5", "lots", "1e9", "$"])
def test_an_amount_that_says_nothing_certain_is_refused(text):
    with pytest.raises(ValueError, match="amount"):
        read_amount(text)


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("FY20,FY21", (2020, 2021)),
        ("FY18-21", (2018, 2019, 2020, 2021)),
        ("2016", (2016,)),
        ("", ()),
    ],
)
def test_fiscal_years_are_read(text, years):
    assert read_years(text) == years


@pytest.mark.parametrize("text", ["FY", "FY21-18", "soon"])
def test_fiscal_years_without_a_number_are_refused(text):
    with pytest.raises(ValueError, match="year"):
        read_years(text)


@pytest.mark.parametrize(
    ("value", "named"),
    [
        pytest.param(None, (), id="none"),
        pytest.param("Software/Apps", ("software",), id="one in two words"),
        pytest.param(
            "Ideas; Analytics, visulizations, algorithms", ("ideas", "analytics"), id="misspelled"
        ),
        pytest.param(["Creative (design & multimedia)", "ideas"], ("creative", "ideas"), id="list"),
    ],
)
def test_types_are_told_by_their_words(value, named):
    assert read_types(value).named == named


def test_what_names_no_type_is_kept_apart():
    types = read_types("Ideas; Cooking")

    assert (types.named, types.unknown) == (("ideas",), ("Cooking",))


def test_words_that_name_no_law_are_refused():
    with pytest.raises(UnknownSpelling):
        read_authority("because we can")


def test_every_spelling_published_means_what_its_table_says(shared_data):
    laws = legal_authorities()
    types = read_json(shared_data / "challenges/type_spellings.json")
    authorities = read_json(shared_data / "challenges/legal_authority_spellings.json")

    for spelling, meant in types.items():
        labels = [str(ChallengeType(key).label) for key in read_types(spelling).named]
        assert labels == ([meant] if isinstance(meant, str) else meant), spelling
    for spelling, meant in authorities.items():
        key = read_authority(spelling)
        assert (laws[key]["en"] if key else "") == meant, spelling


def read_json(path):
    return json.loads(path.read_text())
