"""One vote each, however many tabs: held by the database. Real only on PostgreSQL."""

import pytest
from django.db import IntegrityError, transaction

from civic_sourcing.challenges.crowd.actions import CastVote
from civic_sourcing.challenges.models import CrowdScore
from civic_sourcing.core.clock import now
from civic_sourcing.participants.models import Participant

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def write(vote, entry, person, slot):
    """Past every action, as a bug or another program would."""
    with transaction.atomic():
        return CrowdScore.objects.create(
            kind=vote.kind,
            round=vote.round,
            entry=entry,
            participant=person,
            slot=slot,
            points=1,
            at=now(),
        )


def test_same_vote_cannot_be_given_twice_at_once(public_vote, entries, citizen, run_in_parallel):
    person, rows = Participant.objects.of(citizen), list(entries.values())

    answers = run_in_parallel(4, lambda number: write(public_vote, rows[number], person, slot=1))

    assert sum(isinstance(answer, IntegrityError) for answer in answers) == 3
    assert CrowdScore.objects.count() == 1


def test_control_of_different_votes_both_count(public_vote, entries, citizen, run_in_parallel):
    person, rows = Participant.objects.of(citizen), list(entries.values())

    answers = run_in_parallel(
        2, lambda number: write(public_vote, rows[number], person, slot=number + 1)
    )

    assert [answer for answer in answers if isinstance(answer, Exception)] == []
    assert CrowdScore.objects.count() == 2


def test_two_tabs_leave_one_of_both_votes_whole(public_vote, entries, citizen, run_in_parallel):
    pairs = [("Awnings", "Trees"), ("Paint", "Fans"), ("Awnings", "Fans"), ("Trees",)]

    def cast(number):
        choices = [str(entries[title].uuid) for title in pairs[number]]
        return CastVote(public_vote, by=citizen, choices=choices).execute()

    answers = run_in_parallel(4, cast)

    assert [answer for answer in answers if isinstance(answer, Exception)] == []
    counted = CrowdScore.objects.filter(points=1).values_list("entry__title", flat=True)
    assert set(counted) in [set(pair) for pair in pairs]
