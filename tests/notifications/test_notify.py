"""Telling people something: rows in the caller's transaction, each person once, in their words."""

from uuid import uuid4

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse_lazy
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from hypothesis import given
from hypothesis import strategies as st

from civic_sourcing.notifications.categories import Choice, Mail
from civic_sourcing.notifications.models import Notification, OutboxMessage, Preference
from civic_sourcing.notifications.outbox import notify, reword, send_mail_to, withdraw
from civic_sourcing.notifications.texts import SUBJECT_LENGTH, body_text, filled, subject_line

QUERIES = 6


def test_notification_and_mail_are_written_and_nothing_is_sent(tell, citizen):
    told = tell(citizen, body="By 212 votes.", url="/en/benches/")

    notification = Notification.objects.get()
    assert told == 1
    assert (notification.user, notification.subject) == (citizen, "Benches are funded")
    assert notification.message.state == "queued"
    assert mail.outbox == []


def test_nobody_hears_of_a_step_that_is_taken_back(tell, citizen):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        tell(citizen)
        1 / 0  # noqa: B018

    assert not Notification.objects.exists()
    assert not OutboxMessage.objects.exists()


def test_person_named_twice_is_told_once(tell, citizen):
    tell(citizen, None, citizen)

    assert Notification.objects.count() == OutboxMessage.objects.count() == 1


def test_everybody_reads_it_in_their_own_language(tell, citizen, korean_citizen):
    with translation.override("ko"):
        tell(
            citizen,
            korean_citizen,
            subject=_("Notifications"),
            url=reverse_lazy("civic_notifications:inbox"),
        )

    english, korean = (Notification.objects.get(user=user) for user in (citizen, korean_citizen))
    assert (english.language, english.subject) == ("en", "Notifications")
    assert (korean.language, korean.subject) == ("ko", "알림")
    assert english.url.startswith("/en/")
    assert korean.url.startswith("/ko/")


def test_values_are_filled_into_the_sentence_of_the_reader(tell, korean_citizen):
    tell(
        korean_citizen,
        subject=filled(_("%(town)s: %(count)d notification"), town="늘봄시", count=2),
    )

    assert Notification.objects.get().subject.startswith("늘봄시: ")


def test_words_may_depend_on_the_person(tell, citizen, neighbour):
    tell(citizen, neighbour, subject=lambda user: f"Hello {user.username}")

    assert set(Notification.objects.values_list("subject", flat=True)) == {
        "Hello mina",
        "Hello jun",
    }


@pytest.mark.parametrize(
    ("choice", "in_inbox", "mailed", "waits_for"),
    [
        pytest.param(Choice(True, Mail.NOW), True, True, "", id="inbox, mail now"),
        pytest.param(Choice(True, Mail.DAILY), True, False, "daily", id="inbox, daily"),
        pytest.param(Choice(True, Mail.WEEKLY), True, False, "weekly", id="inbox, weekly"),
        pytest.param(Choice(True, Mail.NEVER), True, False, "", id="inbox, no mail"),
        pytest.param(Choice(False, Mail.NOW), False, True, "", id="mail now"),
        pytest.param(Choice(False, Mail.DAILY), False, False, "daily", id="daily"),
        pytest.param(Choice(False, Mail.WEEKLY), False, False, "weekly", id="weekly"),
    ],
)
def test_news_come_the_way_the_person_chose(tell, citizen, choice, in_inbox, mailed, waits_for):
    Preference.objects.choose(citizen, {"tests.news": choice})

    tell(citizen)

    notification = Notification.objects.get()
    assert Notification.objects.inbox(citizen).exists() is in_inbox
    assert (notification.message is not None) is mailed
    assert notification.waits_for == waits_for


def test_who_wants_nothing_is_told_nothing(tell, citizen):
    Preference.objects.choose(citizen, {"tests.news": Choice(False, Mail.NEVER)})

    assert tell(citizen) == 0
    assert not Notification.objects.exists()


def test_what_cannot_be_turned_off_comes_all_the_same(tell, citizen):
    Preference.objects.choose(citizen, {"tests.verdict": Choice(False, Mail.NEVER)})

    tell(citizen, category="tests.verdict")

    assert Notification.objects.inbox(citizen).exists()
    assert OutboxMessage.objects.exists()


def test_choice_for_one_category_leaves_the_others_alone(tell, citizen):
    Preference.objects.choose(citizen, {"tests.gossip": Choice(False, Mail.NEVER)})

    assert tell(citizen) == 1


def test_account_without_address_has_only_the_inbox(tell, make_citizen):
    tell(make_citizen("quiet", email=""))

    assert Notification.objects.count() == 1
    assert not OutboxMessage.objects.exists()


def test_inactive_account_is_passed_over(tell, make_citizen):
    assert tell(make_citizen("gone", is_active=False)) == 0


def test_same_news_a_second_time_reach_only_those_who_were_not_told(tell, citizen, neighbour):
    tell(citizen, dedupe="benches")
    told = tell(citizen, neighbour, dedupe="benches")

    assert told == 1
    assert Notification.objects.count() == OutboxMessage.objects.count() == 2


def test_same_news_stay_told_when_preferences_change_in_between(tell, citizen):
    Preference.objects.choose(citizen, {"tests.news": Choice(True, Mail.NEVER)})
    tell(citizen, dedupe="benches")
    Preference.objects.choose(citizen, {"tests.news": Choice(True, Mail.NOW)})

    assert tell(citizen, dedupe="benches") == 0
    assert not OutboxMessage.objects.exists()


