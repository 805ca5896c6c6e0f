"""The filter learns, says why, and forgets exactly."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civic_sourcing.moderation.checks.bayes import (
    PLACES,
    Counts,
    Filter,
    pack_places,
    places,
    unpack_places,
)

SPAM = [
    "cheap",
    "loans",
    "casino",
    "bonus",
    "click",
    "winner",
    "pills",
    "discount",
    "credit",
    "lottery",
]
GOOD = [
    "bench",
    "river",
    "school",
    "bus",
    "crossing",
    "library",
    "tree",
    "lamp",
    "playground",
    "path",
]
SPAM_KO = ["무료", "대출", "상담", "카톡", "문의", "최저가", "당첨", "보장", "할인", "클릭"]
GOOD_KO = [
    "벤치",
    "하천",
    "학교",
    "버스",
    "횡단보도",
    "도서관",
    "나무",
    "가로등",
    "놀이터",
    "산책로",
]


def sentence(words, number):
    return " ".join(random.Random(number).choices(words, k=12))


def taught(spam=SPAM, good=GOOD, texts=100):
    counts = Counts()
    for number in range(texts):
        counts.add(places(sentence(spam, number)), is_spam=True)
        counts.add(places(sentence(good, number)), is_spam=False)
    return counts


@pytest.mark.parametrize(("spam", "good"), [(SPAM, GOOD), (SPAM_KO, GOOD_KO)], ids=["en", "ko"])
def test_new_texts_are_told_apart(spam, good):
    judge = Filter(taught(spam, good)).judge

    assert all(judge(sentence(spam, number)).probability > 0.98 for number in range(500, 520))
    assert all(judge(sentence(good, number)).probability < 0.1 for number in range(500, 520))


def test_what_it_never_saw_is_neither_nor():
    opinion = Filter(taught()).judge("Запретить запуск")

    assert opinion.probability == pytest.approx(0.5, abs=0.2)


def test_reasons_point_at_what_looks_like_spam():
    text = "The library needs cheap casino loans and a lamp"

    reasons = Filter(taught()).judge(text).reasons

    shown = "".join(text[start:end] for start, end in reasons)
    assert "casino" in shown
    assert "library" not in shown


def test_empty_filter_says_nothing():
    assert Filter(Counts()).judge("cheap pills").probability == 0.5


@given(st.lists(st.tuples(st.text(max_size=60), st.booleans()), max_size=6), st.text(max_size=60))
def test_what_was_learnt_last_is_forgotten_exactly(before, text):
    counts = Counts()
    for words, is_spam in before:
        counts.add(places(words), is_spam=is_spam)
    packed = (counts.good, counts.spam, counts.packed())

    counts.add(places(text), is_spam=True)
    counts.add(places(text), is_spam=True, times=-1)

    assert (counts.good, counts.spam, counts.packed()) == packed


@given(st.lists(st.tuples(st.text(max_size=60), st.booleans()), max_size=6))
def test_counts_survive_being_stored(texts):
    counts = Counts()
    for words, is_spam in texts:
        counts.add(places(words), is_spam=is_spam)

    assert Counts.unpacked(counts.good, counts.spam, counts.packed()) == counts


@given(st.sets(st.integers(0, PLACES - 1), max_size=300))
def test_places_survive_being_stored(found):
    assert set(unpack_places(pack_places(found))) == found


def test_what_is_stored_is_small():
    assert len(taught(texts=200).packed()) < 10_000


@given(st.text(max_size=400))
def test_a_probability_is_one_and_reasons_lie_in_the_text(text):
    opinion = Filter(taught(texts=5)).judge(text)

    assert 0 <= opinion.probability <= 1
    assert all(0 <= start < end <= len(text) for start, end in opinion.reasons)
