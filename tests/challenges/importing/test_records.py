"""Whole records: what their texts tell, and what is listed because nobody can read it."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from civic_sourcing.challenges.importing.records import Unreadable, read_records
from civic_sourcing.challenges.importing.rounds import rounds_of
from civic_sourcing.challenges.importing.sections import read_criteria, read_phases, read_prizes
from civic_sourcing.challenges.importing.texts import paragraphs

TWO_CRITERIA = (
    "Judges may assign up to 10 points for each selection criterion of Phase 1 submissions based "
    "on the following two selection criteria: Merit. The extent to which it works. It must. "
    "Need. The extent to which people need it. The Department will decide."
)


def record(**fields):
    row = {
        "id": 7,
        "title": "A challenge",
        "submission_start": "2020-01-01T00:00:00",
        "submission_end": "2020-02-01T00:00:00",
    }
    return read_records([row | fields]).records[0]


def test_criteria_are_read_with_their_points():
    merit, need = read_criteria(TWO_CRITERIA)

    assert (merit.title, merit.points) == ("Merit", 10)
    assert merit.description == "The extent to which it works. It must."
    assert need.description == "The extent to which people need it."


def test_criteria_are_left_to_the_text_where_their_number_is_another():
    assert read_criteria(TWO_CRITERIA.replace("two", "three")) == ()


def test_prizes_are_read_if_they_add_up():
    text = "First place: $3,000 Second place: $1,500 Third place: $500"

    assert [part.units for part in read_prizes(text, Decimal(5000))] == [3000, 1500, 500]
    assert read_prizes(text, Decimal(6000)) == ()


def test_phases_have_numbers_without_a_gap():
    text = "Phase 1: Ideas (May - July 2020) Phase 2: Building (August 2020 - March 2021)"

    first, second = read_phases(text)

    assert (first.begins, first.ends) == (date(2020, 5, 1), date(2020, 7, 31))
    assert second.title == "Building"
    assert read_phases(text.replace("Phase 2", "Phase 3")) == ()


def test_a_phase_before_the_end_of_the_first_is_left_to_the_text():
    text = "Phase 1: Ideas (May - July 2020) Phase 2: Building (January 2020 - March 2021)"

    (only,) = rounds_of(record(description=text), UTC)

    assert only.title == ""
    assert only.dates.closes_at == datetime(2020, 2, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("row", "field"),
    [
        pytest.param({"submission_start": "03/02/20202"}, "submission_start", id="date"),
        pytest.param({"submission_end": "2019-01-01T00:00:00"}, "submission_end", id="end first"),
        pytest.param({"prize": "a lot"}, "prize", id="amount"),
        pytest.param({"fiscal_year": "FY"}, "fiscal_year", id="year"),
        pytest.param({"types": ["Cooking"]}, "types", id="type"),
        pytest.param({"types": 5}, "types", id="types of another kind"),
        pytest.param({"title": {"en": "x"}}, "title", id="no text"),
        pytest.param({"legal_authority": "my own"}, "legal_authority", id="law"),
    ],
)
def test_what_cannot_be_read_is_listed_with_id_and_field(row, field):
    base = {"id": 7, "title": "A", "submission_start": "2020-01-01T00:00:00"}

    reading = read_records([base | row])

    assert [(each.id, each.field) for each in reading.unreadable] == [(7, field)]
    assert [each.id for each in reading.records] == [7]


def test_rows_without_a_number_and_rows_that_come_twice_are_listed():
    reading = read_records([{"id": "7"}, 5, {"id": 7}, {"id": 7, "title": "again"}])

    assert [each.id for each in reading.records] == [7]
    assert reading.unreadable[-1] == Unreadable(7, "id", "7", "is there twice")
    assert [each.id for each in reading.unreadable] == [None, None, 7]


def test_a_number_is_a_prize_too():
    assert record(prize=30000).amount.units == 30000


def test_stray_markup_goes_and_every_word_stays():
    html = paragraphs("Go</strong> to https://town.example now, if a < b & c.")

    assert "strong" not in html
    assert 'href="https://town.example"' in html
    assert "a &lt; b &amp; c." in html
