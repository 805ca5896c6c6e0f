"""Who may do what in a team and with questions: roles, times and steps, own, other and foreign."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from civic_sourcing.challenges.actions.on_behalf import EnterEntryFor
from civic_sourcing.challenges.actions.teams import (
    DeclinePlace,
    HandOver,
    InviteMember,
    JoinTeam,
    LeaveTeam,
    NameTeam,
    RemoveMember,
)
from civic_sourcing.challenges.asking.actions import AskQuestion, ReplyToQuestion
from civic_sourcing.challenges.models import ChallengeIndexPage, Round
from tests.challenges.contests import add_judge
from tests.challenges.entering.conftest import SAID
from tests.rights import read_table, roles_in, tried

pytestmark = pytest.mark.django_db

PHASES = {
    "u": ("opens_at", -timedelta(seconds=1)),
    "o": ("closes_at", -timedelta(seconds=1)),
    "j": ("closes_at", timedelta(0)),
}
"""Upcoming, open to the last second, judged from the deadline on."""

MAY = """
                  name invite remove hand_over join decline leave enter_for ask reply
anonymous         -    -      -      -         -    -       -     -         -   -
citizen           -    -      -      -         -    -       -     -         uo  -
captain           o    o      o      o         -    -       any   -         uo  -
member            -    -      -      -         -    -       any   -         uo  -
invited           -    -      -      -         o    any     -     -         uo  -
rival             -    -      -      -         -    -       -     -         uo  -
judge             -    -      -      -         -    -       -     -         uo  -
manager           -    -      -      -         -    -       -     o         uo  any
manager_elsewhere -    -      -      -         -    -       -     -         uo  -
editor            -    -      -      -         -    -       -     -         uo  -
steward           -    -      -      -         -    -       -     o         uo  any
administrator     -    -      -      -         -    -       -     o         uo  any
"""
"""The entry is that of ``captain`` and ``member``; ``rival`` leads another one."""

TABLE = read_table(MAY, PHASES)


@pytest.fixture
def people(request, challenge, make_citizen, make_official, home, solver, rival, begin):
    elsewhere = home.add_child(instance=ChallengeIndexPage(title="Elsewhere", slug="elsewhere"))
    found = {"anonymous": AnonymousUser(), "captain": solver, "rival": rival}
    for role in ("citizen", "manager", "editor", "steward", "administrator"):
        found[role] = request.getfixturevalue(role)
    for role in ("member", "invited", "judge"):
        found[role] = make_citizen(role, email=f"{role}@example.org")
    found["manager elsewhere"] = make_official("far", "challenge_manager", elsewhere)
    add_judge(challenge.process.rounds.get(), found["judge"])
    begin(rival)
    return {role: found[role] for role in roles_in(MAY)}


@pytest.fixture
def steps(people, handed_in, challenge, make_citizen):
    process, captain, entry = challenge.process, people["captain"], handed_in
    make_citizen("newcomer", email="newcomer@example.org")
    mate = InviteMember(entry, by=captain, invitee="member").execute()
    JoinTeam(mate, by=people["member"]).execute()
    asked = InviteMember(entry, by=captain, invitee="invited").execute()
    question = AskQuestion(process, by=people["rival"], text="May it be a tent?").execute()
    words = {name: SAID[name] for name in ("title", "brief", "description")}
    return {
        "name": lambda by: NameTeam(entry, by=by, team_name="Cool Yard").execute(),
        "invite": lambda by: InviteMember(entry, by=by, invitee="newcomer").execute(),
        "remove": lambda by: RemoveMember(entry, by=by, member=mate).execute(),
        "hand_over": lambda by: HandOver(entry, by=by, successor=mate).execute(),
        "join": lambda by: JoinTeam(asked, by=by).execute(),
        "decline": lambda by: DeclinePlace(asked, by=by).execute(),
        "leave": lambda by: LeaveTeam(entry, by=by).execute(),
        "enter_for": lambda by: EnterEntryFor(
            process, by=by, solver="newcomer", words=words
        ).execute(),
        "ask": lambda by: AskQuestion(process, by=by, text="How hot is it?").execute(),
        "reply": lambda by: ReplyToQuestion(question, by=by, reply="It may.").execute(),
    }


@pytest.mark.parametrize("step", TABLE)
def test_rights(step, steps, people, challenge, set_clock):
    round_ = Round.objects.get(process=challenge.process)

    def enter(phase):
        name, after = phase
        set_clock(getattr(round_, name) + after)

    assert tried(steps[step], people, PHASES, enter) == TABLE[step]
