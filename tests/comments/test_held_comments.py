"""Comments somebody reads first: their author sees them waiting, and nobody else learns of them."""

import pytest
from django.test import Client
from django.urls import reverse

from civic_sourcing.comments.actions import EditComment
from civic_sourcing.comments.models import Comment, Thread, Tombstone
from civic_sourcing.comments.personal_records import CommentRecords
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.moderation.models import Case, WordList
from civic_sourcing.notifications.models import Notification
from civic_sourcing.participants.models import Participant

from .moderated import NAMED, RUDE, TEXT, faults, now, row, seen, span, told

pytestmark = pytest.mark.django_db

WAITING = "Only you can see this comment."
AIM = "We aim to decide within"


@pytest.fixture
def waiting(look_first, proposer, speak, citizen):
    """A comment that answers and names the proposer, and waits; and its case."""
    question = speak(proposer, "Where do we want them?")
    look_first()
    return speak(citizen, parent=question)


def test_its_author_sees_it_waiting_with_the_usual_time(waiting, idea, citizen):
    page = seen(idea, citizen)

    assert RUDE in page
    assert WAITING in page
    assert AIM in page


@pytest.mark.parametrize("who", ["proposer", "neighbour", None])
def test_nobody_else_sees_a_trace_of_it(request, waiting, idea, thread, who):
    user = request.getfixturevalue(who) if who else None

    page = seen(idea, user)

    assert RUDE not in page
    assert WAITING not in page
    assert str(waiting.uuid) not in page
    assert Thread.objects.get(pk=thread.pk).comment_count == 1
    assert now(waiting.parent).replies == 0


@pytest.mark.parametrize("name", ["comment", "replies", "reply", "edit", "versions", "withdraw"])
def test_nobody_else_finds_it_at_its_addresses(client, waiting, neighbour, name):
    client.force_login(neighbour)

    response = client.get(reverse(f"civic_comments:{name}", args=[waiting.uuid]))

    assert response.status_code == 404


def test_nobody_hears_of_it_before_it_is_published(waiting, proposer, citizen, decide):
    assert told(proposer, "civic_comments.") == []
    assert CommentRecords().export(Participant.objects.of(proposer))["mentioned_in"] == []

    decide(Case.objects.get(), "release", rule=None)

    assert told(proposer, "civic_comments.") == ["Joon Seo replied to your comment"]
    assert now(waiting).is_readable
    assert now(waiting.parent).replies == 1
    assert any("Published" in note.body for note in Notification.objects.filter(user=citizen))
    assert faults() == []


def test_removed_while_it_waited_it_leaves_nothing(waiting, idea, decide, citizen):
    decide(Case.objects.get(), "remove")

    assert now(waiting).shown_at is None
    assert RUDE not in seen(idea, citizen)
    assert str(Tombstone.MODERATION.label) not in seen(idea)
    assert faults() == []


def test_masked_while_it_waited_it_is_published_masked(waiting, idea, decide):
    decide(Case.objects.get(), "mask", spans=[span(RUDE)], seen_version=0)

    assert "Ask" in seen(idea)
    assert RUDE not in seen(idea)
    assert now(waiting).is_readable


@pytest.mark.parametrize(
    ("mode", "who", "waits"),
    [
        ("everyone", "citizen", True),
        ("everyone", "known", True),
        ("newcomers", "citizen", True),
        ("newcomers", "known", False),
        ("checks", "citizen", False),
        ("none", "citizen", False),
    ],
)
def test_what_waits_is_what_the_forum_says(
    look_first,
    speak,
    settle,
    citizen,
    neighbour,
    mode,
    who,
    waits,
):
    author = settle(neighbour) if who == "known" else citizen
    look_first(mode)

    comment = speak(author, "Armrests, please.")

    assert (comment.contribution.state == "held") is waits
    assert Case.objects.filter(held=True).exists() is waits


@pytest.fixture
def listed():
    WordList.objects.create(title="Rude", words="fool")


