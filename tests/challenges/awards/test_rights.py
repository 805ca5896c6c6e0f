"""Who decides and pays: one table of roles, states of a contest and steps."""

from functools import partial

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ObjectDoesNotExist

from civic_sourcing.challenges.awards import actions as awards
from civic_sourcing.challenges.awards import instalments
from civic_sourcing.challenges.awards.instalments import Part
from civic_sourcing.challenges.models import (
    Award,
    ChallengeIndexPage,
    Decision,
    Entry,
    Instalment,
    Round,
)
from civic_sourcing.challenges.results import actions as results
from civic_sourcing.challenges.results.finishing import FinaliseDecision
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.participants.models import Participant
from tests.challenges.awards.conftest import backdate
from tests.challenges.contests import add_judge, confirm, finalise, ranking_of, winners
from tests.rights import read_table, roles_in, tried

pytestmark = pytest.mark.django_db

PHASES = {"j": "judged", "p": "proposed", "v": "verified", "o": "offered", "a": "payable"}

MAY = """
                   rank propose confirm withdraw finish take papers plan reach pay cancel describe
anonymous          -    -       -       -        -      -    -      -    -     -   -      -
citizen            -    -       -       -        -      -    -      -    -     -   -      -
captain            -    -       -       -        -      o    -      -    -     -   -      -
loser              -    -       -       -        -      -    -      -    -     -   -      -
judge              -    -       -       -        -      -    -      -    -     -   -      -
judge_who_manages  -    -       -       -        -      -    -      -    -     -   -      -
loser_who_manages  -    -       -       -        -      -    -      -    -     -   -      -
manager            j    j       -       pv       v      -    -      oa   a     -   oa     oa
second_manager     j    j       p       pv       v      -    -      oa   a     a   oa     oa
manager_elsewhere  -    -       -       -        -      -    -      -    -     -   -      -
steward            j    j       p       pv       v      -    -      oa   a     a   oa     oa
administrator      j    j       p       pv       v      -    -      oa   a     a   oa     oa
"""
"""``papers`` is in no column of states here: it comes between acceptance and payment."""

TABLE = read_table(MAY, PHASES)


def proposal_of(by):
    round_ = Round.objects.get()
    best = round_.entries.get(title="Awnings")
    return results.ProposeWinners(
        round_,
        by=by,
        ranking=round_.rankings.get(),
        named=winners(round_, best),
        reason="One prize is enough.",
    )


STEPS = {
    "rank": lambda by: results.RankEntries(Round.objects.get(), by=by),
    "propose": proposal_of,
    "confirm": lambda by: results.ConfirmWinners(Decision.objects.get(), by=by),
    "withdraw": lambda by: results.WithdrawDecision(Decision.objects.get(), by=by, reason="No."),
    "finish": lambda by: FinaliseDecision(Decision.objects.get(), by=by),
    "take": lambda by: awards.AcceptAward(Award.objects.get(), by=by),
    "papers": lambda by: awards.CompletePapers(Award.objects.get(), by=by),
    "plan": lambda by: instalments.PlanInstalments(
        Award.objects.get(), by=by, parts=[Part("All", 100_000)]
    ),
    "reach": lambda by: instalments.ReachMilestone(Instalment.objects.get(), by=by),
    "pay": lambda by: instalments.PayInstalment(Instalment.objects.get(), by=by),
    "cancel": lambda by: awards.ProposeCancelling(Award.objects.get(), by=by, reason="No."),
    "describe": lambda by: awards.DescribeWinner(Award.objects.get(), by=by, summary={"en": "!"}),
}


@pytest.fixture
def people(
    contest, captain, loser, judge, manager, steward, make_official, index, home, make_citizen,
    django_user_model, give_role,
):  # fmt: skip
    elsewhere = home.add_child(instance=ChallengeIndexPage(title="Elsewhere", slug="elsewhere"))
    found = {
        "anonymous": AnonymousUser(),
        "citizen": make_citizen("citizen"),
        "captain": captain,
        "loser": loser,
        "judge": judge,
        "judge who manages": give_role(contest.process, "judge"),
        "loser who manages": give_role(contest.process, "entry"),
        "manager": manager,
        "second manager": make_official("second", "challenge_manager", index),
        "manager elsewhere": make_official("far", "challenge_manager", elsewhere),
        "steward": steward,
        "administrator": django_user_model.objects.create_superuser("root", "r@example.org", "x"),
    }
    assert list(found) == roles_in(MAY)
    return found


@pytest.fixture
def give_role(make_official, index):
    """A manager who is on the panel, too, or has an entry begun."""

    def give(process, what):
        user = make_official(f"{what} who manages", "challenge_manager", index)
        round_ = process.rounds.get()
        if what == "judge":
            add_judge(round_, user)
        else:
            at = round_.opens_at
            person = Participant.objects.of(user)
            Entry.objects.create(
                process=process, round=round_, captain=person, created_at=at, changed_at=at
            )
        return user

    return give


@pytest.fixture
def enter(contest, manager, steward, captain, request):
    """Bring the contest from one state to the next; they are asked for in their order."""

    def go(state):
        if state == "judged":
            ranking_of(contest, manager)
        elif state == "proposed":
            proposal_of(manager).execute()
        elif state == "verified":
            backdate(confirm(Decision.objects.get(), steward))
        elif state == "offered":
            finalise(Decision.objects.get())
        else:
            award = Award.objects.get()
            awards.AcceptAward(award, by=captain).execute()
            awards.CompletePapers(award, by=manager).execute()
            STEPS["plan"](manager).execute()
            STEPS["reach"](manager).execute()

    return go


def test_only_who_stands_apart_decides_and_pays(people, enter):
    found = {step: set() for step in STEPS}

    for letter, state in PHASES.items():
        enter(state)
        for name, step in STEPS.items():
            here = {letter: state}
            found[name] |= tried(partial(_take, step), people, here, lambda phase: None)

    assert found == {step: TABLE[step] for step in STEPS}


def _take(step, user):
    try:
        return step(user).execute()
    except ObjectDoesNotExist:
        raise ActionRefused("There is nothing yet.", code="nothing-yet") from None
