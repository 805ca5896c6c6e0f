"""Two moderators at the same moment: one decides, the other sees what was decided."""

import pytest
from django.utils import timezone

from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.moderation.actions import (
    DecideAppeal,
    DecideCase,
    FileAppeal,
    LiftMeasure,
    ReportContribution,
)
from civic_sourcing.moderation.measures import lift_due
from civic_sourcing.moderation.models import Appeal, Case, Decision, Measure
from tests.racing import Gathering

from .deciding_people import (  # noqa: F401
    FACTS,
    REASONS,
    appeal_scene,
    decide_scene,
    faults,
    row,
)
from .test_measures import DAY, let_pass

pytestmark = pytest.mark.django_db(transaction=True)


def decided(results):
    return [result for result in results if isinstance(result, Decision)]


def refused(results):
    return [result.code for result in results if isinstance(result, ActionRefused)]


class Unguarded(DecideCase):
    """The control: looks whether the case is open before its lock is held, not after."""

    verb = "decide_unguarded"
    gathering: Gathering

    def fresh_subject(self):
        self.seen = Case.objects.get(pk=self.subject.pk)
        self.gathering.wait()
        return super().fresh_subject()

    def check(self):
        state, self.subject.state = self.subject.state, self.seen.state
        super().check()
        self.subject.state = state


def race(run_in_parallel, action, case, people, rule):
    outcomes = ["hide", "remove", "warn", "hide"]

    def decide(number):
        return action(
            Case.objects.get(pk=case.pk),
            by=people[number % 2],
            outcome=outcomes[number],
            rule=rule,
            facts=FACTS,
        ).execute()

    return run_in_parallel(4, decide)


@pytest.mark.postgres
def test_of_moderators_deciding_at_once_one_wins(
    run_in_parallel, case, idea, moderator, second_moderator, rules
):
    people = [moderator, second_moderator]

    results = race(run_in_parallel, DecideCase, case, people, rules("respect"))

    assert len(decided(results)) == 1
    assert refused(results) == ["already-decided"] * 3
    label = decided(results)[0].get_outcome_display()
    assert all(label in error.message for error in results if isinstance(error, ActionRefused))
    assert Decision.objects.count() == Measure.objects.count() == 1
    assert not faults()


@pytest.mark.postgres
def test_control_without_the_look_under_the_lock_two_would_decide(
    run_in_parallel, case, idea, moderator, second_moderator, rules, monkeypatch
):
    people = [moderator, second_moderator]
    monkeypatch.setattr(Unguarded, "gathering", Gathering(4), raising=False)

    results = race(run_in_parallel, Unguarded, case, people, rules("respect"))

    assert len(decided(results)) > 1


@pytest.mark.postgres
def test_an_appeal_is_decided_once_though_two_press_at_once(
    run_in_parallel, case, idea, decide, appeal, second_moderator, administrator
):
    found = appeal(decide(case))
    people = [second_moderator, administrator]

    def settle(number):
        return DecideAppeal(
            Appeal.objects.get(pk=found.pk),
            by=people[number],
            appeal_outcome=["reversed", "upheld"][number],
            reasons=REASONS,
        ).execute()

    results = run_in_parallel(2, settle)

    assert sum(isinstance(result, Appeal) for result in results) == 1
    assert refused(results) == ["already-decided"]
    assert not faults()


@pytest.mark.postgres
def test_one_appeal_though_sent_twice_at_once(run_in_parallel, case, idea, decide, author):
    decision = decide(case)

    def file(number):
        found = Decision.objects.get(pk=decision.pk)
        return FileAppeal(found, by=author, text="It was a joke.").execute()

    results = run_in_parallel(2, file)

    assert Appeal.objects.count() == 1
    assert refused(results) == ["already-appealed"]


@pytest.mark.postgres
def test_many_readers_end_a_measure_once(run_in_parallel, case, idea, decide):
    let_pass(decide(case, "temporary", until=timezone.now() + DAY))

    ended = run_in_parallel(6, lambda number: lift_due(case.process))

    assert sum(ended) == 1
    assert row(idea).state == "published"
    assert not faults()


@pytest.mark.postgres
def test_reporting_and_deciding_at_once_wait_for_no_one_for_ever(
    run_in_parallel, case, idea, moderator, rules, second_reporter, third_reporter, newcomer
):
    rule = rules("respect")

    def step(number):
        if number == 0:
            found = Case.objects.get(pk=case.pk)
            terms = {"outcome": "hide", "rule": rule, "facts": FACTS}
            return DecideCase(found, by=moderator, **terms).execute()
        by = [second_reporter, third_reporter, newcomer][number - 1]
        return ReportContribution(row(idea), by=by, rule=rule).execute()

    results = run_in_parallel(4, step)

    assert len(decided(results)) == 1
    assert set(refused(results)) <= {"not-public"}
    assert not [result for result in results if isinstance(result, Exception)] or refused(results)
    assert not faults()


@pytest.mark.postgres
def test_lifting_and_correcting_at_once_agree(run_in_parallel, case, idea, decide, moderator):
    decision = decide(case, "temporary", until=timezone.now() + DAY)
    let_pass(decision)

    def step(number):
        if number == 0:
            return LiftMeasure(Measure.objects.get(decision=decision), by=None).execute()
        found = Decision.objects.get(pk=decision.pk)
        terms = {"outcome": "no_breach", "facts": FACTS, "correct": found}
        return DecideCase(Case.objects.get(pk=case.pk), by=moderator, **terms).execute()

    run_in_parallel(2, step)

    assert Measure.objects.get().ended_at
    assert row(idea).state == "published"
    assert not faults()
