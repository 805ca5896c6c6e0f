"""Who hears of a phase that has opened or ends soon: those who take part, once each."""

from datetime import timedelta

import pytest
from django.utils import timezone

from civic_sourcing.ideas.actions import SupportIdea
from civic_sourcing.notifications.models import Notification
from civic_sourcing.participants.phase_news import tell_of_phases
from civic_sourcing.processes.models import Phase
from tests.ideas.conftest import DAY, open_phase

pytestmark = pytest.mark.django_db


@pytest.fixture
def at():
    return timezone.now()


@pytest.fixture
def taking_part(supported_idea, neighbour):
    """An author, a supporter, and a neighbour who does neither."""
    Notification.objects.all().delete()
    return supported_idea


def told():
    rows = Notification.objects.filter(category__startswith="civic_participants.phase")
    return sorted((row.user.username, row.category.rpartition("_")[2]) for row in rows)


def test_those_who_take_part_hear_that_a_phase_has_opened(taking_part, forum, at):
    tell_of_phases(at)

    assert told() == [("citizen", "opened"), ("mina", "opened")]


def test_everybody_hears_once_however_often_it_is_looked(taking_part, at):
    for minutes in range(3):
        tell_of_phases(at + timedelta(minutes=minutes))

    assert len(told()) == 2


@pytest.mark.parametrize(
    ("opened", "closes", "kinds"),
    [
        pytest.param(-30 * DAY, 10 * DAY, set(), id="in the middle"),
        pytest.param(-30 * DAY, 2 * DAY, {"ends"}, id="ends soon"),
        pytest.param(-DAY, 2 * DAY, {"opened"}, id="so short that the opening told of the end"),
        pytest.param(-DAY, 30 * DAY, {"opened"}, id="just opened"),
        pytest.param(DAY, 30 * DAY, set(), id="not open yet"),
        pytest.param(-30 * DAY, -DAY, set(), id="over"),
    ],
)
def test_it_is_told_when_it_is_news(taking_part, forum, at, opened, closes, kinds):
    open_phase(forum, "support", opened=opened, closes=closes)

    tell_of_phases(at)

    assert {kind for _name, kind in told()} == kinds


def test_a_phase_made_longer_is_told_of_again_when_it_ends(taking_part, forum, at):
    phase = open_phase(forum, "support", opened=-30 * DAY, closes=2 * DAY)
    tell_of_phases(at)
    Phase.objects.filter(pk=phase.pk).update(closes_at=phase.closes_at + 7 * DAY)

    tell_of_phases(at)
    before = len(told())
    tell_of_phases(at + 7 * DAY)

    assert (before, len(told())) == (2, 4)


def test_news_is_in_the_readers_language_and_leads_to_their_page(
    taking_part, forum, korean_forum, citizen, at
):
    citizen.civic_participant.language = "ko"
    citizen.civic_participant.save()

    tell_of_phases(at)

    news = Notification.objects.get(user=citizen, category="civic_participants.phase_opened")
    assert korean_forum.title in news.subject
    assert news.url.startswith("/ko/") or news.url == korean_forum.url


def test_nobody_hears_of_a_forum_that_is_not_published(forum, author, at):
    draft = forum.copy(update_attrs={"slug": "draft"}, keep_live=False)
    open_phase(draft, "collect")

    tell_of_phases(at)

    assert told() == []


def test_who_takes_part_in_another_forum_hears_nothing(home, forum, propose, author, neighbour, at):
    other = home.add_child(instance=type(forum)(title="Other ideas", slug="others"))
    open_phase(other, "collect")
    propose(neighbour, "Trees in the square", forum=other)
    open_phase(forum, "support", opened=-30 * DAY, closes=20 * DAY)
    propose_before = told()

    tell_of_phases(at)

    assert propose_before == []
    assert told() == [("neighbour", "opened")]


def test_zero_days_announce_no_end(taking_part, forum, at, settings):
    settings.CIVIC_SOURCING = {"PHASE_ENDS_DAYS": 0}
    open_phase(forum, "support", opened=-30 * DAY, closes=DAY)

    tell_of_phases(at)

    assert told() == []


def test_supporting_twice_in_a_forum_is_told_once(taking_part, propose, author, citizen, at):
    SupportIdea(propose(author, "Lamps"), by=citizen).execute()

    tell_of_phases(at)

    assert told().count(("citizen", "opened")) == 1
