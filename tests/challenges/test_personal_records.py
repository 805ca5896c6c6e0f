"""What challenges keep about people: told, handed out, erased."""

import json

import pytest
from django.core.serializers.json import DjangoJSONEncoder

from civic_sourcing.challenges.models import (
    Assignment,
    ChallengeFacts,
    Entry,
    ReviewMessage,
    ScoreSheet,
    SolverQuestion,
)
from civic_sourcing.core import clock
from civic_sourcing.core.personal_records import personal_records
from civic_sourcing.participants.models import Participant
from tests.challenges.contests import add_judge
from tests.challenges.entering import conftest as solving

pytestmark = pytest.mark.django_db

begin = solving.begin
draft = solving.draft
hand_in = solving.hand_in
handed_in = solving.handed_in
rival = solving.rival
solver = solving.solver


@pytest.fixture
def records():
    return next(each for each in personal_records() if each.name == "challenges")


def person(user):
    return Participant.objects.of(user)


@pytest.fixture
def busy(handed_in, begin, solver, neighbour, manager):
    """``solver`` handed in and began another; ``neighbour`` judges; ``manager`` looks after it."""
    begin(solver)
    SolverQuestion.objects.create(
        process=handed_in.process,
        participant=person(solver),
        text="May it be blue?",
        language="en",
        asked_at=clock.now(),
        reply="Yes.",
    )
    judge = add_judge(handed_in.round, neighbour)
    assignment = Assignment.objects.create(
        judge=judge,
        entry=handed_in,
        round=handed_in.round,
        conflict="none",
        conflict_note="My cousin",
        declared_at=clock.now(),
        assigned_at=clock.now(),
    )
    ScoreSheet.objects.create(
        assignment=assignment, private_note="Hm.", overall_comment="Good.", saved_at=clock.now()
    )
    ChallengeFacts.objects.get(process=handed_in.process).managers.add(person(manager))
    ReviewMessage.objects.create(
        process=handed_in.process, state="in_review", by=person(manager), at=clock.now()
    )
    return handed_in


def test_people_see_what_is_kept_about_them(records, busy, solver, neighbour, manager):
    told = {
        user.username: {str(line.label): line.count for line in records.summary(person(user))}
        for user in (solver, neighbour, manager)
    }

    assert told == {
        "solver": {"Entries to challenges": 2, "Questions about challenges": 1},
        "neighbour": {"Panels you judge on": 1},
        "manager": {"Challenges you manage": 1},
    }


def test_everything_is_handed_out_and_nothing_of_others(records, busy, solver, neighbour):
    own = json.dumps(records.export(person(solver)), cls=DjangoJSONEncoder)
    judged = json.dumps(records.export(person(neighbour)), cls=DjangoJSONEncoder)

    assert solving.SECRET in own
    assert "May it be blue?" in own
    assert "Good." not in own
    assert "My cousin" in judged
    assert solving.SECRET not in judged


def test_erasing_a_solver_takes_drafts_and_keeps_what_was_handed_in(records, busy, solver):
    records.erase(person(solver), blank_texts=True)
    records.erase(person(solver), blank_texts=True)

    assert [entry.pk for entry in Entry.objects.all()] == [busy.pk]
    assert Entry.objects.get().words == {}
    assert Entry.objects.get().handed_in["title"] == solving.SECRET
    question = SolverQuestion.objects.get()
    assert (question.participant, question.text, question.reply) == (None, "", "Yes.")


def test_a_draft_of_a_team_is_led_by_who_joined_first(records, begin, solver, rival):
    entry = begin(solver)
    entry.members.create(participant=person(rival), invited_at=clock.now(), joined_at=clock.now())

    records.erase(person(solver), blank_texts=True)

    assert Entry.objects.get().captain == person(rival)
    assert Entry.objects.get().members.get(participant=person(solver)).left_at is not None


def test_erasing_a_judge_and_a_manager_takes_notes_and_names(records, busy, neighbour, manager):
    for user in (neighbour, manager):
        records.erase(person(user), blank_texts=True)

    assert Assignment.objects.get().conflict_note == ""
    sheet = ScoreSheet.objects.get()
    assert (sheet.private_note, sheet.overall_comment) == ("", "Good.")
    assert ReviewMessage.objects.get().by is None
    assert not person(manager).managed_challenges.exists()
