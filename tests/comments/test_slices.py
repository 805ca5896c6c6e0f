"""One screen of a thread: what is on it, in which order, and that it stays cheap."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection

from civic_sourcing.attribution.actions import HideContribution
from civic_sourcing.comments.actions import RateComment, WithdrawComment
from civic_sourcing.comments.models import Comment, Order, Thread
from civic_sourcing.comments.slices import first_slice, next_slice, replies_after
from civic_sourcing.core import clock

pytestmark = pytest.mark.django_db


def texts(found):
    return [branch.comment.text for branch in found.branches]


def walk(thread, order):
    """All comments of the first level, slice by slice."""
    found = first_slice(thread, order)
    said = texts(found)
    while found.next:
        found = next_slice(thread, order, found.next)
        said += texts(found)
    return said


@pytest.fixture
def seven(post, citizen, neighbour, proposer, settings):
    """Seven comments; the third has two replies, the fifth one; the second is found helpful."""
    settings.CIVIC_SOURCING = {"COMMENTS_PER_SLICE": 2, "REPLIES_PER_SLICE": 1}
    comments = [post(citizen, str(number)) for number in range(1, 8)]
    for number in (3, 3, 5):
        post(neighbour, "…", parent=comments[number - 1])
    for person in (neighbour, proposer):
        RateComment(comments[1], by=person, value=1).execute()
    RateComment(comments[5], by=neighbour, value=1).execute()
    return comments


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (Order.NEWEST, "7654321"),
        (Order.OLDEST, "1234567"),
        (Order.REPLIES, "3576421"),
        (Order.RATED, "2675431"),
    ],
    ids=str,
)
def test_every_comment_comes_once_in_every_order(seven, thread, order, expected):
    assert "".join(walk(thread, order)) == expected


def test_comments_posted_meanwhile_repeat_nothing(seven, thread, post, citizen):
    first = first_slice(thread, Order.NEWEST)
    post(citizen, "8")

    assert texts(next_slice(thread, Order.NEWEST, first.next)) == ["5", "4"]


@pytest.mark.parametrize("cursor", ["", "x", "1", "1-", "-1", "9" * 40 + "-1", "1-2-3"])
def test_cursor_that_is_none_begins_again(seven, thread, cursor):
    assert texts(next_slice(thread, Order.NEWEST, cursor)) == ["7", "6"]


def test_replies_come_a_few_at_a_time(seven, thread, post, citizen):
    branch = next(
        branch
        for branch in first_slice(thread, Order.REPLIES).branches
        if branch.comment == seven[2]
    )

    assert len(branch.replies) == 1
    rest = replies_after(branch.comment, branch.next)
    assert [len(rest.replies), rest.next] == [1, ""]
    assert rest.replies[0] != branch.replies[0]


def test_slice_begins_where_the_comment_stands_that_somebody_came_for(seven, thread):
    reply = Comment.objects.filter(parent=seven[2]).order_by("pk").last()

    found = first_slice(thread, Order.OLDEST, focus=reply)

    assert texts(found) == ["3", "4"]
    assert found.branches[0].replies == [reply]
    assert found.branches[0].leads_in


def test_official_answers_stand_above_and_nowhere_else(seven, thread, post, official):
    answer = post(official, "We will.", role="official")

    found = first_slice(thread, Order.OLDEST)

    assert [branch.comment for branch in found.pinned] == [answer]
    assert "We will." not in walk(thread, Order.NEWEST)


def test_tombstones_stay_and_what_waits_does_not_show(seven, thread, citizen):
    HideContribution(seven[6].contribution, by=None).execute()
    WithdrawComment(seven[5], by=citizen).execute()

    found = first_slice(thread, Order.NEWEST)

    assert [branch.comment.tombstone for branch in found.branches] == ["moderation", "author"]


def test_what_is_new_is_what_came_since(seven, thread, post, citizen):
    at = clock.now()
    late = post(citizen, "8")

    assert list(Comment.objects.filter(thread=thread).new_since(at)) == [late]


def test_thread_nobody_has_written_in_has_an_empty_slice(idea, django_assert_num_queries):
    thread = Thread.objects.below(idea.contribution)

    with django_assert_num_queries(0):
        assert first_slice(thread, Order.NEWEST).comments == []


def test_five_thousand_comments_cost_three_queries(
    thread, post, citizen, many, django_assert_num_queries
):
    many(thread, post(citizen), 5000)

    for order in Order:
        with django_assert_num_queries(3):
            found = first_slice(thread, order)
            names = [c.author.public_name for c in found.comments if c.author]
        assert len(found.branches) == 20
        assert len(names) > 20


@pytest.fixture
def many():
    """Copies of one comment, past the ledger: a third on the first level, the others below it."""
    from civic_sourcing.attribution.models import Contribution
    from civic_sourcing.core.testing import triggers_suspended

    def make(thread, model, number):
        with triggers_suspended():
            row = model.contribution
            first = row.sequence + 1
            rows = Contribution.objects.bulk_create(
                Contribution(
                    kind="comment",
                    process=row.process,
                    author=row.author,
                    sequence=first + each,
                    received_at=row.received_at,
                    state="published",
                    language="en",
                    title="Copy",
                )
                for each in range(number)
            )
            keys = [each.pk for each in rows]
            comments = []
            for each, pk in enumerate(keys):
                root = pk if each % 3 == 0 else keys[each - each % 3]
                parent = None if root == pk else root
                comments.append(
                    Comment(
                        contribution_id=pk,
                        thread=thread,
                        parent_id=parent,
                        root_id=root,
                        branch_id=pk,
                        depth=2 if parent else 1,
                        text="Copy",
                        rendered_html="<p>Copy</p>",
                        shown_at=row.received_at,
                        replies=0 if parent else 2,
                    )
                )
            Comment.objects.bulk_create(comments, batch_size=1000)
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:  # as the server does by itself when it has a moment
                cursor.execute("ANALYZE civic_attribution_contribution, civic_comments_comment")
        return AnonymousUser()

    return make
