from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile

from civic_sourcing.core import clock
from civic_sourcing.core.actors import register_actor_resolver
from civic_sourcing.core.audit import AuditEntry
from civic_sourcing.core.exceptions import ActionRefused, IdempotencyConflict
from civic_sourcing.core.idempotency import portable
from civic_sourcing.core.models import IdempotencyKey
from tests.core.steps import CloseGroup, OpenGroup

pytestmark = pytest.mark.django_db


def open_beside(group, key="k1", by=None, name="beside"):
    return OpenGroup(group, by=by, idempotency_key=key, name_of_new=name)


def test_a_repeated_request_gets_the_first_result_and_does_nothing(group):
    first = open_beside(group).execute()
    repetition = open_beside(group)

    assert repetition.execute() == first
    assert repetition.repeated
    assert Group.objects.filter(name="beside").count() == AuditEntry.objects.count() == 1


def test_the_first_request_is_no_repetition(group):
    step = open_beside(group)
    step.execute()

    assert not step.repeated


def test_without_a_key_every_request_counts(group):
    OpenGroup(group, by=None).execute()
    OpenGroup(group, by=None).execute()

    assert AuditEntry.objects.count() == 2


def test_an_empty_key_is_no_key(group):
    assert open_beside(group, key="").idempotency_key is None


def test_a_repetition_is_answered_even_when_the_step_would_now_be_refused(group):
    assert CloseGroup(group, by=None, idempotency_key="k1").execute() == 1
    stale = Group(pk=1, name="open")
    stale.pk = int(AuditEntry.objects.get().subject_id)

    assert CloseGroup(stale, by=None, idempotency_key="k1").execute() == 1


def test_the_same_key_with_other_content_is_refused(group):
    open_beside(group).execute()

    with pytest.raises(IdempotencyConflict) as conflict:
        open_beside(group, name="another").execute()

    assert conflict.value.code == "idempotency-conflict"
    assert not Group.objects.filter(name="another").exists()


def test_the_same_key_on_another_subject_is_refused(group):
    open_beside(group).execute()

    with pytest.raises(IdempotencyConflict):
        open_beside(Group.objects.create(name="other")).execute()


def test_a_key_belongs_to_its_action(group):
    open_beside(group).execute()

    assert CloseGroup(group, by=None, idempotency_key="k1").execute() == 1


def test_a_key_belongs_to_its_actor(group, resident, administrator):
    before = register_actor_resolver(lambda user: UUID(int=user.pk))
    try:
        mine = open_beside(group, by=resident, name="mine").execute()
        theirs = open_beside(group, by=administrator, name="theirs").execute()
    finally:
        register_actor_resolver(before)

    assert mine != theirs


def test_a_refused_request_frees_its_key(group):
    class Closed(OpenGroup):
        closed = True

        def check(self):
            if self.closed:
                raise ActionRefused("Closed.", code="closed")

    with pytest.raises(ActionRefused, match="Closed"):
        Closed(group, by=None, idempotency_key="k1").execute()
    Closed.closed = False

    assert Closed(group, by=None, idempotency_key="k1").execute().pk
    assert IdempotencyKey.objects.count() == 1


def test_a_first_result_deleted_since_is_gone(group):
    open_beside(group).execute().delete()

    with pytest.raises(ActionRefused, match="no longer exists") as refused:
        open_beside(group).execute()

    assert refused.value.code == "gone"


@pytest.mark.parametrize("result", [None, 7, "code", ["a", 1], {"a": [1]}], ids=repr)
def test_plain_results_come_back_as_they_were(group, result):
    class Answer(OpenGroup):
        def perform(self):
            return result

    Answer(group, by=None, idempotency_key="k1").execute()

    assert Answer(group, by=None, idempotency_key="k1").execute() == result


def test_a_result_without_lasting_form_fails_the_step(group):
    class Answer(OpenGroup):
        def perform(self):
            return object()

    with pytest.raises(TypeError, match="model instance or plain JSON"):
        Answer(group, by=None, idempotency_key="k1").execute()


def test_the_table_tells_neither_key_nor_content(group):
    open_beside(group, key="secret-key", name="secret-name").execute()

    row = IdempotencyKey.objects.values().get()
    assert "secret" not in str(row)
    assert len(row["digest"]) == len(row["content"]) == 64


def test_keys_are_kept_for_the_hours_of_the_setting_and_then_purged(group, settings):
    settings.CIVIC_SOURCING = {"IDEMPOTENCY_HOURS": 2}
    open_beside(group).execute()
    now = clock.now()

    early = IdempotencyKey.objects.purge(now + timedelta(hours=1, minutes=59))
    late = IdempotencyKey.objects.purge(now + timedelta(hours=2, minutes=1))

    assert (early, late) == (0, 1)


def upload(content, name="a.pdf"):
    return SimpleUploadedFile(name, content)


MOMENT = datetime(2026, 5, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        pytest.param({"a": 1, "b": 2}, {"b": 2, "a": 1}, True, id="order of names"),
        pytest.param({"x", "y"}, {"y", "x"}, True, id="order of a set"),
        pytest.param([1, 2], [2, 1], False, id="order of a list"),
        pytest.param(1, "1", False, id="number and text"),
        pytest.param(upload(b"one"), upload(b"one"), True, id="same file"),
        pytest.param(upload(b"one"), upload(b"two"), False, id="other content"),
        pytest.param(upload(b"one"), upload(b"one", "b.pdf"), False, id="other file name"),
        pytest.param(Group(pk=1), Group(pk=2), False, id="rows"),
        pytest.param(MOMENT, MOMENT + timedelta(microseconds=1), False, id="times"),
        pytest.param(date(2026, 5, 1), date(2026, 5, 1), True, id="dates"),
        pytest.param(Decimal("1.0"), Decimal("1.0"), True, id="decimals"),
        pytest.param(timedelta(1), timedelta(2), False, id="spans"),
        pytest.param(b"one", b"two", False, id="bytes"),
    ],
)
def test_requests_are_the_same_where_their_content_is(one, other, same):
    assert (portable(one) == portable(other)) is same


def test_a_file_can_still_be_read_after_it_was_compared():
    file = upload(b"one")
    portable(file)

    assert file.read() == b"one"


def test_what_cannot_be_told_apart_is_a_developers_mistake():
    with pytest.raises(TypeError, match="cannot be told apart"):
        portable(object())
