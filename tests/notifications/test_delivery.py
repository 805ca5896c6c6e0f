"""From the outbox to the mail server."""

import logging
import re
import smtplib
from io import StringIO

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django_tasks_db.models import DBTaskResult
from wagtail.models import Site

from civic_sourcing.notifications.categories import Choice, Mail
from civic_sourcing.notifications.delivery import deliver
from civic_sourcing.notifications.models import Notification, OutboxMessage, Preference
from civic_sourcing.notifications.outbox import send_mail_to
from civic_sourcing.notifications.tasks import deliver_outbox
from tests.notifications.backends import MoodyBackend, refused

MOODY = "tests.notifications.backends.MoodyBackend"


@pytest.fixture
def moody(settings, monkeypatch):
    """A mail server that answers this address with this error."""
    settings.EMAIL_BACKEND = MOODY

    def answer(error, address="mina@example.org"):
        monkeypatch.setattr(MoodyBackend, "answers", {address: error})

    return answer


def test_message_is_sent_once_and_marked(message):
    assert str(deliver()).startswith("1 sent")
    assert str(deliver()).startswith("0 sent")

    message.refresh_from_db()
    assert len(mail.outbox) == 1
    assert message.state == "sent"
    assert message.sent_at is not None


def test_mail_says_who_writes_what_and_why(tell, citizen, settings):
    settings.WAGTAIL_SITE_NAME = "City of Neulbom"
    tell(citizen, body="By 212 votes.", url="/en/benches/")

    deliver()

    (letter,) = mail.outbox
    html, kind = letter.alternatives[0]
    assert (letter.subject, letter.to) == ("Benches are funded", ["mina@example.org"])
    assert kind == "text/html"
    for words in (letter.body, html):
        assert "By 212 votes." in words
        assert "City of Neulbom" in words
        assert "wish to be told about “Ideas”" in words


def test_links_are_whole_addresses_of_the_site(tell, citizen):
    site = Site.objects.get(is_default_site=True)
    site.hostname, site.port = "neulbom.example", 443
    site.save()
    tell(citizen, url="/en/benches/")

    deliver()

    letter = mail.outbox[0]
    links = re.findall(r"https?://\S+", letter.body)
    assert "https://neulbom.example/en/benches/" in links
    assert {link.split("/")[2] for link in links} == {"neulbom.example"}
    assert letter.extra_headers["Message-ID"].endswith("@neulbom.example>")


def test_mail_speaks_the_language_of_the_person(tell, korean_citizen):
    tell(korean_citizen)

    deliver()

    letter = mail.outbox[0]
    assert 'lang="ko"' in letter.alternatives[0][0]
    assert letter.extra_headers["Content-Language"] == "ko"
    assert "/ko/civic/me/notifications/settings/" in letter.body


def test_html_of_a_mail_cannot_be_broken_by_a_title(tell, citizen):
    tell(citizen, subject="<script>alert(1)</script> & more", body="<b>bold</b>")

    deliver()

    html = mail.outbox[0].alternatives[0][0]
    assert "<script" not in html
    assert "<b>" not in html
    assert mail.outbox[0].subject == "<script>alert(1)</script> & more"


def test_one_click_ends_the_mail_of_a_category(message):
    deliver()

    headers = mail.outbox[0].extra_headers
    assert re.fullmatch(r"<http://\S+/unsubscribe/\S+/>", headers["List-Unsubscribe"])
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_mail_that_cannot_be_turned_off_offers_no_way_to(tell, citizen):
    tell(citizen, category="tests.verdict")

    deliver()

    assert "List-Unsubscribe" not in mail.outbox[0].extra_headers
    assert "unsubscribe" not in mail.outbox[0].body


def test_mail_goes_to_the_address_of_today(message, citizen):
    citizen.email = "new@example.org"
    citizen.save()

    deliver()

    assert mail.outbox[0].to == ["new@example.org"]


def turn_off_mail(user):
    Preference.objects.choose(user, {"tests.news": Choice(True, Mail.NEVER)})


