"""Masking passages of any text: bidi, zalgo, emoji, jamo."""

import re

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from civic_sourcing.core.text import TextRefused, boundaries, graphemes, normalise
from civic_sourcing.moderation.deciding.masking import (
    MARK,
    BadPassage,
    Passages,
    digest,
    passages_from,
)

PIECES = [
    "a",
    " ",
    "\n",
    "\n\n",
    "한",
    "\u1112\u1161\u11ab",
    "é",
    "e\u0301\u0323\u0302",
    "👩‍👧",
    "🏳️‍🌈",
    "🇰🇷",
    "👍🏽",
    "אבג",
    "\u202eevil",
    "\u2066x\u2069",
    "क्षि",
    "می\u200cخواهم",
    "*",
    "z" + "\u0336" * 9,
]
texts = st.lists(st.sampled_from(PIECES), min_size=1, max_size=20).map("".join) | st.text(
    min_size=1, max_size=60
)


def stored(text):
    """The text as the town keeps it; what has nothing to see never gets so far."""
    try:
        return normalise(text, max_length=10_000)
    except TextRefused:
        assume(False)


@st.composite
def passages(draw, text):
    spans = st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))
    found = [tuple(sorted(span)) for span in draw(st.lists(spans, min_size=1, max_size=4))]
    found = [["text", start, end] for start, end in found if start < end]
    assume(found)
    return Passages.of(found, title="", text=text)


@given(st.data(), texts)
def test_what_is_masked_can_be_stored_as_it_is_and_never_grows(data, raw):
    text = stored(raw)
    masked = data.draw(passages(text)).masked("", text)[1]

    assert normalise(masked, max_length=10_000) == masked
    assert len(masked) <= len(text)


@given(st.data(), texts)
def test_masks_cut_no_character_a_reader_sees(data, raw):
    text = stored(raw)
    found = data.draw(passages(text))
    edges = set(boundaries(text))

    assert all(end in edges for _start, end in found.text)
    for start, _end in found.text:
        assert start in edges or text[start] in "\u200c\u200d"


@given(st.data(), texts)
def test_everything_asked_for_is_masked(data, raw):
    text = stored(raw)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))

    found = Passages.of([["text", start, end]], title="", text=text)

    assert any(first <= start and end <= last for first, last in found.text)


@given(st.data(), texts)
def test_a_second_mask_finds_its_place_in_the_original(data, raw):
    text = stored(raw)
    first = data.draw(passages(text))
    seen = first.masked("", text)[1]
    second = data.draw(passages(seen))

    both = first | second.before(first, title="", text=text)

    together, one_by_one = both.masked("", text)[1], second.masked("", seen)[1]
    assert re.sub(r"\*+", "*", together) == re.sub(r"\*+", "*", one_by_one)


@example("plain words and more")
@given(texts)
def test_the_second_mask_alone_hides_the_same_words(raw):
    text = "first " + stored(raw) + " last"
    first = Passages.of([["text", 0, 5]], title="", text=text)
    seen = first.masked("", text)[1]
    place = seen.rindex("last")
    second = Passages.of([["text", place, place + 4]], title="", text=seen)

    alone = second.before(first, title="", text=text)

    assert alone.masked("", text)[1] == text[:-4] + MARK


def test_passages_survive_being_stored():
    found = Passages.of([["text", 2, 4], ["title", 0, 3]], title="Lamp", text="By night")

    assert passages_from(found.as_json()) == found


def test_touching_passages_become_one():
    found = Passages.of([["text", 0, 3], ["text", 3, 5]], title="", text="abcdefgh")

    assert found.masked("", "abcdefgh")[1] == "***fgh"


@pytest.mark.parametrize(
    ("passage", "text", "masked"),
    [
        pytest.param((0, 1), "xy", "*y", id="one letter"),
        pytest.param((0, 2), "👍🏽 ok", "* ok", id="an emoji with its tone"),
        pytest.param((1, 2), "👩‍👧 ok", "* ok", id="inside an emoji"),
        pytest.param((0, 11), "Mina Kim 12", MARK, id="all"),
        pytest.param((5, 8), "Call Mina.", "Call ***a.", id="as far as asked"),
    ],
)
def test_masks_as_a_reader_would_expect(passage, text, masked):
    assert Passages.of([["text", *passage]], title="", text=text).masked("", text)[1] == masked


@pytest.mark.parametrize(
    "passage",
    [["text", 0, 99], ["text", -1, 2], ["text", 2, 2], ["body", 0, 1], ["text", "a", 2], ["x"]],
    ids=["too far", "before", "empty", "no field", "no number", "no passage"],
)
def test_passages_outside_the_text_are_refused(passage):
    with pytest.raises(BadPassage):
        Passages.of([passage], title="Title", text="Text")


@pytest.mark.parametrize(
    ("words", "quotes"),
    [("He calls her a SHAMELESS LIAR here", True), ("An insult", False)],
    ids=["quoted", "described"],
)
def test_reasons_do_not_repeat_what_is_masked(words, quotes):
    text = "She's a shameless liar!"
    found = Passages.of([["text", 8, 22]], title="", text=text)

    assert found.quoted_in(words, title="", text=text) is quotes


def test_five_hundred_emoji_are_masked_one_by_one_or_together():
    text = "👩‍👧" * 500

    assert graphemes(text) == 500
    assert Passages.of([["text", 0, 3]], title="", text=text).masked("", text)[1].startswith("*👩")
    assert Passages.everything(title="", text=text).masked("", text) == ("", MARK)


def test_a_digest_tells_texts_apart():
    assert digest("a", "b") != digest("ab", "")
