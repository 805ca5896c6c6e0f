"""Which edits say something else, and which only mend the wording."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civic_sourcing.ideas.writing.material import is_material

SENTENCE = "The council should build twelve benches along the river, because people want to rest."


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("benches by the rvier", "benches by the river", id="letters swapped"),
        pytest.param("a playgruond here", "a playground here", id="letters swapped in a word"),
        pytest.param("more benchs please", "more benches please", id="letter forgotten"),
        pytest.param("Benches, please!", "benches please.", id="case and punctuation"),
        pytest.param("a play ground", "a playground", id="joined"),
        pytest.param("가로등을  더 달아 주세요", "가로등을 더 달아주세요.", id="Korean spacing"),
        pytest.param("자전거도로가 필요합니다", "자전거도로가 필요함니다", id="Korean letter"),
        pytest.param("Benches.\n\nMore.", "Benches.\nMore.", id="paragraphs"),
        pytest.param("we dont know", "we don't know", id="apostrophe"),
    ],
)
def test_mended_wording_asks_nobody(before, after):
    assert not is_material(before, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("we want benches", "we do not want benches", id="denied"),
        pytest.param("cars may pass", "cars can't pass", id="denied in short"),
        pytest.param("12 benches", "13 benches", id="figure"),
        pytest.param("until 5 pm", "until 5.30 pm", id="time"),
        pytest.param("we want benches", "we want benches and lamps", id="added"),
        pytest.param("benches and lamps", "benches", id="taken away"),
        pytest.param("cats fear dogs", "dogs fear cats", id="turned round"),
        pytest.param("this is legal now", "this is illegal now", id="prefix"),
        pytest.param("increase the fee", "decrease the fee", id="opposite"),
        pytest.param("fire the staff", "hire the staff", id="first letter"),
        pytest.param("주차장이 있다", "주차장이 없다", id="Korean opposite"),
        pytest.param("어린이 공원을 찬성", "어린이 공원을 반대", id="Korean against"),
        pytest.param("어린이도 들어온다", "어린이도 못 들어온다", id="Korean denied"),
    ],
)
def test_another_meaning_asks_supporters(before, after):
    assert is_material(before, after)


def test_many_small_corrections_are_looked_at_again():
    before = "bencches lammps treees watter pathhs rivver parrk"
    after = "benches lamps trees water paths river park"

    assert is_material(before, after)


@given(st.text(max_size=200))
def test_same_text_is_never_material(text):
    assert not is_material(text, text)


@given(st.text(max_size=60), st.text(max_size=60))
def test_rule_is_the_same_both_ways(before, after):
    assert is_material(before, after) is is_material(after, before)
