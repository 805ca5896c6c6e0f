"""Two people at the same moment: an award is paid once, confirmed once, and never over a claim."""

import threading

import pytest

from civic_sourcing.attribution.actions.claims import FileClaim
from civic_sourcing.challenges.awards.actions import AcceptAward, CompletePapers
from civic_sourcing.challenges.awards.instalments import (
    Part,
    PayInstalment,
    PlanInstalments,
    ReachMilestone,
)
from civic_sourcing.challenges.models import Award, Decision, Instalment
from civic_sourcing.challenges.results import finishing
from civic_sourcing.challenges.results.finishing import FinaliseDecision
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.models import AuditEntry
from tests.racing import Gathering

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


class UnlockedPlan(PlanInstalments):
    """The control: holds no lock on the award, and waits before it is done for who writes too."""

    verb = "plan_unlocked"
    gathering: Gathering

    def fresh_subject(self):
        return Award.objects.get(pk=self.subject.pk)

    def perform(self):
        planned = super().perform()
        self.gathering.wait()
        return planned


class SlowFinalise(FinaliseDecision):
    """Looks for claims, whose contributions it locks, and has a claim try to overtake it."""

    verb = "finalise_slowly"
    patience = 1
    """Seconds given to the claim, which waits for the lock."""

    def check(self):
        super().check()
        self.looked.set()
        self.claimed.wait(self.patience)


class UnlockedFinalise(SlowFinalise):
    """The control: looks for claims and locks nothing."""

    verb = "finalise_unlocked"
    patience = 30

    def check(self):
        locked, finishing.open_claims = finishing.open_claims, unlocked
        try:
            super().check()
        finally:
            finishing.open_claims = locked


with_the_lock = finishing.open_claims


def unlocked(decision, *, lock=False):
    return with_the_lock(decision)


def codes(results):
    for result in results:
        assert not isinstance(result, Exception) or isinstance(result, ActionRefused), result
    return sorted(
        result.code if isinstance(result, ActionRefused) else "done" for result in results
    )


def test_an_instalment_is_paid_once(run_in_parallel, award, captain, manager, steward):
    AcceptAward(award, by=captain).execute()
    CompletePapers(award, by=manager).execute()
    PlanInstalments(award, by=manager, parts=[Part("All", 100_000)]).execute()
    only = Instalment.objects.get()
    ReachMilestone(only, by=manager).execute()

    def pay(number):
        return PayInstalment(Instalment.objects.get(pk=only.pk), by=steward).execute()

    assert codes(run_in_parallel(4, pay)) == ["done", "paid", "paid", "paid"]
    assert AuditEntry.objects.filter(action="civic_challenges.pay_instalment").count() == 1


@pytest.mark.parametrize(
    ("action", "total"),
    [(PlanInstalments, 100_000), (UnlockedPlan, 200_000)],
    ids=["locked", "control"],
)
def test_two_plans_at_once_do_not_add_up(
    run_in_parallel, award, manager, action, total, monkeypatch
):
    monkeypatch.setattr(UnlockedPlan, "gathering", Gathering(2), raising=False)

    def plan(number):
        return action(award, by=manager, parts=[Part(f"All {number}", 100_000)]).execute()

    run_in_parallel(2, plan)

    assert sum(Instalment.objects.values_list("amount", flat=True)) == total


@pytest.mark.parametrize(
    ("action", "claimed_before"),
    [(SlowFinalise, False), (UnlockedFinalise, True)],
    ids=["locked", "control"],
)
def test_no_award_overtakes_a_claim(run_in_parallel, decision, neighbour, action, claimed_before):
    """A claim that comes while the award is made waits; without the lock it is there before it."""
    contribution = decision.placements.get().entry.contribution
    events = {"looked": threading.Event(), "claimed": threading.Event()}

    def step(number):
        if number == 0:
            return action(Decision.objects.get(pk=decision.pk), by=None, **events).execute()
        events["looked"].wait(30)
        words = {"text": "I drew this first, in spring.", "evidence": "At the fair."}
        claim = FileClaim(contribution, by=neighbour, linked=None, file=None, **words).execute()
        events["claimed"].set()
        return claim

    assert codes([one for one in run_in_parallel(2, step) if isinstance(one, Exception)]) == []
    claimed, final = (
        AuditEntry.objects.get(action=name) for name in (FileClaim.name(), action.name())
    )
    assert (claimed.pk < final.pk) is claimed_before
