"""Several notifications in one mail."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.utils import timezone

from civic_sourcing.notifications.categories import Choice, Mail, get_category
from civic_sourcing.notifications.delivery import deliver
from civic_sourcing.notifications.digests import gather, last_time
from civic_sourcing.notifications.letters import MOST_IN_A_DIGEST
from civic_sourcing.notifications.models import Notification, OutboxMessage, Preference

SEOUL = ZoneInfo("Asia/Seoul")
QUERIES_OF_A_LETTER = 4


@pytest.mark.parametrize(
    ("digest", "at", "due"),
    [
        pytest.param("daily", "2026-05-06 08:00", "2026-05-06 08:00", id="to the minute"),
        pytest.param("daily", "2026-05-06 07:59", "2026-05-05 08:00", id="before the hour"),
        pytest.param("daily", "2026-05-06 23:00", "2026-05-06 08:00", id="in the evening"),
        pytest.param("weekly", "2026-05-06 08:00", "2026-05-04 08:00", id="Wednesday"),
        pytest.param("weekly", "2026-05-04 07:59", "2026-04-27 08:00", id="Monday, too early"),
        pytest.param("weekly", "2026-05-04 08:00", "2026-05-04 08:00", id="Monday"),
        pytest.param("weekly", "2026-05-03 20:00", "2026-04-27 08:00", id="Sunday"),
    ],
)
def test_digest_is_due_at_the_hour_of_the_town(digest, at, due):
    moment = datetime.fromisoformat(at).replace(tzinfo=SEOUL).astimezone(UTC)

    assert last_time(digest, moment) == datetime.fromisoformat(due).replace(tzinfo=SEOUL)


@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25"])
def test_digest_keeps_its_hour_when_the_clocks_change(settings, day):
    settings.TIME_ZONE = "Europe/Warsaw"
    evening = datetime.fromisoformat(f"{day} 20:00").replace(tzinfo=ZoneInfo("Europe/Warsaw"))

    assert last_time("daily", evening).hour == 8
    assert last_time("daily", evening).date() == evening.date()


@pytest.fixture
def gossip(tell, citizen, let_time_pass):
    """Two things that wait for the daily digest since the day before."""
    tell(citizen, category="tests.gossip", subject="Lamps are lit", body="All of them.")
    tell(citizen, category="tests.gossip", subject="Trees are planted", url="/en/trees/")
    let_time_pass(days=1)


def test_what_waited_comes_in_one_mail(gossip):
    gather(timezone.now())
    deliver()

    (letter,) = mail.outbox
    assert letter.subject.endswith("2 notifications")
    assert "http://localhost/en/trees/" in letter.body
    for words in (letter.body, letter.alternatives[0][0]):
        assert words.index("Lamps are lit") < words.index("Trees are planted")
        assert "wish to be told once a day" in words


def test_digest_is_sorted_by_what_it_is_about(gossip, tell, citizen, let_time_pass):
    Preference.objects.choose(citizen, {"tests.news": Choice(True, Mail.DAILY)})
    tell(citizen, category="tests.news", subject="The square opens")
    tell(citizen, category="tests.gossip", subject="Pigeons are back")
    let_time_pass(days=1)

    gather(timezone.now())
    deliver()

    (letter,) = mail.outbox
    labels = [str(get_category(key).label) for key in ("tests.gossip", "tests.news")]
    for words in (letter.body, letter.alternatives[0][0]):
        assert [words.count(f"{label}") for label in labels] == [1, 1]
        assert words.index("Trees are planted") < words.index("Pigeons are back")
        first, second = sorted(labels, key=words.index)
        assert [first, second] == sorted(labels)


def test_heading_in_a_digest_leads_to_the_page(gossip):
    gather(timezone.now())
    deliver()

    html = mail.outbox[0].alternatives[0][0]
    assert '<a href="http://localhost/en/trees/">Trees are planted</a>' in html


def test_digest_comes_once_however_often_it_is_gathered(gossip):
    assert [gather(timezone.now()) for _run in range(3)] == [1, 0, 0]


def test_what_is_newer_than_the_hour_waits_for_the_next_digest(tell, citizen):
    tell(citizen, category="tests.gossip")
    at = timezone.now()

    assert gather(at) == 0
    assert gather(at.replace(year=at.year + 1)) == 1


def test_weekly_and_daily_news_do_not_mix(tell, citizen, gossip, let_time_pass):
    Preference.objects.choose(citizen, {"tests.news": Choice(True, Mail.WEEKLY)})
    tell(citizen, subject="Once a week")
    let_time_pass(days=7)

    gather(timezone.now())
    deliver()

    assert len(mail.outbox) == 2
    assert sum("Once a week" in letter.body for letter in mail.outbox) == 1


def test_what_was_read_in_the_inbox_is_left_out(gossip, citizen):
    Notification.objects.filter(subject="Lamps are lit").mark_read(timezone.now())

    gather(timezone.now())
    deliver()

    assert "Lamps" not in mail.outbox[0].body


def test_who_has_read_everything_gets_no_digest(gossip, citizen):
    Notification.objects.inbox(citizen).mark_read(timezone.now())

    assert gather(timezone.now()) == 0
    assert not Notification.objects.exclude(waits_for="").exists()


def test_category_turned_off_meanwhile_is_left_out(gossip, citizen):
    Preference.objects.choose(citizen, {"tests.gossip": Choice(True, Mail.NEVER)})

    gather(timezone.now())
    deliver()

    assert mail.outbox == []
    assert OutboxMessage.objects.get().state == "dropped"


def test_long_digest_is_cut_and_says_how_much_is_left(tell, citizen, let_time_pass):
    for number in range(MOST_IN_A_DIGEST + 3):
        tell(citizen, category="tests.gossip", subject=f"Number {number}")
    let_time_pass(days=1)

    gather(timezone.now())
    deliver()

    assert "3 more in your inbox" in mail.outbox[0].body
    assert mail.outbox[0].body.count("* Number") == MOST_IN_A_DIGEST


def test_forgetting_a_sent_digest_does_not_bring_its_news_back(gossip):
    gather(timezone.now())
    deliver()

    OutboxMessage.objects.all().delete()

    assert gather(timezone.now()) == 0
