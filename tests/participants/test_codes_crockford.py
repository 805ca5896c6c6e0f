"""What the check symbol finds, and what a person may type differently."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civic_sourcing.participants.codes.crockford import (
    ALPHABET,
    BITS,
    CHECK_ALPHABET,
    SYMBOLS,
    Mistyped,
    canonical,
    decode,
    encode,
    grouped,
    new_code,
)

numbers = st.integers(min_value=0, max_value=(1 << SYMBOLS * 5) - 1)


def test_a_code_has_at_least_eighty_random_bits():
    assert BITS >= 80


@given(numbers)
def test_a_number_comes_back_from_its_code(number):
    assert decode(grouped(encode(number))) == number


@given(numbers, st.data())
def test_one_wrong_symbol_is_always_found(number, data):
    code = encode(number)
    place = data.draw(st.integers(0, len(code) - 1))
    known = CHECK_ALPHABET if place == len(code) - 1 else ALPHABET
    wrong = data.draw(st.sampled_from([symbol for symbol in known if symbol != code[place]]))

    with pytest.raises(Mistyped):
        decode(code[:place] + wrong + code[place + 1 :])


@given(numbers, st.integers(0, SYMBOLS - 1))
def test_neighbours_that_changed_places_are_always_found(number, place):
    code = encode(number)
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]

    if swapped != code:
        with pytest.raises(Mistyped):
            decode(swapped)


@pytest.mark.parametrize("number", [0, 1, (1 << SYMBOLS * 5) - 1], ids=["zero", "one", "most"])
def test_the_ends_of_the_range_are_codes(number):
    assert len(encode(number)) == SYMBOLS + 1


@pytest.mark.parametrize("number", [-1, 1 << SYMBOLS * 5])
def test_a_number_that_does_not_fit_is_no_code(number):
    with pytest.raises(ValueError, match="must fit"):
        encode(number)


def test_drawn_codes_have_letters_and_digits_only():
    assert all(set(new_code()) <= set(ALPHABET) for _number in range(300))


CODE = encode(0x1_0000_0000_0001_0407)


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param(CODE.lower(), id="small letters"),
        pytest.param(CODE.replace("0", "O"), id="O for zero"),
        pytest.param(CODE.replace("0", "o").replace("1", "l"), id="o for zero, l for one"),
        pytest.param(CODE.replace("1", "I"), id="I for one"),
        pytest.param(f"  {grouped(CODE)} \n", id="hyphens, spaces"),
        pytest.param(grouped(CODE).replace("-", " – "), id="dashes of a word processor"),
        pytest.param("".join(chr(ord(sign) + 0xFEE0) for sign in CODE), id="full width"),
    ],
)
def test_the_same_code_typed_in_another_way_is_accepted(typed):
    assert canonical(typed) == CODE


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        pytest.param("", "length", id="nothing"),
        pytest.param(CODE[:-1], "length", id="too short"),
        pytest.param(CODE + "0", "length", id="too long"),
        pytest.param("!" + CODE[1:], "symbol", id="foreign symbol"),
        pytest.param("가" + CODE[1:], "symbol", id="Hangul"),
        pytest.param("U" + CODE[1:], "symbol", id="check symbol in the middle"),
    ],
)
def test_what_cannot_be_a_code_says_why(typed, fault):
    with pytest.raises(Mistyped) as mistake:
        decode(typed)

    assert mistake.value.fault == fault