def test_same_word_against_repetition_in_another_category_is_other_news(tell, citizen):
    tell(citizen, dedupe="benches")

    assert tell(citizen, category="tests.verdict", dedupe="benches") == 1


def test_unknown_category_is_a_mistake_that_names_the_nearest(citizen):
    with pytest.raises(LookupError, match="did you mean 'tests.news'"):
        notify([citizen], category="tests.new", subject="Benches")


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "//evil.example/",
        "/\\evil.example",
        "ftp://x",
        "benches",
        "/a b",
        "/a\nb",
    ],
)
def test_address_that_leads_astray_is_a_mistake(tell, citizen, url):
    with pytest.raises(ValueError, match="url must be"):
        tell(citizen, url=url)


@pytest.mark.parametrize("subject", ["", "  ", "\u200b\u202e", "\n"])
def test_subject_nobody_can_see_is_a_mistake(tell, citizen, subject):
    with pytest.raises(ValueError, match="subject"):
        tell(citizen, subject=subject)


@given(st.text(min_size=1), st.text())
def test_subject_is_one_line_whatever_a_title_brings(start, end):
    line = subject_line(f"x{start}\r\nBcc: all@example.org\n{end}", None)

    assert len(line) <= SUBJECT_LENGTH
    assert line.isprintable() or not any(sign in line for sign in "\r\n\v\f\x85\u2028\u2029\x00")
    assert len(line.splitlines()) == 1


@given(st.text())
def test_body_has_no_control_characters(text):
    assert not set(body_text(text, None)) & {chr(number) for number in range(32)} - {"\n"}


def test_number_of_queries_does_not_grow_with_the_people(make_citizen, django_assert_num_queries):
    people = [make_citizen(f"citizen{number}") for number in range(30)]

    with django_assert_num_queries(QUERIES):
        notify(people[:1], category="tests.news", subject="Benches", dedupe="one")
    with django_assert_num_queries(QUERIES):
        notify(people, category="tests.news", subject="Benches", dedupe="all")


def test_more_people_than_one_batch_are_all_told(make_citizen, monkeypatch):
    monkeypatch.setattr("civic_sourcing.notifications.outbox.BATCH", 2)
    people = [make_citizen(f"citizen{number}") for number in range(5)]

    assert notify(people, category="tests.news", subject="Benches", dedupe="x") == 5


def test_mail_to_an_address_alone_needs_no_account(db):
    written = send_mail_to(
        "parent@example.org", category="tests.verdict", subject="May she?", body="Please say.",
        language="ko",
    )  # fmt: skip

    message = OutboxMessage.objects.get()
    assert written
    assert (message.address, message.user, message.language) == ("parent@example.org", None, "ko")


def test_mail_to_an_address_is_written_once(db):
    words = {"category": "tests.verdict", "subject": "May she?", "body": "", "dedupe": "one"}

    assert send_mail_to("parent@example.org", **words)
    assert not send_mail_to("Parent@example.org", **words)
    assert OutboxMessage.objects.count() == 1


@pytest.mark.parametrize("address", ["", "parent", "a@b", "a@example.org\nBcc: b@example.org"])
def test_what_is_no_address_is_refused(db, address):
    with pytest.raises(ValidationError):
        send_mail_to(address, category="tests.verdict", subject="May she?", body="")


def test_withdrawn_news_are_gone_from_inbox_and_outbox(tell, citizen, neighbour):
    idea, other = uuid4(), uuid4()
    tell(citizen, neighbour, about=idea)
    tell(citizen, about=str(other))
    send_mail_to("a@example.org", category="tests.news", subject="x", body="y", about=idea)

    assert withdraw(idea) == 2
    assert [row.about for row in Notification.objects.all()] == [other]
    assert OutboxMessage.objects.get(about=idea).state == "dropped"
    assert OutboxMessage.objects.get(about=idea).address == ""


def test_rows_vanish_with_the_account(tell, citizen, neighbour):
    tell(citizen, neighbour)
    Preference.objects.choose(citizen, {"tests.news": Choice(True, Mail.NEVER)})

    citizen.delete()

    assert [row.user for row in Notification.objects.all()] == [neighbour]
    assert [row.user for row in OutboxMessage.objects.all()] == [neighbour]
    assert not Preference.objects.exists()


@pytest.mark.parametrize(
    ("subject", "reworded"),
    [
        ("Claim to “Bus”", "Claim to “***”"),
        ("Claim to “Busy lane”", "Claim to “Busy lane”"),
        ("‘Bus’ 아이디어", "‘***’ 아이디어"),
    ],
    ids=["whole", "part of a word", "Korean"],
)
def test_title_that_may_not_be_read_is_reworded_as_a_whole(tell, citizen, subject, reworded):
    about = uuid4()
    tell(citizen, subject=subject, body=subject, about=about)

    reword([about], "Bus", "***")

    row = Notification.objects.get()
    assert (row.subject, row.body) == (reworded, reworded)


def test_title_that_was_cut_off_is_reworded_too(tell, citizen):
    title, about = "A very long title " * 14, uuid4()
    tell(citizen, subject=f"Claim to “{title}”", about=about)

    reword([about], title, "***")

    assert Notification.objects.get().subject == "Claim to “***"