class TestEdits:
    """A published comment whose new text a check holds."""

    @pytest.fixture
    def comment(self, speak, citizen, neighbour):
        comment = speak(citizen, "Ask @Mina Han.")
        speak(neighbour, "Yes, ask her.", parent=comment)
        return comment

    @pytest.fixture
    def edited(self, comment, citizen, listed):
        return EditComment(now(comment), by=citizen, text=TEXT).execute()

    def test_it_disappears_with_all_it_said_and_its_answers_stay(self, edited, idea, neighbour):
        page = seen(idea, neighbour)

        assert str(Tombstone.WAITING.label) in page
        assert RUDE not in page
        assert "Yes, ask her." in page
        assert Thread.objects.get().comment_count == 1
        assert Client().get(f"{address(edited)}versions/").status_code == 404

    def test_its_author_goes_on_seeing_it_and_can_edit_it_further(self, edited, idea, citizen):
        page = seen(idea, citizen)
        assert RUDE in page
        assert WAITING in page

        again = EditComment(now(edited), by=citizen, text="Ask a mason.").execute()

        assert again.text == "Ask a mason."
        assert row(edited).state == "held"

    def test_released_it_stands_again_as_edited(self, edited, idea, decide):
        decide(Case.objects.get(), "release", rule=None)

        assert RUDE in seen(idea)
        assert Thread.objects.get().comment_count == 2
        assert faults() == []

    def test_who_is_named_only_by_the_edit_hears_once_it_is_released(
        self,
        speak,
        citizen,
        proposer,
        decide,
        listed,
    ):
        speak(proposer, "Where?")
        comment = speak(citizen, "Ask somebody.")
        Notification.objects.all().delete()
        EditComment(now(comment), by=citizen, text=TEXT).execute()
        assert told(proposer, "civic_comments.mentions") == []

        decide(Case.objects.get(), "release", rule=None)

        assert told(proposer, "civic_comments.mentions") == ["Joon Seo mentioned you in a comment"]

    def test_removed_and_reversed_it_is_published_as_edited(
        self,
        edited,
        citizen,
        idea,
        decide,
        appeal,
    ):
        appeal(decide(Case.objects.get(), "remove"))

        assert RUDE in seen(idea)
        assert f"{NAMED}</span>" in now(edited).rendered_html
        assert faults() == []


class TestMaskedText:
    @pytest.fixture
    def masked(self, said, case, decide):
        decide(case, "mask", spans=[span(RUDE)], seen_version=1)
        return now(said)

    def test_its_author_edits_around_the_mask(self, masked, citizen):
        EditComment(masked, by=citizen, text="Ask @Mina Han, ***, about benches.").execute()

        assert now(masked).text.endswith("benches.")

    @pytest.mark.parametrize("text", [TEXT, f"I say it again: {RUDE.upper()}!"])
    def test_what_is_masked_is_not_put_back_by_an_edit(self, masked, citizen, text):
        with pytest.raises(ActionRefused) as refused:
            EditComment(masked, by=citizen, text=text).execute()

        assert refused.value.code == "masked"
        assert RUDE not in now(masked).text

    def test_the_words_come_back_if_the_author_wrote_nothing_since(self, masked, appeal, citizen):
        EditComment(masked, by=citizen, text="Ask a mason.").execute()

        appeal(masked.contribution.cases.get().decision)

        assert now(masked).text == "Ask a mason."
        assert faults() == []


def address(comment):
    return reverse("civic_comments:comment", args=[comment.uuid])


HIDDEN_AT = [
    ("edit", ""),
    ("rate", "?value=1"),
    ("reply", "?quote=1"),
    ("reply", ""),
    ("replies", ""),
    ("versions", ""),
    ("withdraw", ""),
]


@pytest.mark.parametrize(("name", "query"), HIDDEN_AT)
def test_hidden_comment_is_read_at_none_of_its_addresses(
    client,
    said,
    case,
    decide,
    neighbour,
    name,
    query,
):
    decide(case, "hide")
    client.force_login(neighbour)

    response = client.get(f"{address(said)}{name}/{query}", follow=True)

    assert response.status_code in (200, 404)
    assert RUDE not in response.content.decode()


def test_the_thread_is_counted_right_whatever_waits(waiting, speak, citizen, decide):
    more = speak(citizen, "One more.")
    decide(Case.objects.get(contribution=more.pk), "release", rule=None)

    assert Comment.objects.readable().count() == 2
    assert faults() == []
