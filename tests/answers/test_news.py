"""Who hears of answers and deliveries: authors, supporters and followers, each once."""

import pytest

from civic_sourcing.answers import news
from civic_sourcing.answers.actions import Adopt, ReportDelivery
from civic_sourcing.answers.models import WaitingNews
from civic_sourcing.core import clock
from civic_sourcing.ideas.actions import SupportIdea
from civic_sourcing.ideas.models import IdeaFollow
from civic_sourcing.notifications.models import Notification
from civic_sourcing.participants.models import Participant

pytestmark = pytest.mark.django_db

ANSWERED = "The city has answered “Benches by the river”"


def told(user):
    rows = Notification.objects.filter(user=user, category__startswith="civic_answers")
    return list(rows.order_by("pk").values_list("subject", flat=True))


@pytest.fixture
def supporter(idea, make_citizen):
    user = make_citizen("supporter")
    SupportIdea(idea, by=user).execute()
    return user


@pytest.fixture
def follow(contribution):
    def follow(user):
        person = Participant.objects.of(user)
        return IdeaFollow.objects.create(
            contribution=contribution, participant=person, since=clock.now()
        )

    return follow


def test_everybody_hears_for_the_nearest_reason(
    answer, author, supporter, make_citizen, follow, django_capture_on_commit_callbacks
):
    follower = make_citizen("follower")
    for user in (follower, supporter, author):
        follow(user)

    with django_capture_on_commit_callbacks(execute=True):
        answer()

    assert told(author) == ["The city has answered your “Benches by the river”"]
    assert told(supporter) == [f"{ANSWERED}, which you support"]
    assert told(follower) == [f"{ANSWERED}, which you follow"]


def test_stage_that_an_answer_brings_is_no_news_of_its_own(
    answer, author, idea, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        answer()

    idea.refresh_from_db()
    assert idea.stage == "accepted"
    assert Notification.objects.filter(user=author).count() == 1


def test_many_are_told_by_the_next_tick_once(answer, author, supporter, monkeypatch):
    monkeypatch.setattr(news, "AT_ONCE", 0)

    answer()

    assert (len(told(author)), told(supporter)) == (1, [])
    assert [news.tell_waiting(clock.now()) for _each in range(2)] == ["1 told", "0 told"]
    assert (len(told(author)), len(told(supporter))) == (1, 1)
    assert not WaitingNews.objects.exists()


def test_supporters_hear_of_the_delivery(contribution, official, supporter, follow):
    adoption = Adopt(contribution, by=official).execute()

    ReportDelivery(adoption, by=official, text="Six stand.").execute()

    assert told(supporter) == [
        "There is news of what the city makes of “Benches by the river”, which you support"
    ]
