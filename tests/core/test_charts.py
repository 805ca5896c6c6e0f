from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from civic_sourcing.core.charts import Bar, bar_chart, columns, wrap

WORDS = {"title": "Votes for each project", "label": "Project", "value": "Votes"}


def drawn(rows, **options):
    """Return the chart as soup."""
    return BeautifulSoup(bar_chart(rows, **WORDS, **options), "html.parser")


def widths(soup):
    return [float(bar["width"].rstrip("%")) for bar in soup.select("rect.civic-chart-bar")]


def test_table_beneath_has_the_same_numbers_as_the_drawing():
    soup = drawn([("Playground", 812), ("Fountain", 77)])

    in_drawing = [text.text for text in soup.select("svg .civic-chart-value")]
    in_table = [cell.text for cell in soup.select("tbody td")]
    assert in_drawing == in_table == ["812", "77"]


def test_drawing_has_a_name_for_screen_readers():
    soup = drawn([("Playground", 812)])

    drawing = soup.find("svg")
    assert (drawing["role"], drawing["aria-label"]) == ("img", "Votes for each project")


def test_bars_are_as_long_as_their_numbers():
    soup = drawn([("a", 100), ("b", 50), ("c", 0)])

    longest, half, none = widths(soup)
    assert half == pytest.approx(longest / 2, abs=0.01)
    assert none == 0


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([("only", 5)], id="one"),
        pytest.param([("none", 0), ("nothing", 0)], id="all-zero"),
        pytest.param([(f"project {n}", n) for n in range(150)], id="150"),
        pytest.param([("int", 2), ("float", 1.5), ("decimal", Decimal("0.5"))], id="mixed"),
        pytest.param([("huge", 10**40), ("small", 1)], id="huge"),
    ],
)
def test_every_row_is_drawn_within_the_picture(rows):
    soup = drawn(rows)

    assert len(widths(soup)) == len(rows)
    assert all(0 <= width <= 100 for width in widths(soup))
    assert len(soup.select("tbody tr")) == len(rows)


def test_no_rows_is_said_in_words():
    soup = drawn([])

    assert not soup.find("svg")
    assert "There are no numbers yet." in soup.text


def test_numbers_too_wide_for_a_phone_stand_above_their_bars():
    soup = drawn([("huge", 10**40)])

    assert not soup.select("svg .civic-chart-value")
    assert soup.select("svg .civic-chart-label")[-1].text.startswith("10,000")


def test_many_rows_fold_their_table():
    assert drawn([(str(n), n) for n in range(13)]).find("details")
    assert not drawn([(str(n), n) for n in range(12)]).find("details")


def test_outcome_is_said_in_words_beside_the_colour():
    soup = drawn([Bar("Playground", 812, tone="success", note="funded")], note="Outcome")

    assert soup.select_one("rect.civic-tone-success")
    assert [cell.text for cell in soup.select("tbody td")] == ["812", "funded"]


def test_labels_are_escaped():
    soup = drawn([("<script>alert(1)</script>", 1)])

    assert not soup.find("script")


def test_negative_values_are_refused():
    with pytest.raises(ValueError, match="must not be below 0, not -1"):
        Bar("debt", -1)


def test_languages_from_the_right_draw_from_the_right():
    with translation.override("ar"):
        soup = drawn([("a", 100), ("b", 50)])

    first, second = soup.select("rect.civic-chart-bar")
    assert float(second["x"].rstrip("%")) == pytest.approx(100 - float(second["width"].rstrip("%")))
    assert first["x"] != "0"


def test_positions_are_written_for_machines_in_every_language():
    with translation.override("de"):
        soup = drawn([("a", 1000.5), ("b", 3)])

    assert "," not in soup.select("rect.civic-chart-bar")[1]["width"]


@pytest.mark.parametrize(
    ("label", "lines"),
    [
        pytest.param("Plac zabaw", ["Plac zabaw"], id="short"),
        pytest.param(
            "Budowa nowoczesnego placu zabaw z nawierzchnią przy szkole",
            ["Budowa nowoczesnego placu zabaw z", "nawierzchnią przy szkole"],
            id="polish",
        ),
        pytest.param(
            "어린이 안전 통학로 조성 및 스쿨존 교통안전 시설물 개선 사업 시행",
            ["어린이 안전 통학로 조성 및 스쿨존", "교통안전 시설물 개선 사업 시행"],
            id="korean",
        ),
        pytest.param("", [""], id="empty"),
    ],
)
def test_labels_break_between_words(label, lines):
    assert wrap(label) == lines


@given(st.text(), st.integers(4, 60), st.integers(1, 4))
def test_labels_never_leave_their_lines(label, width, lines):
    broken = wrap(label, width, lines)

    assert 1 <= len(broken) <= lines
    assert all(columns(line) <= width for line in broken)


@given(st.text(alphabet="가나다라 abc", max_size=60))
def test_a_label_that_fits_loses_nothing(label):
    broken = wrap(label, 40, 10)

    assert "".join("".join(broken).split()) == "".join(label.split())
