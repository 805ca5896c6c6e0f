from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django.db.models import ForeignKey
from hypothesis import given
from hypothesis import strategies as st

from civic_sourcing.core import audit
from civic_sourcing.core.audit import GENESIS, AuditChain, AuditEntry, Draft, Reason
from civic_sourcing.core.audit.entries import refuse_personal_text
from tests.core.steps import CHAIN
from tests.core.test_fingerprints import DETAILS


def draft(**fields):
    return Draft(
        **{"chain": CHAIN, "action": "a.b", "actor": None, "subject": ("a.b", "1"), **fields}
    )


@pytest.mark.django_db
def test_entries_are_numbered_and_chained(append):
    first, second = append(2)

    assert (first.sequence, first.previous) == (1, GENESIS)
    assert (second.sequence, second.previous) == (2, first.fingerprint)


@pytest.mark.django_db
def test_the_head_tells_length_and_last_fingerprint(append):
    last = append(3)[-1]

    head = AuditChain.objects.get(uuid=CHAIN)
    assert (head.length, head.head) == (3, last.fingerprint)


@pytest.mark.django_db
def test_each_process_has_its_own_chain(append):
    append(2)
    other = append(1, chain=uuid4())[0]

    assert (other.sequence, other.previous) == (1, GENESIS)


@pytest.mark.django_db
def test_an_entry_keeps_the_time_it_is_given(append):
    at = datetime(2026, 5, 1, 12, 0, 0, 123456, UTC)
    append(1, at=at)

    assert AuditEntry.objects.get().at == at


@pytest.mark.django_db
def test_what_is_rolled_back_leaves_no_gap(append):
    with pytest.raises(RuntimeError), transaction.atomic():
        append(1)
        raise RuntimeError

    assert append(1)[0].sequence == 1


@pytest.mark.django_db
def test_an_entry_takes_four_statements_after_the_first(append, django_assert_num_queries):
    append(1)

    with django_assert_num_queries(4):
        append(1)


def test_the_log_has_no_foreign_key():
    fields = [*AuditEntry._meta.get_fields(), *AuditChain._meta.get_fields()]

    assert not [field for field in fields if isinstance(field, ForeignKey) or field.is_relation]


@pytest.mark.parametrize(
    "value",
    [
        pytest.param("Jane Doe", id="a space"),
        pytest.param("jane@example.org", id="an address"),
        pytest.param("늘봄시", id="a word of people"),
        pytest.param("two\nlines", id="a line break"),
        pytest.param("x" * 65, id="a long text"),
        pytest.param(1.5, id="a fraction"),
        pytest.param(2**63, id="a number beyond 64 bits"),
        pytest.param(datetime(2026, 1, 1, tzinfo=UTC), id="a time"),
        pytest.param(["ok", "not ok"], id="in a list"),
        pytest.param({"deep": {"er": "not ok"}}, id="in a dict"),
        pytest.param({"not ok": 1}, id="as a name"),
        pytest.param({7: 1}, id="a number as a name"),
    ],
)
def test_the_log_refuses_what_may_be_personal_text(value):
    with pytest.raises(ValueError, match=r"details\['field'\]"):
        draft(details={"field": value})


@pytest.mark.parametrize(
    "value",
    [None, True, 0, -5, 2**62, "", "civic_ideas.ideapage", "x" * 64, [], {}, [{"a": [1, "b"]}]],
    ids=repr,
)
def test_the_log_takes_identifiers_numbers_and_codes(value):
    assert draft(details={"field": value}).details == {"field": value}


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"action": "call Jane Doe"}, id="action"),
        pytest.param({"subject": ("auth.user", "jane@example.org")}, id="subject"),
        pytest.param({"reason": Reason("because it is loud", "0" * 64)}, id="reason"),
        pytest.param({"actor": "jane"}, id="actor"),
        pytest.param({"chain": "chain"}, id="chain"),
        pytest.param({"details": ["a"]}, id="details"),
    ],
)
def test_no_column_takes_text(fields):
    with pytest.raises(ValueError, match="not "):
        draft(**fields)


@given(st.text().filter(lambda text: not text.isascii() or any(map(str.isspace, text))))
def test_no_sentence_passes_as_a_code(text):
    with pytest.raises(ValueError, match="the audit log takes"):
        refuse_personal_text(text, "details")


@pytest.mark.django_db
@given(DETAILS.filter(lambda details: all(len(name) <= 64 for name in details)))
def test_details_come_back_from_the_database_as_they_were_fingerprinted(details):
    try:
        refuse_personal_text(details, "details")
    except ValueError:
        return
    chain = uuid4()
    audit.record(chain=chain, action="a.b", actor=uuid4(), subject=("a.b", "1"), details=details)

    assert not any(report.found for report in audit.verify(chain=chain))


@pytest.mark.django_db
def test_an_erased_reason_leaves_a_chain_that_still_verifies(append):
    reason = Reason.of("tests.reason:7", "She was rude to me", salt=b"s" * 16)
    append(1, reason=reason)

    assert not any(report.found for report in audit.verify())
    assert not reason.matches("She was rude to me", salt=b"t" * 16)


@pytest.mark.django_db
def test_entries_are_found_by_chain_and_subject(append):
    append(2)
    append(1, chain=UUID(int=5))

    entries = AuditEntry.objects
    assert [entry.sequence for entry in entries.of_chain(CHAIN)] == [1, 2]
    assert entries.about("auth.group", 0).count() == 2
