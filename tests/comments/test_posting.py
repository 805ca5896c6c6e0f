"""Saying something: where it stands, what is refused, what is counted."""

import pytest

from civic_sourcing.attribution import gate
from civic_sourcing.attribution.actions import HideContribution, ReleaseContribution
from civic_sourcing.attribution.models import State
from civic_sourcing.comments.actions import PostComment
from civic_sourcing.comments.models import Comment, Thread
from civic_sourcing.core.exceptions import ActionRefused, RateLimited
from civic_sourcing.core.text import TextRefused

from .conftest import DAY, open_phase, set_rules

pytestmark = pytest.mark.django_db


def fresh(row):
    return type(row).objects.get(pk=row.pk)


@pytest.fixture
def held_back():
    """A keeper of the gate that holds every comment."""

    def hold(submission):
        return gate.Hold("test", "It waits.") if submission.kind == "comment" else None

    gate.register_keeper("test", hold)
    yield
    gate.unregister_keeper("test")


def test_comment_is_a_row_in_the_ledger_with_its_first_version(post, citizen, idea):
    comment = post(citizen, "Yes.\n\nPlease.")

    contribution = comment.contribution
    assert (contribution.kind, contribution.process) == ("comment", idea.process)
    assert contribution.title == "Yes. Please."
    assert [version.text for version in contribution.versions.all()] == ["Yes.\n\nPlease."]
    assert comment.rendered_html == "<p>Yes.</p><p>Please.</p>"
    assert fresh(comment.thread).comment_count == 1


def test_reply_further_down_is_shown_on_the_third_level_and_keeps_its_parent(post, citizen):
    chain = [post(citizen)]
    for number in range(4):
        chain.append(post(citizen, f"And {number}", parent=chain[-1]))

    assert [comment.depth for comment in chain] == [1, 2, 3, 3, 3]
    assert [comment.parent for comment in chain[1:]] == chain[:-1]
    assert {comment.root for comment in chain} == {chain[0]}
    assert [comment.branch for comment in chain] == [chain[0], *[chain[1]] * 4]


def test_reply_counts_for_the_levels_it_is_shown_below(post, citizen):
    first = post(citizen)
    second = post(citizen, parent=first)
    third = post(citizen, parent=second)
    post(citizen, parent=third)

    counts = [fresh(comment).replies for comment in (first, second, third)]

    assert counts == [3, 2, 0]


def test_comments_are_read_branch_by_branch(post, citizen):
    first, other = post(citizen, "1"), post(citizen, "2")
    one, two = post(citizen, "1.1", parent=first), post(citizen, "1.2", parent=first)
    post(citizen, "1.1.1", parent=one)
    post(citizen, "1.2.1", parent=two)
    post(citizen, "2.1", parent=other)

    texts = Comment.objects.in_reading_order().values_list("text", flat=True)

    assert list(texts) == ["1", "1.1", "1.1.1", "1.2", "1.2.1", "2", "2.1"]


def test_held_comment_has_no_place_until_it_is_released(post, citizen, held_back):
    comment = post(citizen)

    assert comment.contribution.state == State.HELD
    assert list(comment.contribution.waits_for) == ["It waits."]
    assert not Comment.objects.shown().exists()
    assert fresh(comment.thread).comment_count == 0

    ReleaseContribution(comment.contribution, by=None, keeper="test").execute()

    assert Comment.objects.readable().get() == comment
    assert fresh(comment.thread).comment_count == 1


def test_double_click_posts_once(thread, citizen):
    results = [
        PostComment(thread, by=citizen, text="Yes.", idempotency_key="one", ip=address).execute()
        for address in ("203.0.113.1", "203.0.113.2")
    ]

    assert results[0] == results[1] == Comment.objects.get()


def test_newcomer_posts_once_in_thirty_seconds(thread, citizen):
    PostComment(thread, by=citizen, text="One.").execute()

    with pytest.raises(RateLimited):
        PostComment(thread, by=citizen, text="Two.").execute()


