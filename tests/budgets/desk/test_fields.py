"""What editors type: money, outlines, numbers of projects."""

import json
from fractions import Fraction

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from civic_sourcing.budgets.desk.fields import OutlineField
from civic_sourcing.core.money_fields import MoneyField, typed_money

SQUARE = [[0, 0], [0, 1], [1, 1], [0, 0]]


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        pytest.param("300,000,000", 300_000_000, id="groups"),
        pytest.param("300000000", 300_000_000, id="plain"),
        pytest.param(" 1 000 ", 1000, id="spaces"),
        pytest.param("12.50", Fraction(25, 2), id="decimals"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_money_is_what_was_typed(typed, amount):
    assert MoneyField(required=False).clean(typed) == amount


@pytest.mark.parametrize(
    "typed", ["-1", "+1", "1e6", "NaN", "1_000", "٣٠٠", "1,00", "1,0000", "1.000.000", "₩5", "½"]
)
def test_money_that_could_be_misread_is_refused(typed):
    with pytest.raises(ValidationError):
        MoneyField().clean(typed)


def test_won_have_no_decimals():
    field = MoneyField()

    with pytest.raises(ValidationError, match="no such small amounts"):
        field.minor(field.clean("12.5"), "KRW")


@given(
    amount=st.integers(0, 10**15),
    currency=st.sampled_from(["KRW", "EUR", "JOD"]),
    language=st.sampled_from(["en", "ko", "de"]),
)
def test_money_shown_is_read_back_as_it_was(amount, currency, language):
    field = MoneyField()

    with translation.override(language):
        read = field.minor(field.clean(typed_money(amount, currency)), currency)

    assert read == amount


POLYGON = {"type": "Polygon", "coordinates": [SQUARE]}


@pytest.mark.parametrize(
    ("document", "kind"),
    [
        pytest.param(POLYGON, "Polygon", id="polygon"),
        pytest.param(
            {"type": "MultiPolygon", "coordinates": [[SQUARE]]}, "MultiPolygon", id="several"
        ),
        pytest.param({"type": "Feature", "geometry": POLYGON}, "Polygon", id="feature"),
        pytest.param(
            {
                "type": "FeatureCollection",
                "features": [{"type": "Feature", "geometry": POLYGON}],
            },
            "Polygon",
            id="collection",
        ),
    ],
)
def test_outline_is_the_shape_in_what_was_pasted(document, kind):
    assert OutlineField().clean(json.dumps(document))["type"] == kind


def test_outline_keeps_nothing_but_degrees():
    text = json.dumps(
        {**POLYGON, "coordinates": [[[0, 0, "\x00"], [0, 1], [1, 1], [0, 0, "\x00"]]]}
    )

    assert OutlineField().clean(text) == {**POLYGON, "coordinates": [SQUARE]}


@pytest.mark.parametrize(
    "text",
    [
        "somewhere",
        "[]",
        "null",
        '{"type": ["Polygon"], "coordinates": []}',
        '{"type": "Point", "coordinates": [1, 2]}',
        '{"type": "Polygon", "coordinates": [[[0, 0], [0, 1], [1, 1], [1, 0]]]}',
        '{"type": "Polygon", "coordinates": [[[0, 0], [0, 91], [1, 1], [0, 0]]]}',
        '{"type": "Polygon", "coordinates": [[[NaN, 0], [0, 1], [1, 1], [NaN, 0]]]}',
        '{"type": "Polygon", "coordinates": [[["a", 0], [0, 1], [1, 1], ["a", 0]]]}',
        "[" * 5000,
    ],
)
def test_what_is_no_outline_is_refused(text):
    with pytest.raises(ValidationError, match="not the outline"):
        OutlineField().clean(text)
