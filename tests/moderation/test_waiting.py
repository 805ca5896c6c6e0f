"""Who waits is told why and how long, and nobody else learns of it."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone, translation

from civic_sourcing.ideas.actions import ProposeIdea
from civic_sourcing.moderation.models import Case, Decision, ForumModeration
from civic_sourcing.moderation.waiting import in_words, usual_sentence, usual_wait
from tests.scenes import maker


@pytest.fixture
def held_idea(forum, author):
    ForumModeration.objects.create(process=forum.process, premoderation="everyone")
    return ProposeIdea(forum, by=author, title="Quiet benches", description="Please.").execute()


@maker
def decided(forum, handed_in_cases):
    """Cases of the forum that waited for so many hours."""

    def make(*hours):
        for number in hours:
            handed_in_cases(timedelta(hours=number))

    return make


@maker
def handed_in_cases(forum, propose, make_citizen):
    def make(wait):
        number = Case.objects.count()
        idea = propose(make_citizen(f"waiting{number}"), f"Idea {number}")
        now = timezone.now()
        case = Case.objects.create(
            contribution=idea.contribution,
            process=forum.process,
            kind="idea",
            state="decided",
            opened_at=now - wait,
            due_at=now,
            decided_at=now,
        )
        Decision.objects.create(
            case=case,
            number=1,
            outcome="release",
            facts="Nothing speaks against it.",
            starts_at=now,
            decided_at=now,
            appeal_until=now,
        )

    return make


@pytest.mark.parametrize(
    ("time", "words"),
    [
        (timedelta(seconds=1), "1 minute"),
        (timedelta(minutes=42), "42 minutes"),
        (timedelta(minutes=80), "1 hour"),
        (timedelta(hours=30), "30 hours"),
        (timedelta(days=3, hours=2), "3 days"),
    ],
)
def test_times_are_said_as_people_say_them(time, words):
    assert in_words(time) == words


def test_usual_time_is_the_median_of_recent_decisions(forum, decided):
    decided(1, 1, 3, 50, 90)

    assert usual_wait(forum.process) == timedelta(hours=3)
    assert "3 hours" in usual_sentence(forum.process)


def test_nothing_is_usual_before_five_decisions(forum, decided):
    decided(1, 1, 3, 50)

    assert usual_wait(forum.process) is None
    assert usual_sentence(forum.process) == "We aim to decide within 2 days."


def test_target_of_the_forum_is_told_while_nothing_is_usual(forum):
    ForumModeration.objects.create(process=forum.process, target_hours=5)

    assert "within 5 hours" in usual_sentence(forum.process)


def test_author_is_told_at_once(client, forum, author):
    ForumModeration.objects.create(process=forum.process, premoderation="everyone")
    client.force_login(author)
    words = {"title": "Benches", "description": "Please.", "request_key": ""}

    page = client.post(f"{forum.url}propose/", words, follow=True).content.decode()

    assert "A moderator reads it before others can see it. We aim to decide within 2 days." in page


def test_author_sees_in_the_forum_what_waits(client, forum, held_idea, author):
    client.force_login(author)

    page = client.get(forum.url).content.decode()

    assert "Only you can see this" in page
    assert "Quiet benches" in page
    assert "within 2 days" in page


def test_author_sees_on_their_page_what_waits(client, held_idea, author):
    client.force_login(author)

    page = client.get("/civic/me/", follow=True).content.decode()

    assert "Quiet benches" in page
    assert "Waiting. We aim to decide within 2 days." in page


def test_nobody_else_sees_in_the_forum_what_waits(client, forum, held_idea, citizen_or_nobody):
    if citizen_or_nobody:
        client.force_login(citizen_or_nobody)

    assert "Quiet benches" not in client.get(forum.url).content.decode()


@pytest.fixture(params=["nobody", "newcomer", "moderator"])
def citizen_or_nobody(request):
    user = request.getfixturevalue(request.param)
    return user if user.is_authenticated else None


def test_sentences_are_in_the_language_of_the_writer(forum):
    with translation.override("ko"):
        assert "2일" in usual_sentence(forum.process)


@pytest.fixture(autouse=True)
def _nothing_remembered():
    cache.clear()