def deactivate(user):
    user.is_active = False
    user.save()


def lose_address(user):
    user.email = ""
    user.save()


def take_news_back(user):
    Notification.objects.filter(user=user).delete()


@pytest.mark.parametrize("happens", [turn_off_mail, deactivate, lose_address, take_news_back])
def test_mail_nobody_wants_any_more_is_dropped(message, citizen, happens):
    happens(citizen)

    deliver()

    message.refresh_from_db()
    assert mail.outbox == []
    assert message.state == "dropped"


def test_mail_of_a_room_that_is_gone_still_arrives(message):
    OutboxMessage.objects.update(category="gone.news")
    Notification.objects.update(category="gone.news")

    deliver()

    assert len(mail.outbox) == 1


@pytest.fixture
def letter_to_a_parent(db):
    send_mail_to("mina@example.org", category="tests.verdict", subject="May she?", body="Please.")
    return OutboxMessage.objects.get()


def test_address_and_words_are_wiped_once_sent(letter_to_a_parent):
    deliver()

    letter_to_a_parent.refresh_from_db()
    assert mail.outbox[0].to == ["mina@example.org"]
    assert "somebody gave your address" in mail.outbox[0].body
    assert (letter_to_a_parent.address, letter_to_a_parent.subject, letter_to_a_parent.text) == (
        "", "", "",
    )  # fmt: skip


def test_address_is_wiped_when_the_message_is_given_up(letter_to_a_parent, moody):
    moody(refused(550))

    deliver()

    letter_to_a_parent.refresh_from_db()
    assert (letter_to_a_parent.state, letter_to_a_parent.address) == ("failed", "")


@pytest.mark.parametrize("state", ["sent", "failed", "dropped"])
def test_database_keeps_no_address_of_a_message_that_is_over(letter_to_a_parent, state):
    with pytest.raises(IntegrityError), transaction.atomic():
        OutboxMessage.objects.update(state=state)


@pytest.mark.parametrize(
    "error",
    [
        pytest.param(refused(450), id="mailbox busy"),
        pytest.param(smtplib.SMTPServerDisconnected("mina@example.org"), id="disconnected"),
        pytest.param(smtplib.SMTPSenderRefused(550, b"no", "town"), id="sender refused"),
        pytest.param(TimeoutError(), id="timeout"),
    ],
)
def test_what_may_pass_is_tried_again_later(message, moody, error, now):
    moody(error)

    deliver()

    message.refresh_from_db()
    assert (message.state, message.attempts) == ("queued", 1)
    assert message.due_at > now


@pytest.mark.parametrize(
    "error",
    [
        pytest.param(refused(550), id="no such mailbox"),
        pytest.param(smtplib.SMTPDataError(554, b"spam"), id="message refused"),
    ],
)
def test_what_will_not_pass_is_given_up_at_once(message, moody, error):
    moody(error)

    deliver()

    message.refresh_from_db()
    assert message.state == "failed"


