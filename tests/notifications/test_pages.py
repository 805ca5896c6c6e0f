"""The inbox and the choices, as people see them."""

import re
from pathlib import Path

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import reverse

from civic_sourcing.notifications.categories import (
    Category,
    Choice,
    Mail,
    categories,
    forget_category,
    register_category,
)
from civic_sourcing.notifications.models import Notification, Preference
from tests.scenes import maker

INBOX = "civic_notifications:inbox"
QUERIES_OF_THE_INBOX = 5
QUERIES_OF_THE_SETTINGS = 5


@pytest.fixture
def bare_town(settings):
    """A host whose base template asks the database for nothing."""
    first, *others = settings.TEMPLATES
    folder = Path(__file__).parent.parent / "host_project" / "templates"
    settings.TEMPLATES = [{**first, "DIRS": [folder]}, *others]


@pytest.mark.parametrize(
    ("name", "method"),
    [
        (INBOX, "get"),
        ("civic_notifications:settings", "get"),
        ("civic_notifications:read_all", "post"),
    ],
)
def test_inbox_is_for_people_signed_in(client, db, name, method):
    response = getattr(client, method)(reverse(name))

    assert response.status_code == 302
    assert "login" in response.url


def test_empty_inbox_says_what_will_be_there(signed_in, citizen):
    assert "No notifications yet" in signed_in(citizen).get(reverse(INBOX)).content.decode()


def test_inbox_shows_ones_own_news_newest_first(signed_in, tell, citizen, neighbour):
    tell(citizen, subject="First")
    tell(citizen, subject="Second")
    tell(neighbour, subject="Not for you")

    page = signed_in(citizen).get(reverse(INBOX)).content.decode()

    assert page.index("Second") < page.index("First")
    assert "Not for you" not in page


def test_what_came_by_mail_only_is_not_in_the_inbox(signed_in, tell, citizen):
    Preference.objects.choose(citizen, {"tests.news": Choice(False, Mail.NOW)})
    tell(citizen)

    assert "Benches" not in signed_in(citizen).get(reverse(INBOX)).content.decode()


def test_news_in_another_language_say_so(signed_in, tell, korean_citizen):
    tell(korean_citizen, subject="벤치")

    page = signed_in(korean_citizen).get("/en/civic/me/notifications/").content.decode()

    assert re.search(r'lang="ko">벤치', page)


def test_text_of_a_notification_cannot_break_the_page(signed_in, tell, citizen):
    tell(citizen, subject="<script>x", body="<img onerror=x>\n\nmore")

    page = signed_in(citizen).get(reverse(INBOX)).content.decode()

    assert "<script>x" not in page
    assert "<img onerror" not in page


@pytest.mark.parametrize("page", ["2", "9" * 5000, "-1", "abc", "\x00", ""])
def test_page_that_does_not_exist_shows_one_that_does(signed_in, tell, citizen, page):
    tell(citizen)

    assert b"Benches" in signed_in(citizen).get(reverse(INBOX), {"page": page}).content


@pytest.mark.usefixtures("bare_town")
def test_inbox_costs_the_same_queries_for_one_and_for_many(
    signed_in, tell, citizen, django_assert_num_queries, settings
):
    settings.CIVIC_SOURCING = {"NOTIFICATIONS_PER_PAGE": 30}
    browser = signed_in(citizen)
    tell(citizen)
    browser.get(reverse(INBOX))

    with django_assert_num_queries(QUERIES_OF_THE_INBOX):
        browser.get(reverse(INBOX))
    for number in range(29):
        tell(citizen, subject=f"Number {number}")
    with django_assert_num_queries(QUERIES_OF_THE_INBOX):
        assert b"Number 28" in browser.get(reverse(INBOX)).content


def test_read_news_are_marked(signed_in, tell, citizen):
    tell(citizen, url="/en/benches/")
    notification = Notification.objects.get()

    response = signed_in(citizen).post(
        reverse("civic_notifications:read", args=[notification.uuid]), {"page": "3"}
    )

    notification.refresh_from_db()
    assert response.url == reverse(INBOX) + "?page=3"
    assert notification.read_at is not None


def test_opening_marks_as_read_and_leads_on(signed_in, tell, citizen):
    tell(citizen, url="/en/benches/")
    notification = Notification.objects.get()

    response = signed_in(citizen).post(
        reverse("civic_notifications:read", args=[notification.uuid]), {"open": "1"}
    )

    assert response.url == "/en/benches/"
    assert not Notification.objects.unread().exists()


@pytest.mark.parametrize("page", ["//evil.example", "1&next=x", "0", "１", "9" * 300, "\r\nX: y"])
def test_way_back_leads_nowhere_else(signed_in, tell, citizen, page):
    tell(citizen)
    notification = Notification.objects.get()

    response = signed_in(citizen).post(
        reverse("civic_notifications:read", args=[notification.uuid]), {"page": page}
    )

    assert response.url == reverse(INBOX)


def test_nobody_reads_for_somebody_else(signed_in, tell, citizen, neighbour):
    tell(citizen)
    notification = Notification.objects.get()

    response = signed_in(neighbour).post(
        reverse("civic_notifications:read", args=[notification.uuid])
    )

    assert response.status_code == 404
    assert Notification.objects.unread().exists()


