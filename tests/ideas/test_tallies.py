"""The numbers a list sorts by are those that are there."""

from datetime import timedelta

import pytest

from civic_sourcing.attribution.actions import RestoreContribution
from civic_sourcing.comments.actions import PostComment, WithdrawComment
from civic_sourcing.comments.models import Thread
from civic_sourcing.core import audit
from civic_sourcing.ideas import finding, tallies, trend
from civic_sourcing.ideas.actions import SupportIdea, WithdrawSupport
from civic_sourcing.ideas.models import Event, IdeaTally, IdeaText, ThresholdRule
from civic_sourcing.ideas.search import found

from .conftest import hide


def tally(idea):
    return IdeaTally.objects.get(pk=idea.contribution_id)


def findings():
    return list(finding.verify_tallies(audit.Verification()))


def test_support_is_counted_at_once(idea, citizen, neighbour):
    SupportIdea(idea, by=citizen).execute()
    SupportIdea(idea, by=neighbour).execute()

    given_at = idea.supports.values_list("created_at", flat=True)
    assert tally(idea).supports == 2
    assert tally(idea).trending == pytest.approx(trend.score([idea.filed_at, *given_at]), abs=1e-9)
    assert findings() == []


def test_support_taken_back_is_worth_nothing(supported_idea, citizen):
    WithdrawSupport(supported_idea, by=citizen).execute()

    assert tally(supported_idea).supports == 0
    assert tally(supported_idea).trending == pytest.approx(trend.score([supported_idea.filed_at]))
    assert findings() == []


@pytest.mark.parametrize("days", [[0], [1, 2, 3], [-400, 5], [900, -900, 0.5], [0, 0, 0, 0]])
def test_one_statement_adds_up_as_the_formula_does(idea, days):
    marks = [idea.filed_at + timedelta(days=day) for day in days]

    for at in marks:
        tallies.supported(idea.contribution_id, at)

    assert tally(idea).trending == pytest.approx(trend.score([idea.filed_at, *marks]), abs=1e-6)


def test_comments_are_counted_while_they_can_be_read(idea, citizen):
    thread = Thread.objects.opened_below(idea.contribution)
    comment = PostComment(thread, by=citizen, text="Yes, please.").execute()
    assert tally(idea).comments == 1

    WithdrawComment(comment, by=citizen).execute()

    assert tally(idea).comments == 0
    assert findings() == []


def test_hidden_idea_is_not_listed_and_comes_back(idea):
    hide(idea)
    assert not tally(idea).listed

    RestoreContribution(idea.contribution, by=None).execute()

    assert tally(idea).listed


def test_threshold_that_makes_it_visible_puts_it_on_the_list(idea, citizen):
    type(idea).objects.filter(pk=idea.pk).update(unlisted=True)
    idea.refresh_from_db()
    tallies.keep(idea)
    rule = ThresholdRule.objects.create(
        process=idea.process, number=1, event=Event.VISIBLE, valid_from=idea.filed_at
    )
    assert not tally(idea).listed

    SupportIdea(idea, by=citizen).execute()

    assert rule.reached.count() == 1
    assert tally(idea).listed


def test_tampered_numbers_are_found(supported_idea):
    IdeaTally.objects.update(supports=100)

    assert [each.code for each in findings()] == ["tallies"]


def test_tick_counts_what_came_in_by_another_way(supported_idea):
    IdeaTally.objects.all().delete()
    IdeaText.objects.all().delete()

    finding.count_stragglers(supported_idea.filed_at)

    assert tally(supported_idea).supports == 1
    assert found(IdeaTally.objects.all(), "benches").count() == 1
    assert findings() == []


def test_recount_changes_nothing_where_all_is_right(supported_idea):
    before = IdeaTally.objects.values().get()

    tallies.recount()

    assert IdeaTally.objects.values().get() == before | {
        "trending": pytest.approx(before["trending"])
    }


def test_visits_of_one_minute_are_written_together(idea):
    for _visit in range(3):
        tallies.opened(idea.contribution_id)

    assert tally(idea).seen == 1