def test_pauses_grow_until_the_message_is_given_up(message, moody, settings, let_time_pass):
    settings.CIVIC_SOURCING = {"OUTBOX_ATTEMPTS": 4}
    moody(refused(450))
    pauses = []

    for _attempt in range(4):
        deliver()
        message.refresh_from_db()
        pauses.append((message.due_at - message.claimed_at).total_seconds() // 60)
        let_time_pass(hours=2)

    assert pauses[:3] == [1, 5, 15]
    assert (message.state, message.attempts) == ("failed", 4)


def test_one_address_that_is_refused_does_not_hold_up_the_others(tell, citizen, neighbour, moody):
    moody(refused(550))
    tell(citizen, neighbour)

    assert str(deliver()).startswith("1 sent, 0 put off, 1 given up")


@pytest.mark.parametrize(
    "backend", ["tests.notifications.backends.DownBackend", "nowhere.EmailBackend"]
)
def test_server_that_is_away_costs_one_message_one_attempt(
    tell, citizen, neighbour, settings, backend
):
    settings.EMAIL_BACKEND = backend
    tell(citizen, neighbour)

    deliver()

    assert sorted(OutboxMessage.objects.values_list("attempts", flat=True)) == [0, 1]
    assert set(OutboxMessage.objects.values_list("state", flat=True)) == {"queued"}


@pytest.mark.parametrize("backend", [MOODY, "tests.notifications.backends.DownBackend"])
def test_log_and_row_name_the_error_and_never_the_address(
    letter_to_a_parent, moody, settings, backend, caplog
):
    moody(refused(550))
    settings.EMAIL_BACKEND = backend

    with caplog.at_level(logging.DEBUG):
        deliver()

    letter_to_a_parent.refresh_from_db()
    assert letter_to_a_parent.failure
    assert str(letter_to_a_parent.uuid) in caplog.text
    assert "mina" not in caplog.text + letter_to_a_parent.failure


def test_message_of_a_worker_at_work_is_nobody_elses(message, let_time_pass):
    OutboxMessage.objects.update(state="sending", claimed_at=message.created_at, attempts=1)
    let_time_pass(minutes=9)

    deliver()

    assert mail.outbox == []


def test_message_of_a_worker_not_heard_of_is_tried_again(message, let_time_pass):
    OutboxMessage.objects.update(state="sending", claimed_at=message.created_at, attempts=1)
    let_time_pass(minutes=11)

    deliver()

    assert len(mail.outbox) == 1


def test_message_that_kills_every_worker_is_given_up(message, let_time_pass):
    OutboxMessage.objects.update(state="sending", claimed_at=message.created_at, attempts=10)
    let_time_pass(minutes=11)

    deliver()

    message.refresh_from_db()
    assert (message.state, message.failure) == ("failed", "interrupted")


def test_run_stops_after_so_many_messages(tell, citizen, neighbour):
    tell(citizen, neighbour)

    deliver(messages=1)

    assert len(mail.outbox) == 1


def test_tick_sends(message):
    call_command("civic_tick", stdout=(out := StringIO()))

    assert "civic_notifications.outbox: 1 sent" in out.getvalue()
    assert len(mail.outbox) == 1


def test_worker_sends_what_a_tick_left(message):
    deliver_outbox.call()

    assert len(mail.outbox) == 1


def test_worker_is_woken_once_after_commit(tell, citizen, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        tell(citizen)
        tell(citizen)
        assert not DBTaskResult.objects.exists()

    assert DBTaskResult.objects.count() == 1


def test_worker_that_has_begun_can_be_woken_again(
    tell, citizen, django_capture_on_commit_callbacks
):
    for _round in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            tell(citizen)
        deliver_outbox.call()

    assert DBTaskResult.objects.count() == 2


@pytest.mark.parametrize(
    "tasks",
    [
        {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}},
        {"background": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}},
    ],
    ids=["no backend for a worker", "one that works at once"],
)
def test_nothing_is_sent_in_the_request_where_no_worker_runs(
    tell, citizen, settings, tasks, django_capture_on_commit_callbacks
):
    settings.TASKS = tasks

    with django_capture_on_commit_callbacks(execute=True):
        tell(citizen)

    assert mail.outbox == []
    assert not DBTaskResult.objects.exists()


def test_old_rows_are_forgotten_and_waiting_ones_are_not(
    tell, citizen, neighbour, let_time_pass, settings
):
    settings.CIVIC_SOURCING = {"NOTIFICATIONS_KEEP_DAYS": 100, "OUTBOX_KEEP_DAYS": 30}
    tell(citizen)
    deliver()
    let_time_pass(days=40)
    tell(neighbour)

    call_command("civic_tick", only="civic_notifications.purge", stdout=StringIO())

    assert [row.user for row in OutboxMessage.objects.all()] == [neighbour]
    assert Notification.objects.count() == 2
    let_time_pass(days=70)
    call_command("civic_tick", only="civic_notifications.purge", stdout=StringIO())
    assert [row.user for row in Notification.objects.all()] == [neighbour]


@pytest.fixture(autouse=True)
def _nobody_has_been_woken():
    cache.clear()
