"""Solvers score each other: who gets what, and what comes of it in the ranking."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, transaction

from civic_sourcing.challenges.crowd.actions import CastVote, ScorePeers
from civic_sourcing.challenges.crowd.jobs import assign_due, days_left, owing, remind_peers
from civic_sourcing.challenges.crowd.peers import CIRCLE, circles, share_among_peers
from civic_sourcing.challenges.models import CrowdScore, CrowdVote, Entry, Round, TeamMember
from civic_sourcing.challenges.results.actions import RankEntries
from civic_sourcing.challenges.results.rankable import crowd_of
from civic_sourcing.core.clock import now
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.notifications.models import Notification
from civic_sourcing.participants.models import Participant


def tasks_of(user):
    return {row.entry.title: row for row in CrowdScore.objects.filter(participant__user=user)}


def score(vote, by, **points):
    given = {str(Entry.objects.get(title=title).uuid): each for title, each in points.items()}
    return ScorePeers(vote, by=by, points=given).execute()


def test_everybody_scores_two_and_is_scored_by_two_never_their_own(shared_out, entries):
    rows = CrowdScore.objects.filter(kind="peer")

    assert set(Counter(rows.values_list("participant", flat=True)).values()) == {2}
    assert set(Counter(rows.values_list("entry", flat=True)).values()) == {2}
    assert not any(row.entry.captain_id == row.participant_id for row in rows)


def test_entries_are_given_out_once_and_everybody_is_told_once(shared_out):
    assign_due(now())
    assign_due(now())

    assert CrowdScore.objects.filter(kind="peer").count() == 8
    told = Notification.objects.filter(category="civic_challenges.entries")
    assert told.count() == 4


def reminded():
    told = Notification.objects.filter(subject__startswith="Entries of others wait")
    return sorted(each.user.username for each in told)


def test_who_has_not_scored_is_reminded_three_days_and_one_day_before_the_end(
    shared_out, entries, captain_of, set_clock
):
    done, half = captain_of("Fans"), captain_of("Trees")
    score(shared_out, done, **dict.fromkeys(tasks_of(done), 3))
    score(shared_out, half, **{next(iter(tasks_of(half))): 3})
    waiting = ["captain of Awnings", "captain of Paint", "captain of Trees"]

    for days, names in ((4, []), (3, waiting), (2.5, waiting), (1, sorted(waiting * 2))):
        set_clock(shared_out.closes_at - timedelta(days=days))
        remind_peers(now())
        assert reminded() == names, days
    set_clock(shared_out.closes_at)

    assert remind_peers(now()) == "0 reminded"


def test_nobody_is_reminded_of_what_cannot_be_scored_any_more(shared_out, entries, captain_of):
    for title, row in tasks_of(captain_of("Fans")).items():
        contribution = entries[title].contribution
        contribution.held_by = "moderation"
        contribution.save()
        assert row.points is None

    assert captain_of("Fans") not in [person.user for person in owing(shared_out)]


@pytest.mark.parametrize(
    ("lasts", "left", "days"), [(7, 3, 3), (7, 2, 3), (7, 1, 1), (7, 4, 0), (3, 3, 0), (1, 0.5, 0)]
)
def test_no_reminder_comes_as_early_as_the_vote_itself(lasts, left, days):
    at = datetime(2026, 11, 2, 12, tzinfo=UTC)
    closes_at = at + timedelta(days=left)
    vote = SimpleNamespace(opens_at=closes_at - timedelta(days=lasts), closes_at=closes_at)

    assert days_left(vote, at) == days


def test_one_to_five_points_only_for_what_was_given(shared_out, entries, captain_of):
    captain = captain_of("Awnings")
    mine = tasks_of(captain)
    title = next(iter(mine))
    other = next(name for name in entries if name not in mine and name != "Awnings")

    assert score(shared_out, captain, **{title: 4}) == 1
    assert score(shared_out, captain, **{title: 5}) == 1
    for points, code in (
        ({title: 0}, "out-of-bounds"),
        ({title: 6}, "out-of-bounds"),
        ({other: 3}, "not-here"),
        ({"Awnings": 5}, "not-here"),
    ):
        with pytest.raises(ActionRefused) as refused:
            score(shared_out, captain, **points)
        assert refused.value.code == code
    assert tasks_of(captain)[title].points == 5


def test_who_has_joined_the_team_since_scores_it_no_more(shared_out, entries, captain_of):
    captain = captain_of("Awnings")
    title, row = next(iter(tasks_of(captain).items()))
    score(shared_out, captain, **{title: 5})
    TeamMember.objects.create(
        entry=row.entry, participant=row.participant, invited_at=now(), joined_at=now()
    )

    with pytest.raises(ActionRefused) as refused:
        score(shared_out, captain, **{title: 4})
    with pytest.raises(IntegrityError), transaction.atomic():
        CrowdScore.objects.filter(pk=row.pk).update(points=4)

    assert refused.value.code == "own"
    found = crowd_of(shared_out.round, "peer", [row.entry])
    assert found == {str(row.entry.uuid): 0}


def test_strangers_score_nothing(shared_out, entries, citizen):
    with pytest.raises(ActionRefused):
        score(shared_out, citizen, Trees=5)


def test_part_of_solvers_is_their_mean_and_of_the_unscored_that_of_the_others(
    shared_out, entries, captain_of
):
    scorers = {row.participant for row in CrowdScore.objects.filter(entry=entries["Trees"])}
    for person, points in zip(sorted(scorers, key=lambda one: one.pk), (5, 3), strict=True):
        score(shared_out, person.user, Trees=points)

    found = crowd_of(shared_out.round, "peer", entries.values())

    assert set(found.values()) == {Fraction(4, 5)}


def test_part_of_the_public_is_the_share_of_the_favourite(
    public_vote, entries, citizen, neighbour, make_citizen
):
    for voter, titles in ((citizen, ("Trees", "Fans")), (neighbour, ("Trees",))):
        choices = [str(entries[title].uuid) for title in titles]
        CastVote(public_vote, by=voter, choices=choices).execute()

    found = crowd_of(public_vote.round, "public", entries.values())

    by_title = {title: found.get(str(entry.uuid)) for title, entry in entries.items()}
    assert by_title == {"Trees": 1, "Fans": Fraction(1, 2), "Awnings": None, "Paint": None}


def test_nothing_is_ranked_while_people_vote(public_vote, round_, manager, set_clock):
    with pytest.raises(ActionRefused) as refused:
        RankEntries(round_, by=manager).execute()
    set_clock(public_vote.closes_at)
    with pytest.raises(ActionRefused) as later:
        RankEntries(round_, by=manager).execute()

    assert (refused.value.code, later.value.code) == ("voting", "no-sheets")


@pytest.mark.parametrize("number", [2, 3, 59, 200])
def test_loads_stay_equal_however_many_there_are(number, db):
    people = {key: SimpleNamespace(captain_id=key) for key in range(1, number + 1)}
    vote = CrowdVote(round=Round(), most=3)

    pairs = share_among_peers(vote, people, dict.fromkeys(people))

    wanted = min(3, number - 1)
    assert set(Counter(person for person, _entry in pairs).values()) == {wanted}
    assert set(Counter(entry for _person, entry in pairs).values()) == {wanted}
    assert all(person != entry for person, entry in pairs)


@pytest.mark.parametrize("number", [1, CIRCLE, CIRCLE + 1, 10 * CIRCLE + 7])
def test_circles_are_of_much_the_same_size(number):
    sizes = [len(circle) for circle in circles(range(number), "seed")]

    assert sum(sizes) == number
    assert max(sizes) - min(sizes) <= 1
    assert max(sizes) <= 1.5 * CIRCLE + 1


def test_person_of_two_entries_scores_as_many_as_others(peer_vote, entries):
    """Captain of two: each of theirs is scored by others, and their load is no double one."""
    other = entries["Trees"]
    Entry.objects.filter(pk=other.pk).update(captain=entries["Awnings"].captain)

    assign_due(now())

    rows = CrowdScore.objects.filter(kind="peer")
    person = entries["Awnings"].captain
    assert max(Counter(rows.values_list("participant", flat=True)).values()) <= peer_vote.most
    assert not rows.filter(participant=person, entry__captain=person).exists()
    assert Participant.objects.filter(pk=person.pk).exists()