def test_reading_all_spares_what_came_meanwhile_and_other_people(
    signed_in, tell, citizen, neighbour
):
    tell(citizen, subject="Seen")
    tell(neighbour, subject="Theirs")
    seen = Notification.objects.get(subject="Seen")
    tell(citizen, subject="Came meanwhile")

    signed_in(citizen).post(reverse("civic_notifications:read_all"), {"upto": seen.pk})

    unread = Notification.objects.unread().values_list("subject", flat=True)
    assert set(unread) == {"Theirs", "Came meanwhile"}


@pytest.mark.parametrize("upto", ["", "0", "-1", "abc", "9" * 400, "\x00"])
def test_nonsense_marks_nothing_as_read(signed_in, tell, citizen, upto):
    tell(citizen)

    response = signed_in(citizen).post(reverse("civic_notifications:read_all"), {"upto": upto})

    assert response.status_code == 302
    assert Notification.objects.unread().count() == 1


@pytest.mark.parametrize("name", ["read_all", "read"])
def test_nothing_is_marked_by_looking(signed_in, tell, citizen, name):
    tell(citizen)
    arguments = [Notification.objects.get().uuid] if name == "read" else []

    response = signed_in(citizen).get(reverse(f"civic_notifications:{name}", args=arguments))

    assert response.status_code == 405


def fields(**changed):
    """The form as it is first shown, but for what is changed."""
    number = {each.key: position for position, each in enumerate(categories())}
    news = number["tests.news"]
    values = {f"in_app_{position}": "on" for position in number.values()}
    values |= {f"mail_{number[each.key]}": each.default_mail for each in categories()}
    for name, value in changed.items():
        values[f"{name}_{news}"] = value
    return {name: value for name, value in values.items() if value}


@maker
def choose(signed_in, citizen):
    """Send the form of choices as the citizen."""

    def choose(**changed):
        return signed_in(citizen).post(reverse("civic_notifications:settings"), fields(**changed))

    return choose


def test_choice_is_kept(choose, citizen):
    response = choose(in_app="", mail="weekly")

    assert response.status_code == 302
    assert Preference.objects.choices_of(citizen)["tests.news"] == Choice(False, Mail.WEEKLY)


def test_what_was_not_touched_follows_the_default(choose, citizen):
    choose(mail="weekly")

    assert [row.category for row in Preference.objects.all()] == ["tests.news"]


def test_choice_can_be_changed_again(choose, citizen):
    choose(mail="weekly")
    choose(mail="now")

    assert Preference.objects.get().mail == "now"


@pytest.mark.parametrize("mail", ["hourly", "", "\x00"])
def test_choice_that_is_not_offered_is_refused(choose, citizen, mail):
    response = choose(mail=mail)

    assert response.status_code == 400
    assert not Preference.objects.exists()


def test_what_cannot_be_turned_off_is_listed_without_fields(signed_in, citizen):
    page = signed_in(citizen).get(reverse("civic_notifications:settings")).content.decode()

    row = re.search(r"Decisions.*?</tr>", page, flags=re.S)[0]
    assert "Always" in row
    assert "<select" not in row


def test_what_never_goes_to_accounts_is_no_choice(signed_in, citizen):
    register_category(Category("tests.letters", "Letters to guardians", to_accounts=False))

    page = signed_in(citizen).get(reverse("civic_notifications:settings")).content.decode()

    forget_category("tests.letters")
    assert "Letters to guardians" not in page


@pytest.mark.parametrize(("person", "shown"), [("citizen", False), ("admin", True)])
def test_what_comes_with_an_office_is_no_choice_of_citizens(request, signed_in, person, shown):
    register_category(Category("tests.queue", "Cases to decide", for_office=True))
    people = {"citizen": "citizen", "admin": "admin_user"}

    user = request.getfixturevalue(people[person])
    page = signed_in(user).get(reverse("civic_notifications:settings")).content.decode()

    forget_category("tests.queue")
    assert ("Cases to decide" in page) == shown


@pytest.mark.usefixtures("bare_town")
def test_choices_cost_the_same_queries_however_many(signed_in, citizen, django_assert_num_queries):
    browser = signed_in(citizen)
    browser.get(reverse("civic_notifications:settings"))

    with django_assert_num_queries(QUERIES_OF_THE_SETTINGS):
        browser.get(reverse("civic_notifications:settings"))


@pytest.fixture
def header():
    """The link in a host's header, as somebody sees it."""

    def render(user):
        request = RequestFactory().get("/")
        request.user = user
        template = "{% load civic_notifications %}{% notifications_link %}"
        return Template(template).render(Context({"request": request}))

    return render


@pytest.mark.parametrize(("number", "shown"), [(0, None), (1, "1"), (99, "99"), (100, "99+")])
def test_header_tells_how_many_are_unread(header, citizen, now, number, shown):
    Notification.objects.bulk_create(
        Notification(user=citizen, subject="x", language="en", created_at=now)
        for _number in range(number)
    )

    link = header(citizen)

    found = re.search(r"<span>([^<]+)</span>", link)
    assert (found and found[1]) == shown
    assert (f"Notifications, {number} unread" in link) is bool(number)


def test_number_is_asked_once_for_a_page(tell, citizen, django_assert_num_queries):
    request = RequestFactory().get("/")
    request.user = citizen
    template = Template(
        "{% load civic_notifications %}{% unread_notifications as a %}{% notifications_link %}"
    )

    with django_assert_num_queries(1):
        template.render(Context({"request": request}))


def test_header_asks_nothing_for_visitors(header, db, django_assert_num_queries):
    from django.contrib.auth.models import AnonymousUser

    with django_assert_num_queries(0):
        header(AnonymousUser())
