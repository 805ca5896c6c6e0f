"""The link in every mail by which it is the last of its kind."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from civic_sourcing.notifications.categories import Choice, Mail
from civic_sourcing.notifications.delivery import deliver
from civic_sourcing.notifications.models import Notification, Preference
from civic_sourcing.notifications.unsubscribing import Scope


def address(user, **scope):
    scope = {"category": "tests.news", **scope}
    return reverse("civic_notifications:unsubscribe", args=[Scope(user.pk, **scope).token()])


def mail_of(user, category="tests.news"):
    return Preference.objects.choices_of(user)[category].mail


@pytest.fixture
def mail_program():
    """What RFC 8058 lets send the POST: no cookies, no token, no page seen before."""
    return Client(enforce_csrf_checks=True)


def test_one_click_of_a_mail_program_ends_the_mail(mail_program, message, citizen):
    deliver()
    link = re.fullmatch(r"<http://[^/]+(/.+)>", mail.outbox[0].extra_headers["List-Unsubscribe"])[1]

    response = mail_program.post(link, {"List-Unsubscribe": "One-Click"})

    assert response.status_code == 200
    assert mail_of(citizen) == Mail.NEVER


def test_opening_the_link_changes_nothing(client, citizen):
    response = client.get(address(citizen))

    assert "You will no longer get mail about “Ideas”" in response.content.decode()
    assert mail_of(citizen) == Mail.NOW


def test_page_shows_nothing_of_the_person(client, make_citizen):
    citizen = make_citizen("mina", first_name="Mina", last_name="Han")

    pages = client.get(address(citizen)).content + client.post(address(citizen)).content

    for private in (b"mina", b"Mina", b"Han", b"example.org"):
        assert private not in pages.replace(address(citizen).encode(), b"")


def test_page_is_neither_kept_nor_passed_on(client, citizen):
    headers = client.get(address(citizen)).headers

    assert "no-store" in headers["Cache-Control"]
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Robots-Tag"] == "noindex"


def test_inbox_and_other_categories_stay_as_they_are(client, tell, citizen):
    client.post(address(citizen))
    client.post(address(citizen))

    tell(citizen)
    assert Notification.objects.inbox(citizen).exists()
    assert mail_of(citizen, "tests.gossip") == Mail.DAILY


def test_link_in_a_digest_ends_that_digest_only(client, citizen):
    Preference.objects.choose(citizen, {"tests.news": Choice(True, Mail.WEEKLY)})

    client.post(address(citizen, category="", digest="weekly"))

    assert mail_of(citizen) == Mail.NEVER
    assert mail_of(citizen, "tests.gossip") == Mail.DAILY


def test_what_cannot_be_turned_off_stays(client, citizen):
    client.post(address(citizen, category="tests.verdict"))

    assert mail_of(citizen, "tests.verdict") == Mail.NOW
    assert not Preference.objects.exists()


def test_link_outlives_the_key_it_was_signed_with(client, citizen, settings):
    link = address(citizen)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another"

    client.post(link)

    assert mail_of(citizen) == Mail.NEVER


def test_link_of_a_deleted_account_says_nothing_else(client, citizen):
    link = address(citizen)
    citizen.delete()

    assert client.post(link).status_code == 200


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    "token", ["x", "a:b", "가:나", "W10:abc", "x" * 3000, "%00"], ids=lambda token: token[:6]
)
def test_link_this_site_did_not_sign_does_nothing(client, db, method, token):
    link = reverse("civic_notifications:unsubscribe", args=[token])

    response = getattr(client, method)(link)

    assert response.status_code == 404
    assert "This link does not work" in response.content.decode()


def test_token_for_one_person_is_none_for_another(client, citizen, neighbour):
    mine, theirs = (Scope(user.pk, category="tests.news").token() for user in (citizen, neighbour))
    forged = theirs.rpartition(":")[0] + ":" + mine.rpartition(":")[2]

    client.post(reverse("civic_notifications:unsubscribe", args=[forged]))

    assert mail_of(neighbour) == Mail.NOW
