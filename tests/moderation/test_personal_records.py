"""What moderation keeps about people can be listed, handed out and erased."""

import json

import pytest
from django.core.serializers.json import DjangoJSONEncoder

from civic_sourcing.core.personal_records import unnamed_models
from civic_sourcing.moderation.models import (
    Appeal,
    Decision,
    Outcome,
    PreservedText,
    SecondOpinion,
)
from civic_sourcing.moderation.personal_records import ModerationRecords
from civic_sourcing.participants.models import Participant

records = ModerationRecords()


def exported(user):
    person = Participant.objects.of(user)
    return json.loads(json.dumps(records.export(person), cls=DjangoJSONEncoder))


@pytest.fixture
def decided(case, rules, moderator):
    """A decision on the reported idea, appealed, with the text preserved and a second opinion."""
    at = case.opened_at
    person = Participant.objects.of(moderator)
    decision = Decision.objects.create(
        case=case,
        number=1,
        outcome=Outcome.HIDE,
        rule=rules("respect"),
        facts="It says “benches are for lazy people”.",
        scope="The idea is hidden.",
        starts_at=at,
        decided_at=at,
        decided_by=moderator,
        decider=person.uuid,
        salt="a" * 64,
    )
    author = case.contribution.author
    Appeal.objects.create(
        decision=decision, appellant=author, text="It was a joke.", filed_at=at, due_at=at
    )
    PreservedText.objects.create(decision=decision, title="Benches", text="Lazy people.")
    SecondOpinion.objects.create(decision=decision, asked_at=at, moderator=moderator)
    return decision


def test_every_model_of_the_room_has_somebody_who_answers_for_it(db):
    assert [label for label in unnamed_models() if label.startswith("civic_moderation.")] == []


def test_a_reporter_finds_their_reports_and_no_others(report, reporter, second_reporter):
    report(text="Mine.")
    report(by=second_reporter, text="Theirs.")

    assert [row["text"] for row in exported(reporter)["reports"]] == ["Mine."]
    lines = records.summary(Participant.objects.of(reporter))
    assert [(line.count, len(line.entries)) for line in lines] == [(1, 1)]


def test_an_author_gets_what_was_decided_and_never_who_reported(decided, author, report, reporter):
    said = exported(author)

    assert [row["facts"] for row in said["decisions"]] == [decided.facts]
    assert [row["text"] for row in said["appeals"]] == ["It was a joke."]
    assert said["reports"] == []
    assert str(Participant.objects.of(reporter).uuid) not in json.dumps(said)


def test_a_moderator_gets_what_they_decided(decided, moderator):
    assert [row["outcome"] for row in exported(moderator)["decided_as_moderator"]] == ["hide"]


def test_words_of_a_report_go_with_the_reporter(report, reporter):
    filed = report(text="It says where I live: 3 River Road.")

    records.erase(Participant.objects.of(reporter), blank_texts=False)

    filed.refresh_from_db()
    assert filed.text == ""
    assert filed.case.reporters == 1


def test_a_decision_stays_without_words_when_its_author_takes_them_along(decided, author):
    person = Participant.objects.of(author)

    for _twice in range(2):
        records.erase(person, blank_texts=True)

    decided.refresh_from_db()
    assert (decided.outcome, decided.facts, decided.salt) == ("hide", "–", "")
    assert decided.appeal.text == ""
    assert (decided.preserved.title, decided.preserved.text) == ("", "")


def test_a_decision_keeps_its_words_when_the_texts_stay(decided, author):
    records.erase(Participant.objects.of(author), blank_texts=False)

    decided.refresh_from_db()
    assert decided.facts.startswith("It says")
    assert decided.appeal.text == "It was a joke."
