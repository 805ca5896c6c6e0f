"""The public vote: what is voted on, by whom, when; never for one's own."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from civic_sourcing.attribution.models import Credit
from civic_sourcing.challenges.actions.freeze import digest_of_rules
from civic_sourcing.challenges.crowd.actions import CastVote
from civic_sourcing.challenges.crowd.votes import entries_on, shown_entries
from civic_sourcing.challenges.models import (
    ChallengeFacts,
    CrowdScore,
    CrowdVote,
    Entry,
    Judge,
    Round,
    TeamMember,
)
from civic_sourcing.challenges.results.rankable import crowd_of
from civic_sourcing.core import triggers
from civic_sourcing.core.clock import now
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.models import AuditEntry
from civic_sourcing.participants.models import Participant
from tests.challenges.contests import add_judge

from .conftest import DAY


def cast(vote, by, *entries):
    return CastVote(vote, by=by, choices=[str(entry.uuid) for entry in entries]).execute()


def chosen_by(user):
    rows = CrowdScore.objects.filter(participant__user=user, points=1)
    return sorted(rows.values_list("entry__title", flat=True))


def test_later_vote_takes_the_place_of_the_one_before(public_vote, entries, citizen):
    cast(public_vote, citizen, entries["Awnings"], entries["Trees"])

    assert cast(public_vote, citizen, entries["Paint"], entries["Trees"]) == 2
    assert chosen_by(citizen) == ["Paint", "Trees"]
    assert cast(public_vote, citizen) == 0
    assert chosen_by(citizen) == []
    assert cast(public_vote, citizen, entries["Awnings"]) == 1
    assert CrowdScore.objects.filter(participant__user=citizen).count() == 2


def test_log_says_how_many_and_not_what(public_vote, entries, citizen):
    cast(public_vote, citizen, entries["Awnings"])

    logged = AuditEntry.objects.get(action="civic_challenges.cast_vote")
    assert logged.details == {"chosen": 1}


def test_nobody_has_more_votes_than_everybody(public_vote, entries, citizen):
    with pytest.raises(ActionRefused, match="up to 2 entries; you chose 3") as refused:
        cast(public_vote, citizen, *list(entries.values())[:3])

    assert refused.value.code == "too-many"


OWN = {
    "captain": lambda entry, person: Entry.objects.filter(pk=entry.pk).update(captain=person),
    "in the team": lambda entry, person: TeamMember.objects.create(
        entry=entry, participant=person, invited_at=now(), joined_at=now()
    ),
    "accepted co-author": lambda entry, person: Credit.objects.create(
        contribution=entry.contribution,
        participant=person,
        role="co_author",
        state="accepted",
        created_at=now(),
    ),
}


@pytest.mark.parametrize("make_own", OWN.values(), ids=OWN)
def test_nobody_votes_for_their_own_and_the_database_refuses_it_too(
    public_vote, entries, citizen, make_own
):
    person, entry = Participant.objects.of(citizen), entries["Awnings"]
    make_own(entry, person)

    with pytest.raises(ActionRefused) as refused:
        cast(public_vote, citizen, entry)
    with pytest.raises(IntegrityError), transaction.atomic():
        give(public_vote, entry, person)

    assert refused.value.code == "own"
    cast(public_vote, citizen, entries["Trees"])


def give(vote, entry, person, slot=1, at=None):
    return CrowdScore.objects.create(
        kind=vote.kind,
        round=vote.round,
        entry=entry,
        participant=person,
        slot=slot,
        points=1,
        at=at or now(),
    )


def test_who_joins_a_team_they_voted_for_can_still_change_their_vote(public_vote, entries, citizen):
    cast(public_vote, citizen, entries["Awnings"], entries["Trees"])
    OWN["in the team"](entries["Awnings"], Participant.objects.of(citizen))

    assert cast(public_vote, citizen, entries["Trees"]) == 1
    assert chosen_by(citizen) == ["Trees"]
    found = crowd_of(public_vote.round, "public", entries.values())
    assert found == {str(entries["Trees"].uuid): 1}


def test_next_version_of_an_entry_that_went_on_is_not_shown(public_vote, entries, citizen):
    triggers.lift()
    later = Round.objects.create(process=public_vote.round.process, number=2)
    triggers.install()
    Entry.objects.filter(pk=entries["Fans"].pk).update(round=later)
    rows = Entry.objects.filter(process=public_vote.round.process)

    shown = shown_entries(public_vote, rows, None)

    assert sorted(one.title for one in shown) == ["Awnings", "Paint", "Trees"]


def test_fingerprint_of_the_opening_knows_the_votes(contest, public_vote):
    facts = ChallengeFacts.objects.get(process=contest.process)
    before = digest_of_rules(facts)
    triggers.lift()
    CrowdVote.objects.filter(pk=public_vote.pk).update(most=9)
    triggers.install()

    assert digest_of_rules(facts) != before


BREACHES = {
    "a third of two": {"slot": 3},
    "before it begins": {"at": -2 * DAY},
    "after it ended": {"at": 7 * DAY},
}


@pytest.mark.parametrize("breach", BREACHES.values(), ids=BREACHES)
def test_database_takes_votes_in_time_and_no_more_than_there_are(
    public_vote, entries, citizen, breach
):
    moment = {"at": now() + breach["at"]} if "at" in breach else breach

    with pytest.raises(IntegrityError), transaction.atomic():
        give(public_vote, entries["Awnings"], Participant.objects.of(citizen), **moment)


def test_vote_is_neither_deleted_nor_handed_on(public_vote, entries, citizen, neighbour):
    cast(public_vote, citizen, entries["Awnings"])
    row = CrowdScore.objects.get()

    with pytest.raises(IntegrityError), transaction.atomic():
        row.delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        CrowdScore.objects.update(participant=Participant.objects.of(neighbour))


@pytest.mark.parametrize(
    ("moment", "code"),
    [
        (lambda vote: vote.opens_at - timedelta(microseconds=1), "not-open-yet"),
        (lambda vote: vote.opens_at, None),
        (lambda vote: vote.closes_at - timedelta(microseconds=1), None),
        (lambda vote: vote.closes_at, "closed"),
    ],
    ids=["a moment too early", "the first moment", "the last moment", "the first moment after"],
)
def test_clock_of_the_database_opens_and_closes_the_vote(
    public_vote, entries, citizen, set_clock, moment, code
):
    set_clock(moment(public_vote))

    if code is None:
        assert cast(public_vote, citizen, entries["Awnings"]) == 1
        return
    with pytest.raises(ActionRefused) as refused:
        cast(public_vote, citizen, entries["Awnings"])
    assert refused.value.code == code


def test_what_waits_for_somebody_or_is_hidden_is_not_voted_on(public_vote, entries, citizen):
    waits, hidden = entries["Awnings"].contribution, entries["Trees"].contribution
    waits.held_by = "challenge moderation"
    hidden.state, hidden.held_by = "hidden", ""
    waits.save()
    hidden.save()

    assert [entry.title for entry in entries_on(public_vote)] == ["Paint", "Fans"]
    with pytest.raises(ActionRefused) as refused:
        cast(public_vote, citizen, entries["Awnings"])
    assert refused.value.code == "not-here"


def test_judges_score_on_their_sheets_only(public_vote, round_, entries, citizen):
    add_judge(round_, citizen)

    with pytest.raises(ActionRefused) as refused:
        cast(public_vote, citizen, entries["Awnings"])

    assert refused.value.code == "judge"
    Judge.objects.update(state="recused")
    assert cast(public_vote, citizen, entries["Awnings"]) == 1
