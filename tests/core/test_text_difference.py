import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civic_sourcing.core.text.difference import difference

TEXTS = st.text(alphabet="ab .,\n가", max_size=60)


def marked(before, after):
    marks = {"same": "{}", "gone": "[-{}-]", "new": "[+{}+]"}
    return "".join(marks[piece.kind].format(piece.text) for piece in difference(before, after))


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("A bench here.", "A bench here.", "A bench here."),
        ("A bench here.", "A long bench here.", "A[+ long+] bench here."),
        ("A red bench.", "A green bench.", "A[- red-][+ green+] bench."),
        ("Yes, no.", "No, yes.", "[-Yes, no-][+No, yes+]."),
        ("Armrests, please.", "Armrests and backs, please.", "Armrests[+ and backs+], please."),
        ("", "Hello", "[+Hello+]"),
        ("벤치를 놓아요", "의자를 놓아요", "[-벤치를-][+의자를+] 놓아요"),
    ],
    ids=["same", "added", "replaced", "rewritten", "inserted", "from-nothing", "korean"],
)
def test_difference_is_read_in_words(before, after, shown):
    assert marked(before, after) == shown


@given(TEXTS, TEXTS)
def test_both_versions_can_be_read_from_the_difference(before, after):
    pieces = difference(before, after)

    assert "".join(piece.text for piece in pieces if not piece.is_new) == before
    assert "".join(piece.text for piece in pieces if not piece.is_gone) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a " * 5000, "a b " * 2500),
        ("ab\n" * 3000, "ab\nb\n" * 1500),
        ("가나 " * 130 + "b " * 40, "b 가나 " * 130),
        (" ".join(map(str, range(2000))), " ".join(map(str, range(2000, 0, -1)))),
    ],
    ids=["one-word", "one-line", "below-the-limit", "reversed"],
)
def test_texts_made_to_be_slow_are_not(before, after):
    began = time.process_time()
    difference(before, after)

    assert time.process_time() - began < 0.5
