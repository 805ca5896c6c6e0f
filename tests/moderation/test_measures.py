"""Measures end by themselves, at the next look, with or without a job."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from civic_sourcing.attribution import ledger
from civic_sourcing.attribution.actions import HideContribution
from civic_sourcing.attribution.models import Contribution, State
from civic_sourcing.core.exceptions import ActionForbidden, ActionRefused
from civic_sourcing.core.testing import triggers_suspended
from civic_sourcing.core.tick import run_ticks
from civic_sourcing.moderation import cases
from civic_sourcing.moderation.actions import LiftMeasure
from civic_sourcing.moderation.measures import lift_due, suspended_until
from civic_sourcing.moderation.models import Decision, Measure
from civic_sourcing.notifications.models import Notification
from civic_sourcing.participants.models import Participant

from .deciding_people import (  # noqa: F401
    case_now,
    decide_scene,
    faults,
    page_now,
    row,
    seen,
    snapshot,
)

DAY = timedelta(days=1)


@pytest.fixture
def hidden_for_a_week(case, idea, decide):
    return decide(case, "temporary", until=timezone.now() + 7 * DAY)


def let_pass(decision):
    """Let the time of a decision be over."""
    over = timezone.now() - timedelta(seconds=1)
    with triggers_suspended(of=[Decision, Measure]):
        Measure.objects.filter(decision=decision).update(until=over, starts_at=over - DAY)
        Decision.objects.filter(pk=decision.pk).update(until=over, starts_at=over - DAY)


READS = {
    "the list of the forum": lambda client, idea, forum: client.get(forum.url),
    "its own address": lambda client, idea, forum: client.get(idea.url),
    "its credits": lambda client, idea, forum: client.get(f"{idea.url}credits/"),
    "a tick": lambda client, idea, forum: lift_due(),
}


@pytest.mark.parametrize("read", READS)
def test_when_its_time_is_over_the_next_look_shows_it(client, idea, forum, hidden_for_a_week, read):
    let_pass(hidden_for_a_week)

    READS[read](client, idea, forum)

    assert (row(idea).state, page_now(idea).live) == (State.PUBLISHED, True)
    assert Measure.objects.get().end_reason == "expired"
    assert not faults()


def test_at_its_own_address_the_first_visitor_already_reads_it(client, idea, hidden_for_a_week):
    assert client.get(idea.url).status_code == 404
    let_pass(hidden_for_a_week)

    assert client.get(idea.url).status_code == 200


def test_before_its_time_is_over_nothing_shows_it(client, idea, forum, hidden_for_a_week):
    for read in READS.values():
        read(client, idea, forum)

    assert row(idea).state == State.HIDDEN


def test_looking_costs_one_query_where_nothing_is_due(forum, hidden_for_a_week):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert lift_due(forum.process) == 0

    assert len(queries) == 1


def test_a_tick_ends_what_nobody_looks_at(idea, hidden_for_a_week):
    let_pass(hidden_for_a_week)

    said = {outcome.name: outcome.said for outcome in run_ticks()}

    assert said["civic_moderation.measures"] == "1 ended"
    assert row(idea).state == State.PUBLISHED


def test_what_is_hidden_for_good_as_well_stays_hidden(idea, report, decide, hidden_for_a_week):
    again = case_of_hidden(idea, hidden_for_a_week.case)
    decide(again, "hide")
    let_pass(hidden_for_a_week)

    lift_due()

    assert row(idea).state == State.HIDDEN
    assert not faults()


def case_of_hidden(idea, case):
    """Another case about the same text, as a check of it would make."""
    return cases.gather(row(idea), process=case.process, at=timezone.now())


def test_a_temporary_measure_can_be_followed_by_a_decision(
    idea, decide, hidden_for_a_week, second_moderator
):
    case = case_now(hidden_for_a_week.case)

    decide(case, "no_breach", rule=None, by=second_moderator, correct=hidden_for_a_week)

    assert seen(idea).status_code == 200
    assert Decision.objects.order_by("number").last().origin == "case"


def test_what_its_author_erased_meanwhile_does_not_return(idea, author, hidden_for_a_week):
    with_words = page_now(idea).description
    ledger.blank(row(idea))
    let_pass(hidden_for_a_week)

    lift_due()

    assert with_words not in seen(idea).content.decode()
    assert not faults()


def test_nobody_but_the_system_ends_a_measure_without_a_decision(hidden_for_a_week, moderator):
    measure = Measure.objects.get()
    with pytest.raises(ActionForbidden):
        LiftMeasure(measure, by=moderator).execute()
    with pytest.raises(ActionRefused) as refused:
        LiftMeasure(measure, by=None).execute()
    assert refused.value.code == "not-due"


def test_it_ends_once(idea, hidden_for_a_week):
    let_pass(hidden_for_a_week)
    LiftMeasure(Measure.objects.get(), by=None).execute()

    with pytest.raises(ActionRefused) as refused:
        LiftMeasure(Measure.objects.get(), by=None).execute()

    assert refused.value.code == "ended"


def test_author_is_told_at_both_ends(author, hidden_for_a_week):
    let_pass(hidden_for_a_week)
    lift_due()

    subjects = [note.subject for note in Notification.objects.filter(user=author).order_by("pk")]
    assert subjects[0].startswith("Decision of moderators")
    assert subjects[-1].startswith("It can be read again")


class TestSuspensions:
    @pytest.fixture
    def suspended(self, case, decide):
        return decide(case, "suspend", until=timezone.now() + DAY)

    def test_it_holds_until_its_end_and_nothing_has_to_run(self, author, forum, suspended):
        person = Participant.objects.of(author)

        for at, until in (
            (suspended.until - timedelta(microseconds=1), suspended.until),
            (suspended.until, None),
            (suspended.until + DAY, None),
        ):
            assert suspended_until(person, forum.process, at) == until

    def test_of_two_the_longer_one_counts(self, author, forum, report, decide, suspended):
        person = Participant.objects.of(author)
        longer = timezone.now() + 9 * DAY
        case = report(person, process=forum.process).case

        decide(case, "suspend", until=longer)

        assert suspended_until(person, forum.process, timezone.now()) == longer

    def test_it_says_so_on_ones_own_page(self, client, author, case, decide, administrator):
        decide(case, "suspend", by=administrator, until=timezone.now() + DAY, site=True)
        client.force_login(author)

        page = client.get(reverse("civic_participants:me"))

        assert "suspended from taking part until" in page.content.decode()


class TestVerifying:
    def test_a_hidden_text_that_is_shown_is_found(self, case, idea, decide):
        decide(case)
        with triggers_suspended():
            Contribution.objects.filter(pk=idea.contribution_id).update(state="published")

        assert "measure" in faults()

    def test_a_masked_text_that_reads_as_before_is_found(self, case, idea, decide):
        text = idea.description
        decide(case, "mask", spans=[["text", 0, 3]], seen_version=1)
        type(idea).objects.filter(pk=idea.pk).update(description=text)

        assert "masked" in faults()

    def test_a_case_decided_by_nobody_is_found(self, case):
        with triggers_suspended():
            type(case).objects.filter(pk=case.pk).update(state="decided", decided_at=timezone.now())

        assert "undecided" in faults()

    def test_a_decision_taken_out_is_found(self, case, decide):
        wrong = decide(case)
        decide(case_now(case), "warn", correct=wrong)
        with triggers_suspended():
            Decision.objects.filter(corrects=wrong).update(corrects=None)
            Measure.objects.filter(decision=wrong).delete()
            Decision.objects.filter(pk=wrong.pk).delete()

        assert "missing" in faults()

    def test_what_was_hidden_by_other_means_is_no_fault(self, idea):
        HideContribution(idea.contribution, by=None).execute()

        assert not faults()
