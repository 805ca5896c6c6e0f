import hashlib
import json
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civic_sourcing.core.audit import GENESIS, canonical_json, entry_fingerprint, salted_digest

CODES = st.text(st.characters(min_codepoint=33, max_codepoint=126, exclude_characters="@"))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**62), 2**62) | CODES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(CODES, inner, max_size=4),
    max_leaves=12,
)
DETAILS = st.dictionaries(CODES, VALUES, max_size=5)
MOMENTS = st.integers(0, 2**51).map(
    lambda microseconds: datetime(2000, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds)
)

FIELDS = {
    "chain": st.uuids(),
    "sequence": st.integers(1, 2**40),
    "at": MOMENTS,
    "action": CODES,
    "actor": st.none() | st.uuids(),
    "subject": st.tuples(CODES, CODES),
    "details": DETAILS,
    "reason": st.tuples(CODES, CODES),
    "previous": st.just(GENESIS) | st.binary(min_size=32, max_size=32).map(bytes.hex),
}
ENTRIES = st.fixed_dictionaries(FIELDS)


def shuffled(value):
    match value:
        case dict():
            return {name: shuffled(value[name]) for name in reversed(value)}
        case list():
            return [shuffled(part) for part in value]
    return value


@given(VALUES)
def test_canonical_json_is_json(value):
    assert json.loads(canonical_json(value)) == value


@given(VALUES)
def test_canonical_json_does_not_depend_on_the_order_of_names(value):
    assert canonical_json(shuffled(value)) == canonical_json(value)


@given(VALUES, VALUES)
def test_different_values_have_different_canonical_json(one, other):
    same_text = canonical_json(one) == canonical_json(other)

    assert same_text is (json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True))


@given(st.text())
def test_canonical_json_is_ascii_whatever_the_script(text):
    assert canonical_json(text).isascii()


def test_canonical_json_knows_no_infinity():
    with pytest.raises(ValueError, match="JSON compliant"):
        canonical_json(float("inf"))


@given(ENTRIES, st.sampled_from(sorted(FIELDS)), st.data())
def test_every_column_counts(entry, name, data):
    other = data.draw(FIELDS[name].filter(lambda value: differs(value, entry[name])))

    assert entry_fingerprint(**entry) != entry_fingerprint(**{**entry, name: other})


def differs(one, other):
    return json.dumps(one, sort_keys=True, default=str) != json.dumps(
        other, sort_keys=True, default=str
    )


@given(ENTRIES, st.integers(-12, 12))
def test_a_moment_counts_and_not_how_its_zone_writes_it(entry, hours):
    there = entry["at"].astimezone(timezone(timedelta(hours=hours)))

    assert entry_fingerprint(**entry) == entry_fingerprint(**{**entry, "at": there})


@given(ENTRIES)
def test_a_fingerprint_is_that_of_the_canonical_document(entry):
    document = {
        **entry,
        "at": entry["at"].isoformat(timespec="microseconds"),
        "chain": str(entry["chain"]),
        "actor": str(entry["actor"]) if entry["actor"] else None,
        "format": 1,
    }

    digest = hashlib.sha256(canonical_json(document).encode()).hexdigest()

    assert entry_fingerprint(**entry) == digest


def test_a_fingerprint_can_be_recomputed_by_hand():
    document = (
        '{"action":"civic_ideas.shortlist","actor":null,"at":"2026-05-01T12:00:00.000001+00:00",'
        '"chain":"6f1d7a52-6c34-4a6e-9c55-0c1d7f0f8a11","details":{"n":1},"format":1,'
        f'"previous":"{GENESIS}","reason":["",""],"sequence":1,"subject":["a.b","7"]}}'
    )

    assert (
        entry_fingerprint(
            chain=UUID("6f1d7a52-6c34-4a6e-9c55-0c1d7f0f8a11"),
            sequence=1,
            at=datetime(2026, 5, 1, 12, 0, 0, 1, UTC),
            action="civic_ideas.shortlist",
            actor=None,
            subject=("a.b", "7"),
            details={"n": 1},
            reason=("", ""),
            previous=GENESIS,
        )
        == hashlib.sha256(document.encode()).hexdigest()
    )


@given(st.text(), st.text(), st.binary(min_size=16, max_size=32))
def test_a_salted_digest_knows_its_text_and_no_other(text, other, salt):
    assert (salted_digest(text, salt) == salted_digest(other, salt)) is (text == other)


@given(st.text(), st.binary(min_size=16, max_size=32), st.binary(min_size=16, max_size=32))
def test_a_salted_digest_says_nothing_under_another_salt(text, salt, other):
    assert (salted_digest(text, salt) == salted_digest(text, other)) is (
        salt.rstrip(b"\0") == other.rstrip(b"\0")
    )


def test_a_short_salt_is_refused():
    with pytest.raises(ValueError, match="16 bytes, not 15"):
        salted_digest("text", b"s" * 15)
