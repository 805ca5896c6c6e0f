"""Who is told what: once each, for the nearest reason, and nothing before it can be read."""

import pytest
from django.db import transaction

from civic_sourcing.attribution import gate, ledger
from civic_sourcing.attribution.actions import ReleaseContribution
from civic_sourcing.attribution.models import Contribution, State
from civic_sourcing.comments.actions import (
    CloseThread,
    EditComment,
    FollowThread,
    ReopenThread,
    UnfollowThread,
)
from civic_sourcing.comments.models import Comment
from civic_sourcing.comments.news import tell_of
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.notifications.models import Notification

pytestmark = pytest.mark.django_db


def told():
    rows = Notification.objects.order_by("pk")
    return [(row.user.username, row.category.partition(".")[2]) for row in rows]


def test_reply_tells_the_author_of_the_comment_and_those_behind_the_idea(post, citizen, neighbour):
    first = post(citizen)
    Notification.objects.all().delete()

    post(neighbour, parent=first)

    assert told() == [("citizen", "replies"), ("proposer", "on_mine")]


def test_everybody_is_told_once_for_the_nearest_reason(post, thread, citizen, neighbour, proposer):
    for person in (citizen, neighbour, proposer):
        FollowThread(thread, by=person).execute()
    first = post(citizen)
    Notification.objects.all().delete()

    post(neighbour, "@Mina Han and @Joon Seo, look.", parent=first)

    assert told() == [("citizen", "replies"), ("proposer", "mentions")]


def test_followers_hear_of_every_comment_but_their_own(post, thread, citizen, neighbour):
    FollowThread(thread, by=citizen).execute()
    post(citizen)
    post(neighbour)

    assert [row for row in told() if row[1] == "followed"] == [("citizen", "followed")]


def test_nobody_is_told_of_what_waits_until_it_is_released(post, citizen):
    gate.register_keeper("test", lambda submission: gate.Hold("test", "It waits."))
    try:
        comment = post(citizen)
        assert told() == []

        ReleaseContribution(comment.contribution, by=None, keeper="test").execute()
    finally:
        gate.unregister_keeper("test")

    assert told() == [("proposer", "on_mine")]


def test_who_is_mentioned_only_in_an_edit_is_told_once(post, citizen, neighbour):
    post(neighbour)
    comment = post(citizen)
    Notification.objects.all().delete()

    EditComment(comment, by=citizen, text="@Lena Berg, look.").execute()
    EditComment(comment, by=citizen, text="@Lena Berg, do look.").execute()

    assert told() == [("neighbour", "mentions")]


@pytest.fixture
def mask(idea):
    """Have the title of the idea masked."""

    def mask():
        with transaction.atomic():
            ledger.mask(idea.contribution, title="Benches by ***", text="People want to sit down.")

    return mask


def subject():
    return Notification.objects.filter(category="civic_comments.on_mine").get().subject


def test_title_that_is_masked_is_masked_in_what_was_told_of_comments(post, citizen, mask):
    post(citizen)

    mask()

    assert subject() == "Joon Seo commented on your “Benches by ***”"


def test_title_is_masked_in_what_was_told_of_a_comment_moved_away(post, citizen, make_place, mask):
    comment = post(citizen)
    with transaction.atomic():
        ledger.move(comment.contribution, make_place().process)

    mask()

    assert subject() == "Joon Seo commented on your “Benches by ***”"


def test_title_that_is_not_public_is_not_named(post, citizen, idea):
    comment = post(citizen)
    Notification.objects.all().delete()
    Contribution.objects.filter(pk=idea.contribution_id).update(state=State.HIDDEN)

    tell_of(Comment.objects.get(pk=comment.pk))

    assert subject() == "Joon Seo commented on your “Idea”"


def test_words_name_who_wrote_and_repeat_nothing(post, citizen):
    comment = post(citizen, "A secret word")

    row = Notification.objects.get()
    assert row.subject == "Joon Seo commented on your “Benches by the river”"
    assert "secret" not in row.body
    assert row.url.endswith(f"/comments/{comment.uuid}/")


def test_following_twice_and_unfollowing_twice_are_refused(thread, citizen):
    FollowThread(thread, by=citizen).execute()
    with pytest.raises(ActionRefused) as refused:
        FollowThread(thread, by=citizen).execute()
    assert refused.value.code == "already-followed"

    UnfollowThread(thread, by=citizen).execute()
    with pytest.raises(ActionRefused) as refused:
        UnfollowThread(thread, by=citizen).execute()
    assert refused.value.code == "not-followed"


def test_closed_thread_has_a_conclusion_and_tells_its_followers(post, thread, citizen, official):
    FollowThread(thread, by=citizen).execute()

    CloseThread(thread, by=official, conclusion="We build <b>ten</b>.").execute()

    thread.refresh_from_db()
    assert thread.conclusion_html == "<p>We build &lt;b&gt;ten&lt;/b&gt;.</p>"
    assert told() == [("citizen", "followed")]
    with pytest.raises(ActionRefused) as refused:
        post(citizen, thread=thread)
    assert refused.value.code == "thread-closed"


def test_reopened_thread_takes_comments_again(post, thread, citizen, official):
    CloseThread(thread, by=official, conclusion="Done.").execute()
    with pytest.raises(ActionRefused) as refused:
        CloseThread(thread, by=official).execute()
    assert refused.value.code == "thread-closed"

    ReopenThread(thread, by=official).execute()

    assert post(citizen, thread=type(thread).objects.get(pk=thread.pk))
    with pytest.raises(ActionRefused) as refused:
        ReopenThread(thread, by=official).execute()
    assert refused.value.code == "thread-open"
