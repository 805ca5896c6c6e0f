"""“@Name”: who is meant, who is told, and what nobody learns by trying."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civic_sourcing.comments.actions import EditComment
from civic_sourcing.comments.mentions import mentioned
from civic_sourcing.comments.models import Mention
from civic_sourcing.comments.texts import rendered
from civic_sourcing.participants.actions import EraseParticipant
from civic_sourcing.participants.models import Participant

pytestmark = pytest.mark.django_db


def named(text, thread):
    return [person.user.username for person in mentioned(text, thread).values()]


@pytest.mark.parametrize(
    "text",
    [
        "@Mina Han",
        "I agree, @Mina Han.",
        "(@Mina Han)",
        "Ask @Mina Han, please",
        "@Mina Han’s idea",
        "@Mina Han님의 생각",
    ],
)
def test_name_is_found_where_it_ends_as_words_do(text, thread):
    assert named(text, thread) == ["proposer"]


@pytest.mark.parametrize(
    "text",
    ["@Mina", "@Mina Hanover", "mina@Mina Han", "@ Mina Han", "@mina han", "@", "@@", "Mina Han"],
)
def test_what_is_not_the_name_means_nobody(text, thread):
    assert named(text, thread) == []


def test_longest_name_wins(thread, post, make_citizen):
    post(make_citizen("short", first_name="Mina"))

    assert named("@Mina Han and @Mina", thread) == ["proposer", "short"]


def test_nobody_learns_the_name_of_somebody_who_has_published_nothing(thread, neighbour, citizen):
    assert neighbour.civic_participant.public_name == "Lena Berg"

    assert named("@Lena Berg @Joon Seo", thread) == []


def test_of_two_of_the_same_name_the_one_in_the_thread_is_meant(
    thread, post, forum, make_citizen, other_thread
):
    here = make_citizen("here", first_name="Kim", last_name="Lee")
    there = make_citizen("there", first_name="Kim", last_name="Lee")
    post(there, thread=other_thread)
    assert named("@Kim Lee", other_thread) == ["there"]

    post(here)
    assert named("@Kim Lee", thread) == ["here"]

    post(there)
    assert named("@Kim Lee", thread) == []


@pytest.fixture
def other_thread(forum, citizen):
    from civic_sourcing.attribution.models import Channel
    from civic_sourcing.comments.models import Thread
    from civic_sourcing.ideas.actions import ProposeIdea

    idea = ProposeIdea(
        forum, by=citizen, title="Trees", description="More.", tags=[], channel=Channel.IMPORT
    ).execute()
    return Thread.objects.opened_below(idea.contribution)


def test_at_most_so_many_people_are_mentioned(thread, post, make_citizen, settings):
    settings.CIVIC_SOURCING = {"COMMENT_MENTIONS": 2}
    for number in range(3):
        post(make_citizen(f"c{number}", first_name=f"Nr{number}"))

    assert named("@Nr0 @Nr1 @Nr2", thread) == ["c0", "c1"]


def test_mention_is_kept_and_marked(post, citizen, proposer):
    comment = post(citizen, "What does @Mina Han say?")

    assert Mention.objects.get().participant.user == proposer
    assert '<span class="civic-mention">@Mina Han</span> say' in comment.rendered_html


def test_name_within_a_link_does_not_break_the_link(post, citizen, proposer):
    comment = post(citizen, "See https://example.org/@Mina and @Mina Han")

    html = rendered("See https://example.org/@Mina and @Mina", ["Mina"])
    assert 'href="https://example.org/@Mina"' in html
    assert html.count('<span class="civic-mention">') == 1
    assert '<span class="civic-mention">@Mina Han</span>' in comment.rendered_html


def test_edit_changes_who_is_mentioned(post, citizen, proposer):
    comment = post(citizen, "What does @Mina Han say?")

    EditComment(comment, by=citizen, text="Never mind.").execute()

    assert not Mention.objects.exists()


def test_who_leaves_is_mentioned_nowhere_any_more(post, citizen, proposer):
    post(citizen, "What does @Mina Han say?")

    participant = Participant.objects.of(proposer)
    EraseParticipant(participant, by=proposer, blank_texts=False).execute()

    assert not Mention.objects.exists()


@given(text=st.text(max_size=300), names=st.lists(st.text(min_size=1, max_size=20), max_size=4))
def test_marking_adds_nothing_but_the_mark(text, names):
    plain = str(rendered(text))

    marked = str(rendered(text, names))

    for tag in ('<span class="civic-mention">', "</span>"):
        marked = marked.replace(tag, "")
    assert marked == plain
