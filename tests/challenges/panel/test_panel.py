"""Who is on the panel, and who judges what."""

from collections import Counter

import pytest
from django.contrib.auth.models import AnonymousUser

from civic_sourcing.challenges.models import Assignment, ChallengeFacts, JudgeState
from civic_sourcing.challenges.panel import jobs
from civic_sourcing.challenges.panel.actions import (
    AssignByHand,
    AssignEntries,
    ChooseCalibration,
    CompleteSheet,
    DeclareConflict,
    DeclineJudging,
    EndAssignment,
    InviteJudge,
    RemindJudges,
    StepDown,
)
from civic_sourcing.challenges.panel.people import alias_of
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.notifications.models import Notification, OutboxMessage
from civic_sourcing.participants.models import Participant
from tests.challenges.panel.conftest import DAY, accept, criteria_of
from tests.challenges.panel.sheets import full

pytestmark = pytest.mark.django_db


def invite(page, manager, **whom):
    facts = ChallengeFacts.objects.get(process=page.process)
    return InviteJudge(facts, by=manager, **whom).execute()


def token_in_letter():
    return OutboxMessage.objects.latest("created_at").url.rstrip("/").rpartition("/")[2]


def test_somebody_with_an_account_is_asked_and_joins_once(contest, manager, neighbour):
    judge = invite(contest, manager, participant=Participant.objects.of(neighbour))

    accept(judge, neighbour)

    judge.refresh_from_db()
    assert (judge.state, judge.alias) == (JudgeState.ACCEPTED, "A")
    assert Notification.objects.filter(user=neighbour, about=judge.uuid).exists()
    with pytest.raises(ActionRefused) as refused:
        accept(judge, neighbour)
    assert refused.value.code == "answered"


def test_a_letter_is_enough_to_join_or_to_decline_but_a_wrong_one_is_not(
    contest, manager, neighbour, citizen
):
    judge = invite(contest, manager, address="expert@example.org")
    token = token_in_letter()

    with pytest.raises(ActionRefused) as refused:
        accept(judge, citizen, token=f"{token}x")
    accept(judge, neighbour, token=token)
    other = invite(contest, manager, address="second@example.org")
    DeclineJudging(other, by=None, token=token_in_letter()).execute()

    assert refused.value.code == "forbidden"
    assert contest.process.judges.get(participant__user=neighbour).state == JudgeState.ACCEPTED
    other.refresh_from_db()
    assert (other.state, other.participant) == (JudgeState.DECLINED, None)


def test_a_solver_neither_judges_nor_leads_the_judging(contest, manager, entries, solver):
    with pytest.raises(ActionRefused) as refused:
        invite(contest, manager, participant=Participant.objects.of(solver))
    letter = invite(contest, manager, address="mina@example.org")
    with pytest.raises(ActionRefused) as still:
        accept(letter, solver, token=token_in_letter())
    manager_too = entries[1]
    manager_too.captain = Participant.objects.of(manager)
    manager_too.save()
    with pytest.raises(ActionRefused) as own:
        invite(contest, manager, address="friend@example.org")

    assert [each.value.code for each in (refused, still, own)] == ["is-solver", "is-solver", "own"]


def test_entries_are_shared_out_evenly_and_a_conflict_leaves_a_gap_that_is_filled(
    assigned, judges, manager, assignments_of
):
    before = Counter(row.entry_id for user in judges for row in assignments_of(user))
    row = assignments_of(judges[0])[0]

    DeclareConflict(row, by=judges[0], conflict=True, note="My cousin.").execute()
    plan = AssignEntries(assigned, by=manager).execute()

    assert set(before.values()) == {2}
    assert [pair[1] for pair in plan.pairs] == [row.entry_id]
    live = Assignment.objects.filter(ended_at=None)
    assert set(Counter(live.values_list("entry", flat=True)).values()) == {2}
    assert not live.filter(judge=row.judge_id, entry=row.entry_id).exists()
    assert Notification.objects.filter(user=manager).exists()


def test_nothing_is_assigned_before_the_deadline_or_without_judges(
    make_challenge, contest, entries, manager
):
    still_open = make_challenge("Open", rounds=((-DAY, DAY, 3 * DAY),)).process.rounds.get()

    codes = []
    for each in (still_open, contest.process.rounds.get()):
        with pytest.raises(ActionRefused) as refused:
            AssignEntries(each, by=manager).execute()
        codes.append(refused.value.code)

    assert codes == ["not-closed", "no-judges"]


