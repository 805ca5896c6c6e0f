"""Reading and putting single rows without the ORM's detours, to the same end."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DEFAULT_DB_ALIAS, IntegrityError, transaction

from civic_sourcing.core import clock
from civic_sourcing.core.audit import GENESIS
from civic_sourcing.core.models import AuditChain, AuditEntry, IdempotencyKey
from civic_sourcing.core.rows import Reading, ReadingOf, put, put_unless_there

pytestmark = pytest.mark.django_db
HERE = DEFAULT_DB_ALIAS


@pytest.fixture
def of_key():
    """Asks for two columns of an idempotency key."""
    return Reading(
        lambda digest: IdempotencyKey.objects.filter(digest=digest).values_list(
            "content", "created_at"
        )
    )


def test_a_reading_says_what_the_query_says_whatever_it_is_asked_with(of_key):
    rows = [IdempotencyKey.objects.create(digest=str(n), content=f"c{n}") for n in range(3)]

    told = [of_key(row.digest, using=HERE) for row in rows]

    told_by_the_orm = IdempotencyKey.objects.order_by("pk").values_list("content", "created_at")
    assert [row for (row,) in told] == list(told_by_the_orm)
    assert of_key("nobody's", using=HERE) == []


def test_a_reading_adapts_keys_to_the_database():
    chains = [AuditChain(uuid=uuid4(), length=0, head=GENESIS) for _each in range(2)]
    reading = Reading(lambda uuid: AuditChain.objects.filter(uuid=uuid).values_list("uuid", "head"))

    assert [put_unless_there(chain, using=HERE) for chain in chains] == [True, True]

    for chain in chains:
        assert reading(chain.uuid, using=HERE) == [(chain.uuid, GENESIS)]


def test_values_that_always_stand_in_a_query_stay_there():
    for digest, content in (("a", "fixed"), ("b", "other"), ("c", "fixed")):
        IdempotencyKey.objects.create(digest=digest, content=content)
    reading = Reading(
        lambda digest: IdempotencyKey.objects.filter(
            content="fixed", digest=digest, created_at__lt=clock.now() + timedelta(days=1)
        ).values_list("digest")
    )

    told = [reading(digest, using=HERE) for digest in "abc"]

    assert told == [[("a",)], [], [("c",)]]


def test_a_value_is_told_apart_from_a_constant_like_it():
    for digest, content in (("a", "a"), ("b", "a"), ("c", "b")):
        IdempotencyKey.objects.create(digest=digest, content=content)
    reading = Reading(
        lambda digest: IdempotencyKey.objects.filter(content="a", digest=digest).values_list("pk")
    )

    told = [reading(digest, using=HERE) for digest in "abc"]

    assert [len(rows) for rows in told] == [1, 1, 0]


def test_a_reading_takes_some_of_the_rows():
    for digest in "cadb":
        IdempotencyKey.objects.create(digest=digest)
    reading = Reading(lambda: IdempotencyKey.objects.order_by("digest").values_list("digest"))

    assert reading(using=HERE, part=(2, 1)) == [("b",), ("c",)]


def test_a_reading_is_asked_with_as_many_values_as_there_are():
    for digest in "abc":
        IdempotencyKey.objects.create(digest=digest)
    reading = Reading(
        lambda *some: (
            IdempotencyKey.objects.filter(digest__in=some).order_by("pk").values_list("digest")
        )
    )

    assert reading("a", "c", using=HERE) == [("a",), ("c",)]
    assert reading("b", using=HERE) == [("b",)]


def test_a_reading_of_rows_makes_what_the_orm_makes(django_assert_num_queries):
    IdempotencyKey.objects.create(digest="a", content="c")
    reading = ReadingOf(
        IdempotencyKey,
        lambda digest: IdempotencyKey.objects.filter(digest=digest),
        only=["digest", "id"],
    )

    (key,) = reading("a")

    assert key == IdempotencyKey.objects.get()
    assert key.get_deferred_fields() >= {"content"}
    with django_assert_num_queries(1):
        assert key.content == "c"


def test_a_reading_refuses_a_query_in_which_its_value_stands_twice():
    reading = Reading(
        lambda digest: IdempotencyKey.objects.filter(digest=digest, content=digest).values_list(
            "pk"
        )
    )

    with pytest.raises(TypeError, match="not only once"):
        reading("7", using=HERE)


@pytest.mark.django_db(transaction=True)
def test_a_reading_that_locks_is_refused_outside_of_a_transaction():
    reading = Reading(
        lambda pk: AuditEntry.objects.select_for_update().filter(pk=pk).values_list("pk")
    )
    with transaction.atomic():
        assert reading(0, using=HERE) == []

    with pytest.raises(transaction.TransactionManagementError):
        reading(0, using=HERE)


def test_a_row_that_is_put_is_the_row_that_is_saved():
    row = AuditEntry(
        chain=uuid4(),
        sequence=1,
        at=clock.now(),
        action="a",
        details={"b": [1, None]},
        subject_kind="k",
        subject_id="1",
        previous=GENESIS,
        fingerprint="f" * 64,
    )
    put(AuditChain(uuid=row.chain, length=0, head=GENESIS), using=HERE)

    put(row, using=HERE)

    stored = AuditEntry.objects.get(chain=row.chain)
    assert not row._state.adding
    for field in AuditEntry._meta.concrete_fields:
        assert getattr(stored, field.attname) == getattr(row, field.attname)


def test_putting_a_row_twice_fails_or_says_so():
    chain = AuditChain(uuid=uuid4(), length=0, head=GENESIS)
    put(chain, using=HERE)

    assert not put_unless_there(chain, using=HERE)
    with pytest.raises(IntegrityError), transaction.atomic():
        put(chain, using=HERE)
