"""What is sealed opens whole or not at all."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civic_sourcing.budgets.casting.sealing import BLOCK, SealBroken, seal, unseal

KEY, OTHER_KEY = b"k" * 32, b"o" * 32


@given(st.text())
def test_what_was_sealed_comes_back_as_it_was(text):
    assert unseal(KEY, seal(KEY, text, place="here"), place="here") == text


@given(st.text(max_size=BLOCK // 4 - 1), st.text(max_size=BLOCK // 4 - 1))
def test_the_length_of_a_short_text_tells_nothing(one, other):
    assert len(seal(KEY, one, place="here")) == len(seal(KEY, other, place="here"))


def test_the_same_text_never_looks_the_same():
    assert seal(KEY, "A", place="here") != seal(KEY, "A", place="here")


def flipped(sealed, place):
    raw = bytearray(base64.b64decode(sealed))
    raw[place] ^= 1
    return base64.b64encode(bytes(raw)).decode()


@pytest.mark.parametrize("place", [0, 11, 12, -17, -16, -1])
def test_one_changed_bit_breaks_the_seal(place):
    sealed = flipped(seal(KEY, "A", place="here"), place)

    with pytest.raises(SealBroken):
        unseal(KEY, sealed, place="here")


@pytest.mark.parametrize(
    ("key", "place"),
    [
        pytest.param(OTHER_KEY, "here", id="another key"),
        pytest.param(KEY, "there", id="another place"),
    ],
)
def test_it_opens_under_its_key_in_its_place_only(key, place):
    sealed = seal(KEY, "A", place="here")

    with pytest.raises(SealBroken):
        unseal(key, sealed, place=place)


@pytest.mark.parametrize("sealed", ["", "…", "AAAA", "A" * 16, "A" * 36, "not base64!"])
def test_what_is_no_seal_is_broken(sealed):
    with pytest.raises(SealBroken):
        unseal(KEY, sealed, place="here")