def test_by_hand_never_against_a_conflict_or_across_challenges(
    assigned, entries, judges, manager, judge_of, assignments_of, make_challenge, make_citizen
):
    row = assignments_of(judges[0])[0]
    DeclareConflict(row, by=judges[0], conflict=True, note="My cousin.").execute()
    stranger = make_challenge("Other", rounds=((-5 * DAY, -DAY, DAY),)).process.rounds.get()
    judge = judge_of(judges[0])

    codes = []
    for where, entry in ((assigned, row.entry), (stranger, row.entry), (assigned, entries[0])):
        with pytest.raises(ActionRefused) as refused:
            rows = Assignment.objects.filter(judge=judge, entry=entry, ended_at=None)
            if where is assigned and entry == entries[0] and not rows.exists():
                AssignByHand(where, by=manager, judge=judge, entry=entry).execute()
            AssignByHand(where, by=manager, judge=judge, entry=entry).execute()
        codes.append(refused.value.code)

    assert codes[0] == "conflict"
    assert codes[1] == "no-judges"
    assert codes[2] in {"assigned", "conflict"}


def test_what_is_taken_away_can_be_given_again_by_hand_only(
    assigned, judges, manager, assignments_of, judge_of
):
    row = assignments_of(judges[1])[0]

    EndAssignment(row, by=manager).execute()
    plan = AssignEntries(assigned, by=manager, per_entry=3).execute()
    AssignByHand(assigned, by=manager, judge=judge_of(judges[1]), entry=row.entry).execute()

    assert (row.judge_id, row.entry_id) not in plan.pairs
    row.refresh_from_db()
    assert row.ended_at is None


def test_who_steps_down_frees_what_is_not_scored_and_keeps_what_is(
    assigned, judges, opened, judge_of, assignments_of
):
    row = opened(judges[2])
    CompleteSheet(row, by=judges[2], **full(assigned)).execute()

    StepDown(judge_of(judges[2]), by=judges[2]).execute()

    assert [one.pk for one in assignments_of(judges[2])] == [row.pk]


def test_everybody_scores_the_entry_that_sets_the_scale_first(
    assigned, entries, judges, manager, opened, assignments_of
):
    ChooseCalibration(assigned, by=manager, entry=entries[3]).execute()
    other = next(row for row in assignments_of(judges[0]) if row.entry_id != entries[3].pk)
    DeclareConflict(other, by=judges[0], conflict=False).execute()

    with pytest.raises(ActionRefused) as refused:
        CompleteSheet(other, by=judges[0], **full(assigned)).execute()
    CompleteSheet(opened(judges[0], entries[3]), by=judges[0], **full(assigned)).execute()
    CompleteSheet(other, by=judges[0], **full(assigned)).execute()

    assert refused.value.code == "calibrate-first"
    assert Assignment.objects.filter(is_calibration=True).count() == 3


def test_reminders_go_once_to_those_who_have_not_finished(
    assigned, judges, manager, assignments_of, set_clock, opened
):
    for row in assignments_of(judges[0]):
        DeclareConflict(row, by=judges[0], conflict=False).execute()
        CompleteSheet(row, by=judges[0], **full(assigned)).execute()

    assert RemindJudges(assigned, by=manager).execute() == 2
    with pytest.raises(ActionRefused):
        RemindJudges(assigned, by=manager).execute()
    said = [jobs.remind_of_judging(assigned.judging_until - n * DAY) for n in (4, 3, 2, 1)]

    assert said == ["0 reminded", "2 reminded", "0 reminded", "2 reminded"]


@pytest.mark.parametrize("who", ["citizen", "neighbour", "solver", "visitor"])
def test_only_managers_lead(who, request, assigned, assignments_of, judges):
    user = AnonymousUser() if who == "visitor" else request.getfixturevalue(who)

    for step in (
        AssignEntries(assigned, by=user),
        EndAssignment(assignments_of(judges[0])[0], by=user),
        RemindJudges(assigned, by=user),
    ):
        with pytest.raises(ActionRefused) as refused:
            step.execute()
        assert refused.value.code in {"forbidden", "sign-in"}


def test_aliases_of_entries_tell_no_order(entries):
    aliases = [alias_of(entry) for entry in entries]

    assert len(set(aliases)) == len(entries)
    assert all(entry.title not in alias for entry, alias in zip(entries, aliases, strict=True))
    assert criteria_of(entries[0].round)
