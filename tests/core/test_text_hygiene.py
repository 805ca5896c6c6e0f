import unicodedata
from contextlib import suppress
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civic_sourcing.core.text import TextRefused, graphemes, normalise, raw_length_cap, single_line

ANY_CHARACTER = st.characters()
TRICKY = st.sampled_from(
    "aé한각\u1112\u1161\u11ab\u0301\u0316\u0344\u0958\u0640\u064e\u0915\u094d❤\ufe0f\u20e3\u200d\u200c"
    "👩👧\U0001f3fd🏴🇰🇷\u200b\u202e\u2066\u3164\u115f\U000e0067\U000e007f\U000e0101\ud800\x00\x1b"
    "\t\r\n\x85\u2028\u3000\xa0\ufdd0 "
)
TEXTS = st.text(ANY_CHARACTER, max_size=60) | st.lists(TRICKY, max_size=40).map("".join)


def refusal_of(text: str, **limits: int) -> TextRefused:
    with pytest.raises(TextRefused) as caught:
        normalise(text, **{"max_length": 100, **limits})
    return caught.value


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        pytest.param("  A bench\t by the   river ", "A bench by the river", id="spaces"),
        pytest.param("a\r\nb\rc\u2028d\x85e\x0bf", "a\nb\nc\nd\ne\nf", id="line ends"),
        pytest.param("a\n\n \n\n\nb  \n c", "a\n\nb\nc", id="blank lines"),
        pytest.param("a\xa0b\u3000c\u2003d", "a b c d", id="other spaces"),
        pytest.param("\u1102\u1173\u11af\u1107\u1169\u11b7", "늘봄", id="decomposed Hangul"),
        pytest.param("Cafe\u0301", "Café", id="composed"),
        pytest.param("a\x00b\x1bc\x7fd\x9fe", "abcde", id="controls"),
        pytest.param("a\ud800b\ufffe\ufdd0c", "abc", id="surrogates and noncharacters"),
        pytest.param("a\u202eb\u2066c\u2069d\u200ee\u200ff\u061cg", "abcdefg", id="bidi controls"),
        pytest.param("pass\u200bword\u00ad\ufeff\u2060", "password", id="zero width"),
        pytest.param("a\u3164b\uffa0c\u115fd\u2800e", "abcde", id="blank letters"),
        pytest.param("a\u200db\u200cc", "abc", id="joiners where nothing joins"),
        pytest.param("a\U000e0041\U000e007fb", "ab", id="tags outside a flag"),
        pytest.param("a\ufe0f\ufe0f\U000e0101b", "a\ufe0fb", id="stacked variation selectors"),
        pytest.param(
            "Z\u0335\u0321\u0317\u0301\u0302\u0303\u0304", "Ź\u0335\u0321\u0317", id="zalgo"
        ),
        pytest.param("\u0301\u0302abc\n\u0301d", "abc\nd", id="marks without a base"),
    ],
)
def test_hidden_and_broken_characters_are_taken_out(typed, kept):
    assert normalise(typed, max_length=100) == kept


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("👩‍👩‍👧‍👦 👍🏽 ❤️‍🔥 👁️‍🗨️ 1️⃣ 🇰🇷", id="emoji"),
        pytest.param(
            "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", id="flag of tags"
        ),
        pytest.param("می‌خواهم", id="Persian non-joiner"),
        pytest.param("ශ්‍රී ලංකා, क्‍ष", id="Indic joiner"),
        pytest.param("Tiếng Việt", id="Vietnamese"),
        pytest.param("שָׁלוֹם", id="pointed Hebrew"),
        pytest.param("ที่นี่", id="Thai"),
        pytest.param("葛\U000e0100城市", id="ideographic variation"),
        pytest.param("늘봄시 주민투표예산 ㅎㅎ", id="Korean"),
    ],
)
def test_what_scripts_and_emoji_need_stays(text):
    assert normalise(text, max_length=200) == unicodedata.normalize("NFC", text)


def test_single_line_has_one_line():
    assert single_line(" A\n\nbench\r\nby the river ", max_length=100) == "A bench by the river"


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t ",
        "\u200b\u2060",
        "\u3164\u3164",
        "\u0301\u0302",
        "\ufe0f",
        "\x00",
        "\u3000\u2800",
    ],
    ids=ascii,
)
def test_text_without_anything_visible_is_refused(text):
    assert refusal_of(text).code == "blank"


def test_refusal_says_how_long_the_text_is_and_may_be():
    refusal = refusal_of("가" * 11, max_length=10)

    assert refusal.code == "too-long"
    assert refusal.messages == [
        "This text is too long: it has 11 characters, and at most 10 are possible."
    ]


def test_family_counts_as_one_character_against_max_graphemes():
    family = "👩‍👩‍👧‍👦"

    assert normalise(family * 3, max_length=100, max_graphemes=3) == family * 3
    assert refusal_of(family * 4, max_graphemes=3).params == {"length": 4, "limit": 3}


def test_column_length_holds_whatever_readers_count():
    assert refusal_of("👩‍👩‍👧‍👦" * 3, max_length=20, max_graphemes=10).code == "too-long"


def test_decomposed_text_is_measured_after_composing():
    assert len(normalise(unicodedata.normalize("NFD", "늘봄" * 50), max_length=100)) == 100


def test_text_beyond_the_raw_cap_is_refused_unread():
    assert refusal_of(" " * (raw_length_cap(100) + 1)).code == "too-long"


@given(TEXTS)
def test_normalising_twice_changes_nothing(text):
    try:
        once = normalise(text, max_length=200)
    except TextRefused:
        return

    assert normalise(once, max_length=200) == once


@given(TEXTS)
def test_normal_text_holds_nothing_hidden(text):
    try:
        kept = normalise(text, max_length=200)
    except TextRefused:
        return

    assert unicodedata.is_normalized("NFC", kept)
    assert not {"Cc", "Cs"} & {unicodedata.category(one) for one in kept if one != "\n"}
    assert not set(kept) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\ufeff")
    assert kept == kept.strip()
    kept.encode("utf-8")


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("abc", 3),
        ("늘봄", 2),
        ("\u1102\u1173\u11af\u1107\u1169\u11b7", 2),
        ("한\u1161", 2),
        ("가\u11a8", 1),
        ("e\u0301", 1),
        ("a\r\nb\n", 4),
        ("👩‍👩‍👧‍👦", 1),
        ("👍🏽👍", 2),
        ("👩‍a", 2),
        ("🇰🇷🇩🇪🇫", 3),
        ("🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", 1),
        ("1️⃣", 1),
        ("🏳️‍🌈", 1),
        ("ที่", 1),
    ],
    ids=ascii,
)
def test_graphemes_are_what_a_reader_counts(text, count):
    assert graphemes(text) == count


@given(TEXTS)
def test_graphemes_are_never_more_than_code_points(text):
    assert (1 if text else 0) <= graphemes(text) <= len(text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a" + "\u0300\u0316" * 20_000, id="marks to reorder"),
        pytest.param("👩‍" * 20_000, id="one endless family"),
        pytest.param("\n " * 20_000, id="blank lines"),
        pytest.param("🏴" + "\U000e0067" * 20_000, id="tags"),
        pytest.param("\u1100" * 40_000, id="jamo"),
        pytest.param("\x00\u202e" * 20_000, id="controls"),
    ],
)
def test_evil_text_takes_no_time(text):
    start = process_time()

    with suppress(TextRefused):
        normalise(text, max_length=10_000)

    assert process_time() - start < 0.25
