"""Who may do what with a challenge: one table of roles, times and steps, own, other and foreign."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from civic_sourcing.challenges.actions import LengthenRound, RaisePrize
from civic_sourcing.challenges.actions.entries import BeginEntry, SubmitEntry, WithdrawEntry
from civic_sourcing.challenges.entering.documents import WORDS
from civic_sourcing.challenges.models import ChallengeIndexPage, Prize, Round
from civic_sourcing.challenges.sealing import may_read
from civic_sourcing.core import clock
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.participants.models import Participant
from tests.challenges.conftest import DAY
from tests.challenges.contests import add_judge
from tests.challenges.entering import conftest as solving
from tests.rights import read_table, roles_in, tried

pytestmark = pytest.mark.django_db

begin = solving.begin
draft = solving.draft
hand_in = solving.hand_in
handed_in = solving.handed_in
rival = solving.rival
solver = solving.solver

PHASES = {
    "u": ("opens_at", -timedelta(seconds=1)),
    "o": ("closes_at", -timedelta(seconds=1)),
    "j": ("closes_at", timedelta(0)),
    "x": ("judging_until", DAY),
}
"""Upcoming, open to the last second, judging from the deadline on, over."""

MAY = """
                    begin replace withdraw read  lengthen judge_longer raise
anonymous           -     -       -        -     -        -            -
citizen             o     -       -        -     -        -            -
solver              o     o       any      any   -        -            -
member              o     -       -        any   -        -            -
rival               o     -       -        -     -        -            -
judge               -     -       -        -     -        -            -
manager             o     -       -        jx    uo       any          any
solver_who_manages  o     -       -        any   uo       any          any
judge_who_manages   -     -       -        -     uo       any          any
manager_elsewhere   o     -       -        -     -        -            -
editor              o     -       -        -     -        -            -
steward             o     -       -        jx    uo       any          any
administrator       o     -       -        jx    uo       any          any
"""
"""The entry is that of ``solver`` (own for its team, other for everybody else)."""

TABLE = read_table(MAY, PHASES)


@pytest.fixture
def people(request, handed_in, make_official, make_citizen, home, index, begin, rival, challenge):
    elsewhere = home.add_child(instance=ChallengeIndexPage(title="Elsewhere", slug="elsewhere"))
    named = ("citizen", "solver", "rival", "manager", "editor", "steward", "administrator")
    found = {name: request.getfixturevalue(name) for name in named}
    found["anonymous"] = AnonymousUser()
    found["member"] = make_citizen("member")
    found["judge"] = make_citizen("judge")
    found["judge who manages"] = make_official("both", "challenge_manager", index)
    found["solver who manages"] = make_official("own", "challenge_manager", index)
    found["manager elsewhere"] = make_official("other", "challenge_manager", elsewhere)
    for name in ("member", "solver who manages"):
        join(handed_in, found[name])
    for name in ("judge", "judge who manages"):
        add_judge(handed_in.round, found[name])
    handed_in.team_name = "Cool Yard"
    handed_in.save()
    begin(rival)
    return {role: found[role] for role in roles_in(MAY)}


def join(entry, user):
    entry.members.create(
        participant=Participant.objects.of(user), invited_at=clock.now(), joined_at=clock.now()
    )


@pytest.fixture
def steps(handed_in, challenge):
    round_ = Round.objects.get(process=challenge.process)
    grand = Prize.objects.get(process=challenge.process, place=1)

    def read(user):
        if not may_read(user, handed_in, clock.now()):
            raise ActionRefused("Sealed.", code="sealed")

    def later(name):
        def lengthen(user):
            moment = max(getattr(round_, name), clock.now()) + DAY
            LengthenRound(round_, by=user, reason="Rain.", **{name: moment}).execute()

        return lengthen

    words = {**{name: solving.SAID[name] for name in WORDS}, "description": "Finer mist."}
    return {
        "begin": lambda user: BeginEntry(challenge.process, by=user).execute(),
        "replace": lambda user: SubmitEntry(handed_in, by=user, words=words).execute(),
        "withdraw": lambda user: WithdrawEntry(handed_in, by=user).execute(),
        "read": read,
        "lengthen": later("closes_at"),
        "judge_longer": later("judging_until"),
        "raise": lambda user: RaisePrize(
            grand, by=user, amount=200_000, reason="A sponsor."
        ).execute(),
    }


@pytest.mark.parametrize("step", TABLE)
def test_rights(step, steps, people, challenge, set_clock):
    round_ = Round.objects.get(process=challenge.process)

    def enter(phase):
        name, after = phase
        set_clock(getattr(round_, name) + after)

    assert tried(steps[step], people, PHASES, enter) == TABLE[step]
