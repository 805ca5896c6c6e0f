"""How titles are taken apart and compared: pure, and the same in every language."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from civic_sourcing.attribution.similar import grams
from civic_sourcing.attribution.similar.resemblance import (
    ENOUGH,
    likeness,
    longest_common_subsequence,
    resemblance,
)

ANY_TEXT = st.text(max_size=400)
WORDS = st.lists(st.text("abcdeł가나다 12", min_size=1, max_size=8), max_size=12)


def alike(one, other):
    """Resemblance with every word of the same weight."""
    return resemblance(grams.words(one), grams.words(other), lambda word: 1.0)


@pytest.mark.parametrize(
    ("title", "words"),
    [
        pytest.param("Łąka ZA szkołą!", ["laka", "za", "szkola"], id="Polish"),
        pytest.param("공영주차장, 야간 개방", ["공영주차장", "야간", "개방"], id="Korean"),
        pytest.param("Straße 12a", ["strasse", "12a"], id="German with a number"),
        pytest.param("ul.Kijowska/8", ["ul", "kijowska", "8"], id="signs part words"),
        pytest.param("공영", ["공영"], id="Hangul letter by letter"),
        pytest.param("🌳 !?", [], id="no word at all"),
    ],
)
def test_words_are_what_survives_typing(title, words):
    assert grams.words(title) == words


def test_word_with_particle_and_compound_share_pieces_with_the_word():
    bare, with_particle, compound = map(grams.pieces, ("주차장", "주차장을", "공영주차장"))

    assert {"주차", "차장"} <= bare & with_particle & compound


@given(ANY_TEXT)
def test_any_text_has_words_pieces_and_keys_of_the_database(text):
    words = grams.words(text)

    keys = grams.piece_keys(words) | grams.title_keys(words) | grams.text_keys(text)
    assert len(words) <= grams.WORDS_AT_MOST
    assert all(-(2**31) <= key < 2**31 - 1 for key in keys)
    assert all(len(piece) <= 3 for word in words for piece in grams.pieces(word) if len(word) > 1)
    assert bool(words) == bool(grams.piece_keys(words))


@given(ANY_TEXT)
def test_words_of_words_are_the_same_words(text):
    words = grams.words(text)

    assert grams.words(" ".join(words)) == words


@given(ANY_TEXT)
def test_capitals_change_nothing(text):
    assume(text.casefold() == text.upper().casefold())

    assert grams.words(text.upper()) == grams.words(text)


@given(WORDS, WORDS)
def test_resemblance_is_between_nothing_and_all(one, other):
    one, other = grams.words(" ".join(one)), grams.words(" ".join(other))

    score = resemblance(one, other, lambda word: 1.0)

    assert 0 <= score <= 1


@given(WORDS)
def test_title_resembles_itself_wholly_in_any_order(words):
    words = grams.words(" ".join(words))
    assume(words)

    assert resemblance(words, sorted(words), lambda word: 1.0) == 1


@given(st.text("abc", max_size=12), st.text("abc", max_size=12))
def test_longest_common_subsequence_agrees_with_the_textbook(one, other):
    table = [[0] * (len(other) + 1) for _row in range(len(one) + 1)]
    for i, a in enumerate(one):
        for j, b in enumerate(other):
            table[i + 1][j + 1] = (
                table[i][j] + 1 if a == b else max(table[i][j + 1], table[i + 1][j])
            )

    assert longest_common_subsequence(one, other) == table[-1][-1]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("Benches by the river", "BY THE RIVER: BENCHES", id="order and case"),
        pytest.param("Street lights for Mill Lane", "Street lihgts for Mill Lane", id="transposed"),
        pytest.param("Plant trees along Oak Street", "Plant tree salong Oak Street", id="space"),
        pytest.param("Turn the car park green", "Turn the carpark green", id="one word of two"),
        pytest.param(
            "공영 주차장 야간 개방", "공영주차장을 야간 개방", id="Korean spaces, particle"
        ),
        pytest.param("Open library in our town", "Open library in our town 2027", id="year added"),
    ],
)
def test_edited_copy_is_recognised(one, other):
    assert alike(one, other) >= ENOUGH


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(
            "Bike racks at school number 7", "Bike racks at school number 15", id="number"
        ),
        pytest.param("New pavement in Oak Street", "New pavement in Mill Lane", id="place"),
        pytest.param("횡단보도에 신호등 설치", "정류장에 그늘막 설치", id="Korean"),
    ],
)
def test_same_wish_for_another_place_is_another_idea(one, other):
    assert alike(one, other) < ENOUGH


def test_different_numbers_are_never_alike():
    assert likeness("1234567", "1234568") == 0


def test_copied_text_shares_its_keys_and_a_new_one_does_not():
    text = "People want to sit down in the shade of the old trees when it is hot. " * 3
    edited = text.replace("old", "tall", 1)
    other = "The bus to the hospital leaves too early for whoever works in the night shift there."

    keys = grams.text_keys(text)

    assert len(keys & grams.text_keys(edited)) >= len(keys) / 2
    assert not keys & grams.text_keys(other)
