"""A comment through every decision about it, and back: exactly as it stood."""

import pytest
from django.utils import timezone

from civic_sourcing.attribution.models import State
from civic_sourcing.comments.models import Thread, Tombstone
from civic_sourcing.comments.news import REPLIES
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.moderation.models import Case, Decision, Measure
from civic_sourcing.participants.models import Participant
from tests.scenes import maker

from .moderated import (
    DAY,
    NAMED,
    RUDE,
    TEXT,
    faults,
    let_pass,
    now,
    row,
    seen,
    snapshot,
    span,
    told,
)

pytestmark = pytest.mark.django_db

LIMITS = ["mask", "name", "hide", "temporary", "remove", "service", "warn", "suspend", "emergency"]


@pytest.fixture
def news_place(home, moderator, give_role):
    """The discussion of a page in another process of the same moderator."""
    from town.news.models import NewsPage

    page = home.add_child(instance=NewsPage(title="News", slug="news"))
    give_role(moderator, "moderator", page)
    return Thread.objects.opened_below(page.process)


@maker
def limit(decide, case):
    """Decide the case in one of the ways that take something from the author."""

    def take(name):
        soon = timezone.now() + 7 * DAY
        terms = {
            "mask": {"spans": [span(RUDE)], "seen_version": 1},
            "name": {"spans": [span(NAMED)], "seen_version": 1},
            "service": {"rule": None},
            "temporary": {"until": soon},
            "suspend": {"until": soon},
        }
        outcomes = {"name": "mask", "service": "move", "emergency": "hide"}
        if name == "emergency":
            Case.objects.filter(pk=case.pk).update(is_emergency=True)
        return decide(case, outcomes.get(name, name), **terms.get(name, {}))

    return take


@pytest.mark.parametrize("name", LIMITS)
def test_reversed_on_appeal_all_stands_as_before(talk, citizen, limit, appeal, name):
    before = snapshot()
    decision = limit(name)

    appeal(decision)

    assert snapshot() == before
    assert Participant.objects.of(citizen).standing == "good"
    assert faults() == []


@pytest.mark.parametrize("name", LIMITS)
def test_lifted_all_stands_as_before(talk, limit, decide, name):
    before = snapshot()
    decision = limit(name)

    decide(decision.case, "lift", rule=None)

    assert snapshot() == before
    assert faults() == []


@pytest.mark.parametrize("name", LIMITS)
def test_corrected_within_minutes_it_is_as_if_nothing_had_been(
    talk,
    limit,
    decide,
    name,
):
    before = snapshot()
    decision = limit(name)

    decide(decision.case, "no_breach", rule=None, correct=decision)

    assert snapshot() == before
    assert faults() == []


@pytest.mark.parametrize("name", ["hide", "remove", "emergency"])
def test_changed_on_appeal_to_a_mask_the_rest_stands(said, limit, appeal, rules, name):
    decision = limit(name)

    appeal(
        decision,
        "changed",
        outcome="mask",
        rule=rules("respect"),
        spans=[span(RUDE)],
        seen_version=1,
    )

    assert now(said).text == TEXT.replace(RUDE, "***")
    assert now(said).is_readable
    assert "civic-mention" in now(said).rendered_html
    assert faults() == []


@pytest.mark.parametrize("name", ["mask", "hide", "remove"])
def test_upheld_it_stays_as_decided(talk, limit, appeal, name):
    decision = limit(name)
    decided = snapshot()

    appeal(decision, "upheld")

    assert snapshot() == decided


def test_no_breach_changes_nothing(talk, case, decide):
    before = snapshot()

    decide(case, "no_breach", rule=None)

    assert snapshot() == before


@pytest.mark.parametrize("name", ["hide", "temporary", "remove", "service", "emergency"])
def test_out_of_sight_a_tombstone_bears_the_answers(talk, idea, limit, neighbour, name):
    limit(name)

    page = seen(idea)
    assert str(Tombstone.MODERATION.label) in page
    assert "Please stay polite." in page
    assert RUDE not in page
    assert "can no longer be read" in page  # the quoted passage
    assert Thread.objects.get(pk=talk[0].thread_id).comment_count == 2
    assert now(talk[0]).replies == 1
    assert "Moderators have hidden a text you answered or support" in told(neighbour)


def test_masked_it_keeps_its_place_and_nobody_who_answered_is_told(talk, idea, limit, neighbour):
    limit("mask")

    page = seen(idea)
    assert RUDE not in page
    assert "***, about the armrests." in page
    assert Thread.objects.get(pk=talk[0].thread_id).comment_count == 3
    assert told(neighbour) == []


def test_a_name_that_is_masked_is_no_mention_any_more(said, limit, proposer):
    limit("name")

    assert not said.mentions.exists()
    assert "Mina Han" not in now(said).rendered_html


def test_those_who_answered_hear_when_it_is_back(talk, limit, appeal, neighbour, proposer):
    appeal(limit("hide"))

    assert told(neighbour) == [
        "Moderators have hidden a text you answered or support",
        "A text you answered or support can be read again",
    ]
    assert told(proposer, REPLIES.key) == ["Joon Seo replied to your comment"]


def test_temporary_measure_ends_at_the_next_look_without_any_job(talk, idea, limit):
    before = snapshot()
    decision = limit("temporary")
    let_pass(decision)

    page = seen(idea)

    assert RUDE in page
    assert snapshot() == before
    assert [each.end_reason for each in Measure.objects.all()] == ["expired"]


@pytest.fixture
def leaf(report, talk):
    """A case about the answer, to which nobody has replied."""
    return Case.objects.get(pk=report(talk[2]).case_id)


def test_moved_it_stands_in_the_other_place_and_returns_exactly(
    talk,
    leaf,
    decide,
    news_place,
):
    before = snapshot()
    decision = decide(leaf, "move", rule=None, target=news_place.process)
    assert (now(talk[2]).thread, now(talk[2]).parent) == (news_place, None)
    assert faults() == []

    decide(Case.objects.get(pk=leaf.pk), "lift", rule=None)

    assert snapshot() == before
    assert decision.measures.get().end_reason == "lifted"
    assert faults() == []


def test_what_others_have_answered_is_not_moved(talk, case, decide, news_place):
    before = snapshot()

    with pytest.raises(ActionRefused) as refused:
        decide(case, "move", rule=None, target=news_place.process)

    assert refused.value.code == "has-replies"
    assert snapshot() == before
    assert Case.objects.get(pk=case.pk).is_open


def test_of_two_masks_each_is_undone_by_itself(said, case, report, decide, appeal):
    before = snapshot()
    first = decide(case, "mask", spans=[span(NAMED)], seen_version=1)
    again = report(said).case
    text = now(said).text
    second = decide(again, "mask", spans=[span(RUDE, text)], seen_version=2)

    appeal(first)
    assert NAMED in now(said).text
    assert RUDE not in now(said).text
    appeal(second)

    assert snapshot() == before
    assert Decision.objects.filter(outcome="lift").count() == 2
    assert row(said).state == State.PUBLISHED
