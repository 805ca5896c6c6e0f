"""Who may do what while a challenge is judged: roles, times and steps, own, other and foreign."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from civic_sourcing.challenges.models import (
    ChallengeFacts,
    ChallengeIndexPage,
)
from civic_sourcing.challenges.panel.actions import (
    AcceptJudging,
    AssignEntries,
    ChooseCalibration,
    CompleteSheet,
    DeclareConflict,
    DeclineJudging,
    EndAssignment,
    InviteJudge,
    RemindJudges,
    SaveSheet,
    StepDown,
)
from civic_sourcing.participants.models import Participant
from tests.challenges.contests import add_entry, add_judge
from tests.challenges.panel.conftest import CLOSED
from tests.challenges.panel.sheets import full
from tests.rights import read_table, roles_in, tried

pytestmark = pytest.mark.django_db

PHASES = {
    "o": ("closes_at", -timedelta(seconds=1)),
    "j": ("judging_until", -timedelta(seconds=1)),
    "x": ("judging_until", timedelta(0)),
}
"""Open to the last second, judged to the last second, over."""

MAY = """
                  declare save hand_in conflict accept decline leave invite assign scale take remind
anonymous         -       -    -       -        -      -       -     -      -      -     -    -
citizen           -       -    -       -        -      -       -     -      -      -     -    -
solver            -       -    -       -        -      -       -     -      -      -     -    -
invited           -       -    -       -        any    any     -     -      -      -     -    -
own_judge         any     j    j       any      -      -       any   -      -      -     -    -
other_judge       -       -    -       -        -      -       -     -      -      -     -    -
foreign_judge     -       -    -       -        -      -       -     -      -      -     -    -
judge_who_manages -       -    -       -        -      -       -     -      -      -     -    -
solver_who_leads  -       -    -       -        -      -       -     -      -      -     -    -
manager           -       -    -       -        -      -       -     any    jx     jx    any  j
manager_elsewhere -       -    -       -        -      -       -     -      -      -     -    -
editor            -       -    -       -        -      -       -     -      -      -     -    -
steward           -       -    -       -        -      -       -     any    jx     jx    any  j
administrator     -       -    -       -        -      -       -     any    jx     jx    any  j
"""
"""The assignment and the seat are those of ``own judge``, the invitation is that of ``invited``."""

TABLE = read_table(MAY, PHASES)


@pytest.fixture
def people(
    request, round_, assigned, judges, make_official, make_challenge, make_citizen, index, home
):
    elsewhere = home.add_child(instance=ChallengeIndexPage(title="Elsewhere", slug="elsewhere"))
    foreign = make_challenge("Elsewhere", rounds=CLOSED, parent=elsewhere).process.rounds.get()
    found = {"anonymous": AnonymousUser(), "own judge": judges[0], "other judge": judges[1]}
    for role in ("citizen", "solver", "manager", "editor", "steward", "administrator"):
        found[role] = request.getfixturevalue(role)
    found["invited"] = make_citizen("invited")
    found["foreign judge"] = make_citizen("foreign")
    found["judge who manages"] = make_official("both", "challenge_manager", index)
    found["solver who leads"] = make_official("leads", "challenge_manager", index)
    found["manager elsewhere"] = make_official("far", "challenge_manager", elsewhere)
    add_judge(foreign, found["foreign judge"])
    add_judge(round_, found["judge who manages"])
    add_entry(round_, found["solver who leads"], "Late")
    return {role: found[role] for role in roles_in(MAY)}


@pytest.fixture
def steps(round_, people, opened, assignments_of, entries, judge_of, neighbour, manager):
    facts = ChallengeFacts.objects.get(process=round_.process)
    own = people["own judge"]
    row = opened(own)
    unread = next(each for each in assignments_of(own) if each.pk != row.pk)
    asked = InviteJudge(
        facts, by=manager, participant=Participant.objects.of(people["invited"])
    ).execute()
    someone = Participant.objects.of(neighbour)
    return {
        "declare": lambda by: DeclareConflict(unread, by=by, conflict=False).execute(),
        "save": lambda by: SaveSheet(row, by=by, **full(round_)).execute(),
        "hand_in": lambda by: CompleteSheet(row, by=by, **full(round_)).execute(),
        "conflict": lambda by: DeclareConflict(row, by=by, conflict=True, note="Kin.").execute(),
        "accept": lambda by: AcceptJudging(asked, by=by, promised=True).execute(),
        "decline": lambda by: DeclineJudging(asked, by=by).execute(),
        "leave": lambda by: StepDown(judge_of(own), by=by).execute(),
        "invite": lambda by: InviteJudge(facts, by=by, participant=someone).execute(),
        "assign": lambda by: AssignEntries(round_, by=by, per_entry=3).execute(),
        "scale": lambda by: ChooseCalibration(round_, by=by, entry=entries[0]).execute(),
        "take": lambda by: EndAssignment(unread, by=by).execute(),
        "remind": lambda by: RemindJudges(round_, by=by).execute(),
    }


@pytest.mark.parametrize("step", TABLE)
def test_rights(step, steps, people, round_, set_clock):
    def enter(phase):
        name, after = phase
        set_clock(getattr(round_, name) + after)

    assert tried(steps[step], people, PHASES, enter) == TABLE[step]
