"""Many people in the same second. Locks and constraints are real only on PostgreSQL."""

import pytest
from django.db import IntegrityError, transaction

from civic_sourcing.attribution.actions import HideContribution, RestoreContribution
from civic_sourcing.attribution.models import Channel, Contribution
from civic_sourcing.comments.actions import (
    CloseThread,
    EditComment,
    PostComment,
    RateComment,
    WithdrawComment,
)
from civic_sourcing.comments.models import Comment, CommentVote, Thread
from civic_sourcing.comments.verification import verify_comments
from civic_sourcing.core.audit.verification import Verification
from civic_sourcing.core.clock import now
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.participants.actions import EraseParticipant
from civic_sourcing.participants.models import Participant
from tests.racing import Gathering

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def findings():
    return [str(finding) for finding in verify_comments(Verification())]


def errors(answers):
    return [
        answer
        for answer in answers
        if isinstance(answer, Exception) and not isinstance(answer, ActionRefused)
    ]


@pytest.fixture
def citizens(make_citizen):
    return [make_citizen(f"citizen{number}") for number in range(12)]


def say(thread, by, text="Yes.", **more):
    return PostComment(thread, by=by, text=text, channel=Channel.IMPORT, **more).execute()


def test_first_comments_at_once_open_one_thread(idea, citizens, run_in_parallel):
    def begin(number):
        return say(Thread.objects.opened_below(idea.contribution), citizens[number])

    answers = run_in_parallel(12, begin)

    assert errors(answers) == []
    assert Thread.objects.get().comment_count == 12
    assert findings() == []


def test_replies_at_once_are_all_counted(thread, citizens, citizen, run_in_parallel):
    root = say(thread, citizen)
    branch = say(thread, citizen, parent=root)

    answers = run_in_parallel(
        12, lambda number: say(thread, citizens[number], parent=(root, branch)[number % 2])
    )

    assert errors(answers) == []
    assert Comment.objects.get(pk=root.pk).replies == 13
    assert Comment.objects.get(pk=branch.pk).replies == 6
    assert findings() == []


def test_control_counts_that_are_read_before_they_are_written_get_lost(
    thread, citizen, run_in_parallel
):
    """What ``F`` expressions under the thread's lock are for."""
    root = say(thread, citizen)
    gathering = Gathering(8)

    def add(_number):
        with transaction.atomic():
            row = Comment.objects.get(pk=root.pk)
            gathering.wait()
            row.replies += 1
            row.save(update_fields=["replies"])

    run_in_parallel(8, add)

    assert Comment.objects.get(pk=root.pk).replies < 8


def test_everything_at_once_leaves_the_counts_right(
    thread, citizens, citizen, neighbour, run_in_parallel
):
    root = say(thread, citizen)
    reply = say(thread, neighbour, parent=root)

    def do(number):
        person = citizens[number]
        match number % 6:
            case 0:
                return say(thread, person, parent=reply)
            case 1:
                return RateComment(root, by=person, value=1).execute()
            case 2:
                HideContribution(reply.contribution, by=None).execute()
                return RestoreContribution(reply.contribution, by=None).execute()
            case 3:
                return say(thread, person, parent=root)
            case 4:
                return EditComment(root, by=citizen, text=f"Version {number}").execute()
        return RateComment(reply, by=person, value=-1).execute()

    answers = run_in_parallel(12, do)

    assert errors(answers) == []
    assert findings() == []


def test_rating_twice_at_once_is_one_rating(thread, citizen, neighbour, run_in_parallel):
    comment = say(thread, citizen)

    answers = run_in_parallel(8, lambda _: RateComment(comment, by=neighbour, value=1).execute())

    assert answers == [1] * 8
    assert Comment.objects.get(pk=comment.pk).helpful == CommentVote.objects.count() == 1


def test_control_without_the_action_the_constraint_alone_lets_one_rating_through(
    thread, citizen, neighbour, run_in_parallel
):
    comment, participant = say(thread, citizen), Participant.objects.of(neighbour)

    def insert(_number):
        return CommentVote.objects.create(
            comment=comment, participant=participant, value=1, rated_at=now()
        )

    answers = run_in_parallel(8, insert)

    assert sum(isinstance(answer, IntegrityError) for answer in answers) == 7


def test_double_click_at_once_posts_once(thread, citizen, run_in_parallel):
    answers = run_in_parallel(8, lambda _: say(thread, citizen, idempotency_key="one"))

    assert {answer.pk for answer in answers} == {Comment.objects.get().pk}


def test_author_deletes_while_moderation_hides(thread, citizen, run_in_parallel):
    comment = say(thread, citizen)

    def do(number):
        if number % 2:
            return WithdrawComment(comment, by=citizen).execute()
        return HideContribution(comment.contribution, by=None).execute()

    answers = run_in_parallel(2, do)

    assert errors(answers) == []
    assert not Comment.objects.get(pk=comment.pk).is_readable
    assert findings() == []


def test_nobody_posts_once_the_thread_is_closed(thread, citizens, official, run_in_parallel):
    def do(number):
        if number == 0:
            return CloseThread(thread, by=official).execute()
        return say(thread, citizens[number])

    answers = run_in_parallel(12, do)

    assert errors(answers) == []
    closed = Thread.objects.get(pk=thread.pk)
    late = Contribution.objects.filter(kind="comment", received_at__gt=closed.closed_at)
    assert not late.exists()
    assert findings() == []


def test_who_leaves_while_posting_leaves_no_text_behind(thread, citizen, run_in_parallel):
    participant = Participant.objects.of(citizen)
    say(thread, citizen, "Earlier.")

    def do(number):
        if number == 0:
            return EraseParticipant(participant, by=citizen, blank_texts=True).execute()
        return say(thread, citizen, "Later.")

    answers = run_in_parallel(4, do)

    assert errors(answers) == []
    assert not Comment.objects.exclude(text="").exists()
    assert findings() == []
