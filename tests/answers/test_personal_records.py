"""What the room keeps about people: officials by name until they leave, nothing of citizens."""

import json

import pytest
from django.core.serializers.json import DjangoJSONEncoder

from civic_sourcing.answers.actions import Adopt, ChangeAdoptionStatus, ReportDelivery
from civic_sourcing.answers.models import AdoptionChange, DeliveryUpdate, OfficialAnswer, Promise
from civic_sourcing.answers.personal_records import AnswerRecords
from civic_sourcing.participants.models import Participant

from .conftest import TEXT

pytestmark = pytest.mark.django_db


@pytest.fixture
def work(contribution, official, owe, answer):
    """What an official leaves behind: a promise, an answer, an adoption with news."""
    owe(owner=official)
    answer()
    adoption = Adopt(contribution, by=official, owner=official).execute()
    ChangeAdoptionStatus(adoption, by=official, status="in_progress").execute()
    ReportDelivery(adoption, by=official, text="Six stand.").execute()
    return adoption


def exported(user):
    said = AnswerRecords().export(Participant.objects.of(user))
    return json.loads(json.dumps(said, cls=DjangoJSONEncoder))


def test_official_gets_what_they_wrote(work, official):
    said = exported(official)

    assert said["answers_written"][0]["text"] == TEXT
    assert [len(said[name]) for name in ("promises_owned", "adoptions_owned")] == [1, 1]
    assert said["deliveries_reported"][0]["text"] == "Six stand."


def test_author_gets_what_was_promised_and_no_names(work, author):
    said = exported(author)

    assert [row["state"] for row in said["promised_to_me"]] == ["kept"]
    assert not said["answers_written"]


def test_erasure_forgets_who_wrote_and_keeps_the_words(work, official):
    AnswerRecords().erase(Participant.objects.of(official), blank_texts=True)

    assert OfficialAnswer.objects.get().text == TEXT
    for model in (OfficialAnswer, AdoptionChange, DeliveryUpdate):
        assert not model.objects.exclude(by=None).exists()
    work.refresh_from_db()
    assert (work.owner, Promise.objects.get().owner) == (None, None)
