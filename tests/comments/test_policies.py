"""Who may do what, by role and phase: the whole table."""

import pytest

from civic_sourcing.comments.models import Comment, Thread
from civic_sourcing.comments.policies import (
    may_close,
    may_edit,
    may_follow,
    may_post,
    may_rate,
    may_withdraw,
)
from civic_sourcing.core.clock import now
from civic_sourcing.core.policies import Occasion
from civic_sourcing.participants.models import Participant
from tests.scenes import maker

from .conftest import DAY, open_phase, set_rules

pytestmark = pytest.mark.django_db

SIGNED_IN = {"proposer", "citizen", "neighbour", "moderator", "official", "superuser"}
STAFF = {"moderator", "official", "superuser"}
MATRIX = {
    # phase: (post, rate, edit, withdraw, close, follow); "citizen" wrote the comment
    "collect": (SIGNED_IN, SIGNED_IN - {"citizen"}, {"citizen"}),
    "support": (SIGNED_IN, SIGNED_IN - {"citizen"}, {"citizen"}),
    "review": (set(), set(), set()),
    "over": (set(), set(), set()),
    "not yet": (set(), set(), set()),
    "closed by hand": (set(), set(), set()),
}
WINDOWS = {"over": ("collect", -2 * DAY, -DAY), "not yet": ("collect", DAY, 2 * DAY)}


@maker
def at_phase(forum, thread, comment):
    """Bring the thread into a phase; comments are open while ideas and support are collected."""

    def bring(name):
        set_rules(forum.process, open_phases=["collect", "support"])
        kind, opened, closes = WINDOWS.get(name, (name, -DAY, DAY))
        open_phase(
            forum.process,
            "collect" if " " in name and kind == name else kind,
            opened=opened,
            closes=closes,
        )
        if name == "closed by hand":
            Thread.objects.filter(pk=thread.pk).update(closed_at=now())
        return Thread.objects.get(pk=thread.pk), Comment.objects.get(pk=comment.pk)

    return bring


def allowed(policy, subject, people):
    at = now()
    return {role for role, user in people.items() if policy.allows(Occasion(user, subject, at))}


@pytest.mark.parametrize("phase", MATRIX)
def test_table_of_rights(phase, at_phase, people):
    thread, comment = at_phase(phase)
    post, rate, edit = MATRIX[phase]

    assert allowed(may_post, thread, people) == post
    assert allowed(may_rate, comment, people) == rate
    assert allowed(may_edit, comment, people) == edit
    assert allowed(may_withdraw, comment, people) == {"citizen"}
    assert allowed(may_close, thread, people) == STAFF
    assert allowed(may_follow, thread, people) == SIGNED_IN


def test_role_holds_where_it_was_given_and_nowhere_else(home, moderator):
    from town.news.models import NewsPage

    page = home.add_child(instance=NewsPage(title="News", slug="news"))
    elsewhere = Thread.objects.opened_below(page.process)

    assert not may_close.allows(Occasion(moderator, elsewhere, now()))


def test_suspended_people_read_and_delete_only(thread, comment, citizen):
    Participant.objects.filter(user=citizen).update(standing="suspended")

    at = now()
    assert may_post.refusal(Occasion(citizen, thread, at)).code == "suspended"
    assert may_edit.refusal(Occasion(citizen, comment, at)).code == "suspended"
    assert may_withdraw.allows(Occasion(citizen, comment, at))


@pytest.mark.parametrize(
    ("minutes", "later", "code"),
    [(None, 29, None), (None, 30, "too-late"), (5, 5, "too-late"), (0, 0, "too-late")],
    ids=["in time", "just over", "own window", "never"],
)
def test_comment_is_edited_within_the_window(forum, comment, citizen, minutes, later, code):
    from datetime import timedelta

    set_rules(forum.process, edit_minutes=minutes)
    comment = Comment.objects.get(pk=comment.pk)
    at = comment.shown_at + timedelta(minutes=later)

    refusal = may_edit.refusal(Occasion(citizen, comment, at))

    assert (refusal and refusal.code) == code
