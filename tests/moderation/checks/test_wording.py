"""Town words are found however somebody writes them, and nothing else is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civic_sourcing.moderation.checks.automaton import Automaton
from civic_sourcing.moderation.checks.letters import fold, look
from civic_sourcing.moderation.checks.wording import Entry, Wording

WORDING = Wording(
    ["idiot", "moron*", "*fuck*", "go to hell", "바보", "시발*", "*병신*"],
    ["시발점*", "moronic acid", "Fucking (Austria)"],
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("You idiot!", "idiot", id="the word itself"),
        pytest.param("YOU IDIOT", "IDIOT", id="capitals"),
        pytest.param("ídïöt", "ídïöt", id="marks"),
        pytest.param("ｉｄｉｏｔ", "ｉｄｉｏｔ", id="full width"),
        pytest.param("a moronic plan", "moron", id="word form"),
        pytest.param("motherfucker", "fuck", id="inside a word"),
        pytest.param("go  to … hell", "go  to … hell", id="phrase"),
        pytest.param("그 바보가 말했다", "바보", id="Korean particle"),
        pytest.param("바보들에게는", "바보", id="row of Korean particles"),
        pytest.param("시발놈아", "시발", id="Korean word form"),
        pytest.param("이런병신같은", "병신", id="Korean without spaces"),
        pytest.param("1d10t", "1d10t", id="digits for letters"),
        pytest.param("id!ot", "id!ot", id="signs for letters"),
        pytest.param("i.d.i.o.t", "i.d.i.o.t", id="dots between"),
        pytest.param("i d i o t", "i d i o t", id="letter by letter"),
        pytest.param("idiоt", "idiоt", id="Cyrillic letter"),
        pytest.param("시1발", "시1발", id="digit in Hangul"),
        pytest.param("병 신 아", "병 신", id="Hangul letter by letter"),
    ],
)
def test_word_is_found_where_it_stands(text, found):
    places = WORDING.find(text)

    assert [text[place.start : place.end] for place in places] == [found]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("idiots", id="another word form than the exact one"),
        pytest.param("idiom", id="half the word"),
        pytest.param("시발점에서 만나요", id="exception"),
        pytest.param("moronic acid", id="phrase as exception"),
        pytest.param("바보나무", id="Korean compound"),
        pytest.param("go to the hall", id="half a phrase"),
        pytest.param("", id="nothing"),
        pytest.param("2nd place, 3 km", id="numbers"),
        pytest.param("저는 그 안이 더 좋습니다", id="ordinary Korean"),
    ],
)
def test_what_is_harmless_is_not_found(text):
    assert WORDING.find(text) == []


@pytest.mark.parametrize("line", ["", "  ", "*", "a", "가", "!?"])
def test_line_nothing_can_be_found_by_is_no_entry(line):
    assert Entry.read(line) is None


def test_disguised_words_are_told_apart():
    assert [place.disguised for place in WORDING.find("idiot 1d10t")] == [False, True]


@given(st.text(max_size=300))
def test_places_lie_in_the_text_and_in_order(text):
    places = WORDING.find(text)

    assert all(0 <= place.start < place.end <= len(text) for place in places)
    assert places == sorted(places, key=lambda place: (place.start, place.end))


@given(st.text(max_size=200))
def test_folding_keeps_every_character_in_its_place(text):
    assert len(fold(text)) == len(text) == len(look(text))


@given(before=st.text(" .,!가나다abc", max_size=50), after=st.text(" .,!?\n", max_size=50))
def test_a_word_among_others_is_always_found(before, after):
    text = f"{before} idiot {after}"

    assert (len(before) + 1, len(before) + 6) in {(p.start, p.end) for p in WORDING.find(text)}


@given(st.lists(st.text("ab", min_size=1, max_size=4), max_size=8), st.text("abc", max_size=60))
def test_automaton_finds_what_a_plain_search_finds(patterns, text):
    wanted = {
        (end, pattern)
        for pattern in patterns
        for end in range(len(pattern), len(text) + 1)
        if text[end - len(pattern) : end] == pattern
    }

    assert set(Automaton(patterns).find(text)) == wanted