def test_address_posts_sixty_times_an_hour(thread, make_citizen, settings):
    settings.CIVIC_SOURCING = {"LIMITS": {"comment": {"ip": [{"count": 2, "seconds": 3600}]}}}
    for number in range(2):
        PostComment(
            thread, by=make_citizen(f"c{number}"), text="Hello.", ip="203.0.113.7"
        ).execute()

    with pytest.raises(RateLimited):
        PostComment(thread, by=make_citizen("third"), text="Hi.", ip="203.0.113.7").execute()


@pytest.mark.parametrize("text", ["", "   \n", "\u200b\u202e"], ids=["empty", "blank", "hidden"])
def test_comment_without_anything_to_see_is_refused(post, citizen, text):
    with pytest.raises(TextRefused):
        post(citizen, text)


def test_comment_longer_than_the_limit_is_refused(post, citizen, settings):
    settings.CIVIC_SOURCING = {"COMMENT_LENGTH": 5}

    assert post(citizen, "👩‍👩‍👧‍👦" * 5)
    with pytest.raises(TextRefused):
        post(citizen, "a" * 6)


def test_script_and_turned_text_are_shown_as_plain_text(post, citizen):
    comment = post(citizen, "<script>alert(1)</script> \u202eevil")

    assert comment.rendered_html == "<p>&lt;script&gt;alert(1)&lt;/script&gt; evil</p>"


def test_nobody_replies_to_a_comment_of_another_thread(post, citizen, comment, forum):
    elsewhere = Thread.objects.opened_below(forum.process)

    with pytest.raises(ActionRefused) as refused:
        post(citizen, parent=comment, thread=elsewhere)

    assert refused.value.code == "other-thread"


@pytest.mark.parametrize("argument", ["parent", "quoted"])
def test_nobody_refers_to_what_nobody_can_read(post, citizen, comment, argument):
    HideContribution(comment.contribution, by=None).execute()

    with pytest.raises(ActionRefused) as refused:
        post(citizen, **{argument: comment})

    assert refused.value.code == "not-readable"


def test_nobody_comments_below_a_hidden_idea(post, citizen, idea):
    HideContribution(idea.contribution, by=None).execute()

    with pytest.raises(ActionRefused) as refused:
        post(citizen)

    assert refused.value.code == "not-published"


def test_position_is_taken_only_where_it_is_asked_for(post, citizen, forum, thread):
    with pytest.raises(ActionRefused) as refused:
        post(citizen, position="for")
    assert refused.value.code == "no-positions"

    set_rules(forum.process, positions=True)

    assert post(citizen, position="against", thread=fresh(thread)).position == "against"
    with pytest.raises(ActionRefused) as refused:
        post(citizen, position="maybe", thread=fresh(thread))
    assert refused.value.code == "unknown-position"


def test_rules_say_in_which_phases_people_comment(post, citizen, forum, thread):
    set_rules(forum.process, open_phases=["support"])

    with pytest.raises(ActionRefused) as refused:
        post(citizen)
    assert refused.value.code == "not-planned"

    open_phase(forum.process, "support")

    assert post(citizen)


def test_nobody_comments_after_the_last_phase(post, citizen, forum, thread):
    open_phase(forum.process, "collect", opened=-2 * DAY, closes=-DAY)

    with pytest.raises(ActionRefused) as refused:
        post(citizen)

    assert refused.value.code == "closed"


def test_who_speaks_as_an_official_is_one_here(post, citizen, official):
    assert post(official, role="official").contribution.made_on_duty

    with pytest.raises(ActionRefused) as refused:
        post(citizen, role="official")
    assert refused.value.code == "forbidden"


def test_log_names_the_comment_and_none_of_its_words(post, citizen):
    from civic_sourcing.core.models import AuditEntry

    comment = post(citizen, "A secret word")

    entry = AuditEntry.objects.get(action="civic_comments.post")
    assert entry.details["comment"] == str(comment.uuid)
    assert "secret" not in str(entry.details)
