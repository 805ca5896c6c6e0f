"""Teams, the young, entries by the office, questions."""

import pytest

from civic_sourcing.attribution.models import Credit
from civic_sourcing.challenges.actions.entries import SubmitEntry
from civic_sourcing.challenges.actions.on_behalf import DisownEntry, EnterEntryFor, VerifyEntry
from civic_sourcing.challenges.actions.teams import (
    InviteMember,
    JoinTeam,
    LeaveTeam,
    NameTeam,
)
from civic_sourcing.challenges.asking.actions import AskQuestion, ReplyToQuestion
from civic_sourcing.challenges.entering.jobs import open_due
from civic_sourcing.challenges.models import ChallengeFacts, Entry, SolverQuestion, TeamMember
from civic_sourcing.core.clock import now
from civic_sourcing.core.exceptions import ActionForbidden, ActionRefused
from civic_sourcing.notifications.models import Notification
from civic_sourcing.participants.age import tell_of_answer
from civic_sourcing.participants.models import GuardianConsent, Participant
from tests.scenes import maker, scene

from .conftest import SAID


@maker
def join():
    def join(entry, captain, user, *, role=""):
        member = InviteMember(entry, by=captain, invitee=user.username, role=role).execute()
        return JoinTeam(member, by=user).execute()

    return join


@scene
def expert_wanted(make_challenge):
    return make_challenge("For teams", team_roles=["expert"])


def test_team_without_its_demanded_role_hands_nothing_in(begin, expert_wanted, solver, rival, join):
    entry = begin(solver, page=expert_wanted)

    with pytest.raises(ActionRefused) as error:
        SubmitEntry(entry, by=solver, words=SAID).execute()
    assert error.value.code == "role-missing"

    member = join(entry, solver, rival, role="expert")
    NameTeam(entry, by=solver, team_name="Shade").execute()
    SubmitEntry(entry, by=solver, words=SAID).execute()
    LeaveTeam(entry, by=rival).execute()
    assert (Entry.objects.get().state, member.role) == ("draft", "expert")


def test_captain_who_leaves_hands_over_to_who_joined_first(draft, solver, rival, neighbour, join):
    join(draft, solver, rival)
    join(draft, solver, neighbour)

    LeaveTeam(draft, by=solver).execute()

    assert Entry.objects.get().captain.user == rival
    assert TeamMember.objects.present().count() == 2


def test_captain_alone_withdraws_instead(draft, solver):
    with pytest.raises(ActionRefused) as error:
        LeaveTeam(draft, by=solver).execute()

    assert error.value.code == "alone"


def test_invitation_is_for_who_it_names(draft, solver, rival, neighbour):
    member = InviteMember(draft, by=solver, invitee=rival.username).execute()

    with pytest.raises(ActionForbidden):
        JoinTeam(member, by=neighbour).execute()


def test_everybody_in_the_team_is_credited_once_it_is_opened(
    draft, solver, rival, join, hand_in, after_deadline, set_clock
):
    join(draft, solver, rival)
    NameTeam(draft, by=solver, team_name="Shade").execute()
    hand_in(draft, solver)

    entry = after_deadline(draft, set_clock)

    assert entry.contribution.author.user == solver
    assert [credit.participant.user for credit in Credit.objects.all()] == [rival]


def test_entry_with_a_minor_waits_for_the_guardian(
    draft, solver, rival, join, hand_in, after_deadline, set_clock
):
    join(draft, solver, rival)
    Participant.objects.filter(user=rival).update(age_band="minor")
    NameTeam(draft, by=solver, team_name="Shade").execute()
    hand_in(draft, solver)
    entry = after_deadline(draft, set_clock)
    assert not Entry.objects.to_judge().exists()

    consent(rival, "consented")

    assert list(Entry.objects.to_judge()) == [entry]


def test_guardian_who_refuses_takes_the_childs_entry_away(handed_in, solver):
    Participant.objects.filter(user=solver).update(age_band="minor")

    consent(solver, "refused")

    entry = Entry.objects.get()
    assert (entry.state, entry.handed_in) == ("withdrawn", {})


def consent(user, state):
    """The guardian of ``user`` answers."""
    row = GuardianConsent(participant=Participant.objects.of(user), state=state, asked_at=now())
    if state == "consented":
        row.answered_at = now()
    row.save()
    tell_of_answer(row)


def test_what_the_office_enters_counts_once_its_solver_says_so(
    challenge, manager, rival, set_clock, client
):
    entry = EnterEntryFor(challenge.process, by=manager, solver="rival", words=SAID).execute()
    client.force_login(manager)
    assert client.get(f"{challenge.url}enter/{entry.uuid}/receipt/").status_code == 404
    with pytest.raises(ActionForbidden):
        VerifyEntry(entry, by=manager).execute()
    set_clock(entry.round.closes_at)
    open_due(now())
    assert not Entry.objects.to_judge().exists()

    VerifyEntry(entry, by=rival).execute()
    open_due(now())

    assert list(Entry.objects.to_judge()) == [entry]


def test_who_did_not_ask_for_it_has_it_taken_out(challenge, manager, rival):
    entry = EnterEntryFor(challenge.process, by=manager, solver="rival", words=SAID).execute()

    DisownEntry(entry, by=rival).execute()

    assert Entry.objects.get().handed_in == {}


def test_everybody_reads_the_reply_and_nobody_who_asked(
    client, challenge, draft, solver, rival, manager
):
    client.force_login(rival)
    client.post(f"{challenge.url}questions/", {"text": "May it be portable?"})
    question = SolverQuestion.objects.get()
    client.logout()
    assert "portable" not in client.get(f"{challenge.url}questions/").text

    ReplyToQuestion(question, by=manager, reply="Yes, it may.").execute()

    page = client.get(f"{challenge.url}questions/").text
    assert "Yes, it may." in page
    assert rival.username not in page
    told = set(Notification.objects.filter(about=question.uuid).values_list("user", flat=True))
    assert {solver.pk, rival.pk} <= told


def test_no_question_after_the_deadline(challenge, draft, rival, set_clock):
    set_clock(draft.round.closes_at)

    with pytest.raises(ActionRefused) as error:
        AskQuestion(challenge.process, by=rival, text="Still?").execute()

    assert error.value.code == "closed"
    assert ChallengeFacts.objects.exists()
