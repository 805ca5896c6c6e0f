"""At once, on a real PostgreSQL. Each rule has its control: without the guard it goes wrong."""

import pytest
from django.db import IntegrityError
from django.db.models import QuerySet

from civic_sourcing.attribution.actions.claim_decisions import DecideClaim
from civic_sourcing.attribution.actions.claims import FileClaim
from civic_sourcing.attribution.models import Claim, ClaimDecision
from civic_sourcing.core.exceptions import ActionRefused, RateLimited
from civic_sourcing.participants.models import Participant
from tests.racing import Gathering

from .conftest import REASONS

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


class DecideSlowly(DecideClaim):
    """Waits between reading and writing for the other one, who may stand before the lock."""

    verb = "decide_slowly"

    def perform(self):
        self.gathering.wait()
        return super().perform()


@pytest.fixture
def decisions(heard, steward, second_steward):
    def with_a_wait_of(seconds):
        gathering = Gathering(2, seconds=seconds)
        return [
            DecideSlowly(heard, by=user, outcome=outcome, reasons=REASONS, gathering=gathering)
            for user, outcome in ((steward, "refused"), (second_steward, "transferred"))
        ]

    return with_a_wait_of


def test_of_two_stewards_deciding_at_once_one_wins_and_the_other_sees_what(
    run_in_parallel, decisions
):
    steps = decisions(0.2)

    outcomes = run_in_parallel(2, lambda number: steps[number].execute())

    won = next(outcome for outcome in outcomes if isinstance(outcome, ClaimDecision))
    lost = next(outcome for outcome in outcomes if isinstance(outcome, ActionRefused))
    assert ClaimDecision.objects.get() == won
    assert lost.code == "already-decided"
    assert won.get_outcome_display() in lost.message
    assert won.steward.public_name in lost.message


def test_without_the_lock_of_the_claim_the_other_sees_no_sentence(
    run_in_parallel, decisions, monkeypatch
):
    monkeypatch.setattr(
        DecideSlowly, "fresh_subject", lambda step: Claim.objects.get(pk=step.subject.pk)
    )
    steps = decisions(30)

    outcomes = run_in_parallel(2, lambda number: steps[number].execute())

    assert any(isinstance(outcome, IntegrityError) for outcome in outcomes)


@pytest.fixture
def benches(receive, claimant, steward):
    Participant.objects.of(claimant)
    return [receive(f"Bench {number}") for number in range(6)]


def file_all(run_in_parallel, benches, claimant):
    return run_in_parallel(
        6, lambda number: FileClaim(benches[number], by=claimant, text="Mine.").execute()
    )


def test_claims_filed_at_once_stay_within_the_limit(run_in_parallel, benches, claimant):
    outcomes = file_all(run_in_parallel, benches, claimant)

    assert Claim.objects.count() == 3
    assert sum(isinstance(outcome, RateLimited) for outcome in outcomes) == 3


def test_without_the_lock_of_the_claimant_the_limit_is_broken(
    run_in_parallel, benches, claimant, monkeypatch
):
    lock, gathering = QuerySet.select_for_update, Gathering(6)

    def without_the_claimant(rows, **options):
        if rows.model is not Participant:
            return lock(rows, **options)
        gathering.wait()
        return rows.all()

    monkeypatch.setattr(QuerySet, "select_for_update", without_the_claimant)

    file_all(run_in_parallel, benches, claimant)

    assert Claim.objects.count() > 3


def test_of_equal_claims_at_once_one_is_filed(run_in_parallel, contribution, claimant, steward):
    Participant.objects.of(claimant)

    outcomes = run_in_parallel(
        4, lambda _: FileClaim(contribution, by=claimant, text="Mine.").execute()
    )

    assert Claim.objects.count() == 1
    codes = [outcome.code for outcome in outcomes if isinstance(outcome, ActionRefused)]
    assert codes == ["already-claimed"] * 3
