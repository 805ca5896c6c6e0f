"""Thresholds as they are reached: by supporters and commenters, once, and what follows."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from civic_sourcing.answers.models import Promise
from civic_sourcing.attribution.history import history_of
from civic_sourcing.comments.actions import PostComment
from civic_sourcing.comments.models import Thread
from civic_sourcing.core import clock
from civic_sourcing.core.audit import AuditEntry
from civic_sourcing.ideas.actions import ChangeStage, SupportIdea, WithdrawSupport
from civic_sourcing.ideas.models import (
    ForumRules,
    IdeaPage,
    StageChange,
    Support,
    ThresholdReached,
    ThresholdRule,
)
from civic_sourcing.notifications.models import Notification
from civic_sourcing.participants.models import Participant
from tests.ideas.conftest import DAY
from tests.ideas.stage_people import *  # noqa: F403
from tests.ideas.stage_people import put
from tests.racing import Gathering

at_once = pytest.mark.django_db(transaction=True)


@pytest.fixture
def threshold(forum):
    """Have so many supporters lead to something in the forum, since a year ago."""

    def make(number, event="review", *, measure="supports", process=forum.process, **values):
        values = {"valid_from": clock.now() - 365 * DAY, **values}
        return ThresholdRule.objects.create(
            process=process, number=number, measure=measure, event=event, **values
        )

    return make


@pytest.fixture
def supporters(make_citizen):
    return [make_citizen(f"supporter{number}") for number in range(12)]


def support(idea, people):
    for person in people:
        SupportIdea(idea, by=person).execute()
    idea.refresh_from_db()


def test_threshold_fires_with_the_support_that_reaches_it(threshold, idea, supporters):
    threshold(3)

    support(idea, supporters[:2])
    before = idea.stage
    support(idea, supporters[2:3])

    assert (before, idea.stage) == ("published", "review")
    assert ThresholdReached.objects.get().number == 3


def test_threshold_fires_once_even_if_support_is_taken_back(threshold, idea, supporters):
    threshold(2)
    support(idea, supporters[:2])

    WithdrawSupport(idea, by=supporters[0]).execute()
    support(idea, supporters[2:4])

    assert ThresholdReached.objects.count() == StageChange.objects.count() == 1


def test_support_taken_back_before_does_not_count(threshold, idea, supporters):
    threshold(2)
    support(idea, supporters[:1])
    WithdrawSupport(idea, by=supporters[0]).execute()

    support(idea, supporters[1:2])

    assert not ThresholdReached.objects.exists()


def test_several_thresholds_fire_each_at_its_number(threshold, idea, supporters):
    threshold(2)
    threshold(4, "ballot")

    support(idea, supporters[:5])

    reached = ThresholdReached.objects.order_by("pk")
    assert [(row.rule.event, row.number) for row in reached] == [("review", 2), ("ballot", 4)]
    assert idea.stage == "ballot"


def test_rule_in_force_when_filed_holds_whatever_comes_later(threshold, idea, supporters):
    later = idea.filed_at + timedelta(microseconds=1)
    threshold(5, valid_to=later)
    threshold(2, valid_from=later)

    support(idea, supporters[:4])
    before = ThresholdReached.objects.count()
    support(idea, supporters[4:5])

    assert (before, ThresholdReached.objects.get().rule.number) == (0, 5)


def test_threshold_of_another_forum_means_nothing_here(threshold, idea, supporters, other_forum):
    threshold(1, process=other_forum.process)

    support(idea, supporters[:2])

    assert not ThresholdReached.objects.exists()


@pytest.mark.parametrize(
    ("age", "reached"), [(9 * DAY, True), (10 * DAY, False)], ids=["in time", "too late"]
)
def test_days_are_counted_from_publication(age, reached, threshold, idea, supporters):
    threshold(1, days=10)
    put_back(idea, age)

    support(idea, supporters[:1])

    assert ThresholdReached.objects.exists() is reached


def test_answer_is_due_in_so_many_days(threshold, idea, supporters, official):
    ForumRules.objects.create(process=idea.process, owner=official)
    rule = threshold(1, "answer_due", answer_days=20)

    support(idea, supporters[:1])

    promise = Promise.objects.get()
    assert promise.due_at == ThresholdReached.objects.get().until
    assert promise.due_at - promise.made_at < 20 * DAY + timedelta(minutes=1)
    assert (promise.cause, promise.key) == ("threshold", rule.uuid.hex)
    assert promise.owner == official


def test_review_owes_an_answer_where_the_forum_says_so(idea, official):
    ForumRules.objects.create(process=idea.process, review_days=30)

    change = ChangeStage(idea, by=official, stage="review").execute()

    assert Promise.objects.get().due_at == change.changed_at + 30 * DAY


def test_what_waits_for_supporters_is_listed_when_it_has_them(threshold, idea, supporters):
    threshold(2, "visible")
    IdeaPage.objects.filter(pk=idea.pk).update(unlisted=True)

    support(idea, supporters[:1])
    before = idea.unlisted
    support(idea, supporters[1:2])

    assert (before, idea.unlisted) == (True, False)
    assert idea.contribution.idea_tally.listed


def test_stage_that_cannot_follow_is_left_alone_and_the_threshold_still_counts(
    threshold, idea, supporters
):
    threshold(1, "review", answer_days=10)
    put(idea, "done")

    support(idea, supporters[:1])

    assert idea.stage == "done"
    assert ThresholdReached.objects.exists()
    assert Promise.objects.exists()


def test_author_is_told_that_an_answer_is_due(threshold, idea, supporters, author):
    threshold(2, "answer_due", answer_days=20)

    support(idea, supporters[:2])

    told = Notification.objects.get(user=author, category="civic_ideas.stages")
    assert told.subject == "2 people support “Benches by the river”"
    assert "owes an answer, by" in told.body


def test_support_that_reaches_it_says_so_in_the_log(threshold, idea, supporters):
    rule = threshold(1)

    support(idea, supporters[:1])

    actions = AuditEntry.objects.order_by("pk").values_list("action", flat=True)
    assert {"civic_ideas.reach_threshold", "civic_ideas.change_stage"} <= set(actions)
    entry = AuditEntry.objects.get(action="civic_ideas.support")
    assert entry.details["reached"] == [str(rule.uuid)]


def test_history_tells_what_was_reached_and_what_follows(threshold, idea, supporters):
    threshold(1, "debate", answer_days=30)

    support(idea, supporters[:1])

    event = history_of(idea.contribution)[-1]
    assert (event.code, str(event.sentence)) == ("threshold-debate", "1 person supported it")
    assert "debate is open until" in str(event.details)


def comment(idea, *people):
    thread = Thread.objects.opened_below(idea.contribution)
    for person in people:
        PostComment(thread, by=person, text="I agree.", channel="import").execute()


def test_second_comment_of_one_person_does_not_count(threshold, idea, supporters):
    threshold(2, "answer_due", measure="commenters")

    comment(idea, supporters[0], supporters[0])
    before = ThresholdReached.objects.count()
    comment(idea, supporters[1])

    assert (before, ThresholdReached.objects.get().number) == (0, 2)


def test_debate_is_counted_from_its_opening(threshold, idea, supporters):
    threshold(2, "debate", answer_days=30)
    threshold(2, "answer_due", measure="commenters", days=30)
    comment(idea, *supporters[:3])
    before = ThresholdReached.objects.count()

    support(idea, supporters[:2])
    comment(idea, *supporters[3:5])

    events = ThresholdReached.objects.order_by("pk").values_list("rule__event", flat=True)
    assert (before, list(events)) == (0, ["debate", "answer_due"])


@pytest.mark.parametrize("column", ["number", "days", "event", "answer_days", "valid_from"])
def test_database_keeps_what_a_threshold_promises(column, threshold):
    rule = threshold(5, days=10, answer_days=10)
    values = {"event": "ballot", "valid_from": clock.now()}

    with pytest.raises(IntegrityError), transaction.atomic():
        ThresholdRule.objects.filter(pk=rule.pk).update(**{column: values.get(column, 7)})


def test_threshold_can_be_ended(threshold):
    rule = threshold(5)

    assert ThresholdRule.objects.filter(pk=rule.pk).update(valid_to=clock.now()) == 1


def test_support_costs_one_query_more_where_nothing_is_reached(
    threshold, idea, supporters, django_assert_max_num_queries
):
    support(idea, supporters[:1])
    threshold(1000)

    with django_assert_max_num_queries(31):
        SupportIdea(idea, by=supporters[1]).execute()


@pytest.mark.postgres
@at_once
def test_support_arriving_ten_times_at_once_fires_once(
    threshold, idea, supporters, run_in_parallel, author
):
    threshold(3, "answer_due", answer_days=10)
    support(idea, supporters[:2])

    answers = run_in_parallel(
        10, lambda number: SupportIdea(idea, by=supporters[2 + number]).execute()
    )

    assert all(isinstance(answer, Support) for answer in answers), answers
    assert ThresholdReached.objects.get().number == 3
    assert Promise.objects.count() == 1
    assert Notification.objects.filter(user=author, category="civic_ideas.stages").count() == 1
    assert idea.supports.count() == 12


@pytest.mark.postgres
@at_once
def test_control_without_the_lock_only_the_constraint_keeps_it_to_one(
    threshold, idea, supporters, run_in_parallel
):
    rule = threshold(3)

    def fire(_number):
        return ThresholdReached.objects.create(
            contribution=idea.contribution, rule=rule, number=3, reached_at=clock.now()
        )

    answers = run_in_parallel(10, fire)

    assert sum(isinstance(answer, IntegrityError) for answer in answers) == 9
    assert ThresholdReached.objects.count() == 1


@pytest.mark.postgres
@at_once
def test_control_counted_without_the_lock_nobody_sees_the_third(
    threshold, idea, supporters, run_in_parallel
):
    """Everybody counts before anybody commits: without the lock the threshold would be missed."""
    threshold(3)
    gathering = Gathering(3)

    def support_unlocked(number):
        with transaction.atomic():
            Support.objects.create(
                contribution=idea.contribution,
                participant=Participant.objects.of(supporters[number]),
                created_at=clock.now(),
            )
            seen = idea.supports.count()
            clock.now()
            gathering.wait()
            return seen

    seen = run_in_parallel(3, support_unlocked)

    assert max(seen) < 3
    assert idea.supports.count() == 3


@pytest.mark.postgres
@at_once
def test_comments_arriving_at_once_fire_once(threshold, idea, supporters, run_in_parallel):
    threshold(3, "answer_due", measure="commenters")
    Thread.objects.opened_below(idea.contribution)

    answers = run_in_parallel(6, lambda number: comment(idea, supporters[number]))

    assert answers == [None] * 6
    assert ThresholdReached.objects.get().number == 3
    assert Promise.objects.count() == 1


def put_back(idea, age):
    """Have ``idea`` filed and published ``age`` ago."""
    when = clock.now() - age
    IdeaPage.objects.filter(pk=idea.pk).update(filed_at=when, first_published_at=when)
    idea.refresh_from_db()


@pytest.mark.parametrize("stage", ["withdrawn", "merged"])
def test_what_has_ended_reaches_nothing_by_its_discussion(threshold, idea, citizen, stage):
    threshold(1, "answer_due", measure="commenters")
    put(idea, stage)

    thread = Thread.objects.opened_below(idea.contribution)
    PostComment(thread, by=citizen, text="Still a good one.").execute()

    assert not ThresholdReached.objects.exists()
    assert not Promise.objects.exists()
