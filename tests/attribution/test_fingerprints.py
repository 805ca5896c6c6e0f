"""Fingerprints tell every text from every other, and anybody can compute them."""

import hashlib
import hmac
import json
import uuid
from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from civic_sourcing.attribution.fingerprints import (
    fresh_salt,
    stored_fingerprint,
    text_digest,
    version_fingerprint,
)

TEXT = st.text(max_size=200)
SALT = "ab" * 32
FACTS = {
    "contribution": uuid.UUID(int=1),
    "number": 1,
    "kind": "idea",
    "language": "en",
    "author": uuid.UUID(int=2),
    "received_at": datetime(2026, 5, 1, 12, 0, 0, 1, tzinfo=UTC),
    "published_at": datetime(2026, 5, 1, 12, 0, 0, 2, tzinfo=UTC),
    "digest": "0" * 64,
    "process": uuid.UUID(int=3),
    "position": 1,
    "previous": "0" * 64,
}
OTHERS = {
    "contribution": uuid.UUID(int=9),
    "number": 2,
    "kind": "note",
    "language": "ko",
    "author": None,
    "received_at": FACTS["received_at"] + timedelta(microseconds=1),
    "published_at": FACTS["published_at"] + timedelta(microseconds=1),
    "digest": "1" * 64,
    "process": uuid.UUID(int=9),
    "position": 2,
    "previous": "1" * 64,
}


@given(TEXT, TEXT, TEXT, TEXT)
def test_different_texts_have_different_digests(title, text, other_title, other_text):
    same = (title, text) == (other_title, other_text)

    digests = text_digest(title, text, salt=SALT), text_digest(other_title, other_text, salt=SALT)

    assert (digests[0] == digests[1]) is same


@given(TEXT, TEXT)
def test_digest_can_be_computed_with_a_few_lines(title, text):
    document = json.dumps({"text": text, "title": title}, separators=(",", ":"), ensure_ascii=True)

    by_hand = hmac.new(bytes.fromhex(SALT), document.encode(), hashlib.sha256).hexdigest()

    assert text_digest(title, text, salt=SALT) == by_hand


@given(TEXT)
def test_words_cannot_wander_from_title_to_text(words):
    moved = text_digest(words, "", salt=SALT) == text_digest("", words, salt=SALT)

    assert moved is (words == "")


def test_every_fact_counts():
    own = version_fingerprint(**FACTS)

    changed = {version_fingerprint(**{**FACTS, name: value}) for name, value in OTHERS.items()}

    assert set(OTHERS) == set(FACTS)
    assert len(changed - {own}) == len(FACTS)


@given(st.text(max_size=30), st.integers(0, 10**12))
def test_fast_fingerprint_is_the_same(kind, number):
    facts = {**FACTS, "kind": kind, "number": number}
    times = {
        name: FACTS[name].isoformat(timespec="microseconds")
        for name in ("received_at", "published_at")
    }
    texts = {name: str(FACTS[name]) for name in ("contribution", "author", "process")}

    assert stored_fingerprint(**{**facts, **times, **texts}) == version_fingerprint(**facts)


def test_time_zone_of_the_reader_does_not_matter():
    seoul = timezone(timedelta(hours=9))
    moved = {name: FACTS[name].astimezone(seoul) for name in ("received_at", "published_at")}

    assert version_fingerprint(**{**FACTS, **moved}) == version_fingerprint(**FACTS)


def test_no_two_salts_are_alike():
    assert fresh_salt() != fresh_salt()
