"""What happens to a comment as a contribution, and that the thread stays readable and counted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civic_sourcing.attribution import gate, ledger
from civic_sourcing.attribution.actions import (
    HideContribution,
    ReinstateContribution,
    ReleaseContribution,
    RemoveContribution,
    RestoreContribution,
)
from civic_sourcing.attribution.guardians import take_away
from civic_sourcing.attribution.kinds import contribution_kind
from civic_sourcing.attribution.models import Contribution, State
from civic_sourcing.comments.actions import EditComment, RateComment, WithdrawComment
from civic_sourcing.comments.models import Comment, Thread, Tombstone
from civic_sourcing.comments.verification import verify_comments
from civic_sourcing.core.audit.verification import Verification
from civic_sourcing.core.exceptions import ActionRefused, RateLimited
from civic_sourcing.participants.actions import EraseParticipant
from civic_sourcing.participants.models import Participant

pytestmark = pytest.mark.django_db


def fresh(comment):
    return Comment.objects.select_related("contribution", "thread").get(pk=comment.pk)


def hide(comment):
    HideContribution(fresh(comment).contribution, by=None).execute()


def restore(comment):
    RestoreContribution(fresh(comment).contribution, by=None).execute()


def counts(thread):
    rows = Comment.objects.order_by("pk").values_list("replies", "helpful", "not_helpful", "rating")
    return Thread.objects.get(pk=thread.pk).comment_count, list(rows)


def findings():
    return list(verify_comments(Verification()))


@pytest.fixture
def tree(post, citizen, neighbour):
    """A comment, a reply, a reply to that, and one more on the same level."""
    first = post(citizen, "First")
    second = post(neighbour, "Second", parent=first)
    third = post(citizen, "Third", parent=second)
    return [first, second, third, post(neighbour, "Fourth", parent=third)]


def test_hidden_comment_leaves_a_tombstone_and_its_replies(tree, thread):
    hide(tree[1])

    assert fresh(tree[1]).tombstone == Tombstone.MODERATION
    assert [fresh(comment).is_readable for comment in tree] == [True, False, True, True]
    assert counts(thread)[0] == 3
    assert [fresh(comment).replies for comment in tree[:2]] == [2, 2]


def test_restored_comment_stands_as_before_with_all_counts(tree, thread, neighbour):
    RateComment(tree[0], by=neighbour, value=1).execute()
    before = counts(thread)

    hide(tree[0])
    hide(tree[2])
    restore(tree[2])
    restore(tree[0])

    assert counts(thread) == before
    assert fresh(tree[0]).text == "First"
    assert findings() == []


def test_deleted_comment_leaves_a_tombstone_by_its_author(tree, thread, citizen):
    WithdrawComment(tree[0], by=citizen).execute()

    comment = fresh(tree[0])
    assert (comment.tombstone, comment.contribution.state) == (Tombstone.AUTHOR, State.REMOVED)
    assert counts(thread)[0] == 3
    with pytest.raises(ActionRefused) as refused:
        ReinstateContribution(comment.contribution, by=None).execute()
    assert refused.value.code == "gone"


def test_author_cannot_delete_what_moderation_has_hidden(comment, citizen):
    hide(comment)

    with pytest.raises(ActionRefused) as refused:
        WithdrawComment(comment, by=citizen).execute()

    assert refused.value.code == "is-hidden"


def test_what_nobody_saw_leaves_nothing(post, citizen, thread):
    gate.register_keeper("test", lambda submission: gate.Hold("test", "It waits."))
    try:
        comment = post(citizen)
        WithdrawComment(comment, by=citizen).execute()
    finally:
        gate.unregister_keeper("test")

    assert fresh(comment).tombstone == ""
    assert not Comment.objects.shown().exists()


def test_removal_is_undone_exactly(tree, thread):
    before = counts(thread)
    contribution = tree[1].contribution
    RemoveContribution(contribution, by=None).execute()
    ledger.take_words(contribution, title="", text="[…]")
    assert fresh(tree[1]).tombstone == Tombstone.MODERATION
    assert "Second" not in fresh(tree[1]).rendered_html

    ReinstateContribution(contribution, by=None, text="Second").execute()

    assert counts(thread) == before
    assert fresh(tree[1]).rendered_html == "<p>Second</p>"
    assert findings() == []


def test_masked_text_is_nowhere_and_comes_back_exactly(comment):
    before = fresh(comment)

    ledger.mask(comment.contribution, title="", text="I would […] them.")

    masked = fresh(comment)
    assert masked.text == "I would […] them."
    assert masked.contribution.title == "I would […] them."
    assert not [v for v in masked.contribution.versions.all() if "use" in v.text]

    ledger.bring_words_back(masked.contribution, title="", text="I would use them.")

    after = fresh(comment)
    assert (after.text, after.rendered_html) == (before.text, before.rendered_html)
    assert after.contribution.title == before.contribution.title


def test_erased_account_leaves_empty_tombstones_and_the_answers_of_others(tree, thread, citizen):
    participant = Participant.objects.of(citizen)

    EraseParticipant(participant, by=citizen, blank_texts=True).execute()

    mine, others = fresh(tree[0]), fresh(tree[1])
    assert (mine.tombstone, mine.text, mine.contribution.title) == (Tombstone.ACCOUNT, "", "")
    assert others.is_readable
    assert counts(thread)[0] == 2
    assert findings() == []


def test_erased_account_can_leave_its_texts(tree, citizen):
    EraseParticipant(Participant.objects.of(citizen), by=citizen, blank_texts=False).execute()

    assert fresh(tree[0]).is_readable
    assert fresh(tree[0]).author.public_name.startswith("former participant")


def test_what_a_guardian_takes_back_is_not_blamed_on_moderation(comment, citizen):
    minor = Participant.AgeBand.MINOR
    Participant.objects.filter(user=citizen).update(age_band=minor)

    take_away(Contribution.objects.get(pk=comment.pk))

    assert fresh(comment).tombstone == Tombstone.ACCOUNT


def test_restored_after_an_erasure_it_does_not_blame_moderation(comment, citizen):
    hide(comment)
    EraseParticipant(Participant.objects.of(citizen), by=citizen, blank_texts=True).execute()

    restore(comment)

    assert fresh(comment).tombstone == Tombstone.ACCOUNT
    assert findings() == []


def test_edit_that_is_held_disappears_until_it_is_released(tree, thread, citizen):
    def hold(submission):
        return gate.Hold("test", "It waits.") if "bad" in submission.text else None

    gate.register_keeper("test", hold)
    try:
        edited = EditComment(tree[0], by=citizen, text="A bad word").execute()
        assert list(edited.contribution.waits_for) == ["It waits."]
        assert fresh(tree[0]).tombstone == Tombstone.WAITING
        assert counts(thread)[0] == 3

        ReleaseContribution(fresh(tree[0]).contribution, by=None, keeper="test").execute()
    finally:
        gate.unregister_keeper("test")

    assert fresh(tree[0]).is_readable
    assert counts(thread)[0] == 4


def test_edit_keeps_earlier_versions_and_says_when(comment, citizen):
    EditComment(comment, by=citizen, text="Better.").execute()

    edited = fresh(comment)
    assert [version.text for version in edited.contribution.versions.order_by("number")] == [
        "I would use them.",
        "Better.",
    ]
    assert edited.edited_at is not None
    assert edited.contribution.title == "Better."


def test_nobody_edits_over_and_over(post, citizen, settings):
    settings.CIVIC_SOURCING = {"EDITS_PER_HOUR": 2}
    comment = post(citizen, "I would use them.")
    for number in range(2):
        EditComment(comment, by=citizen, text=f"Nr {number}").execute()

    with pytest.raises(RateLimited):
        EditComment(comment, by=citizen, text="Nr 2").execute()


def test_edit_without_a_change_makes_no_version(comment, citizen):
    EditComment(comment, by=citizen, text="I would use them.  ").execute()

    assert comment.contribution.versions.count() == 1
    assert fresh(comment).edited_at is None


def test_moved_comment_stands_alone_there_and_goes_back_to_its_place(
    tree, thread, forum, make_place
):
    target = make_place()
    last, before = tree[3], counts(thread)
    sequence = last.contribution.sequence

    ledger.move(last.contribution, target.process)

    moved = fresh(last)
    assert (moved.thread, moved.parent, moved.depth) == (target, None, 1)
    assert (counts(thread)[0], counts(target)[0]) == (3, 1)
    assert findings() == []

    ledger.move(moved.contribution, forum.process, sequence=sequence)

    assert fresh(last).parent == tree[2]
    assert counts(thread) == before
    assert findings() == []


def test_comment_others_have_answered_is_not_moved(tree, make_place):
    target = make_place()

    with pytest.raises(ActionRefused) as refused:
        ledger.move(tree[0].contribution, target.process)

    assert refused.value.code == "has-replies"


def test_moderators_see_it_in_its_context(tree, idea):
    kind = contribution_kind("comment")

    context = kind.context(tree[1].contribution)

    assert context["parent"] == tree[0]
    assert context["place"] == "Benches by the river"
    assert kind.context(tree[0].contribution)["parent"] == idea.contribution
    assert kind.url(tree[1].contribution).endswith(
        f"?comment={tree[1].uuid}#comment-{tree[1].uuid}"
    )
    assert [person.user.username for person in kind.affected(tree[0].contribution)] == ["neighbour"]


def test_states_and_what_can_be_seen_agree(tree, citizen, rf):
    from civic_sourcing.attribution.verification import verify_states

    hide(tree[1])
    WithdrawComment(tree[2], by=citizen).execute()
    EraseParticipant(Participant.objects.of(citizen), by=citizen, blank_texts=True).execute()

    assert list(verify_states(Verification())) == []


@given(steps=st.lists(st.tuples(st.sampled_from("hrdx"), st.integers(0, 3)), max_size=8))
def test_counts_are_right_whatever_happens_in_whatever_order(steps, tree, citizen, neighbour):
    people = {0: citizen, 1: neighbour, 2: citizen, 3: neighbour}
    from django.db import transaction

    with transaction.atomic():
        for step, number in steps:
            comment = fresh(tree[number])
            try:
                if step == "h":
                    hide(comment)
                elif step == "r":
                    restore(comment)
                elif step == "d":
                    WithdrawComment(comment, by=people[number]).execute()
                else:
                    RemoveContribution(comment.contribution, by=None).execute()
            except ActionRefused:
                continue
        assert findings() == []
        transaction.set_rollback(True)


def test_count_that_was_changed_behind_the_applications_back_is_found(tree, thread):
    Thread.objects.filter(pk=thread.pk).update(comment_count=7)
    Comment.objects.filter(pk=tree[0].pk).update(replies=9)
    Comment.objects.filter(pk=tree[1].pk).update(helpful=2)

    assert {finding.code for finding in findings()} == {"comments", "replies", "ratings"}
