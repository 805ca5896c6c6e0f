"""Who sees what: every address of this room, for everybody."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone

from civic_sourcing.participants.models import DataExport

OWN_PAGES = ["me", "profile", "consents", "ask_guardian", "my_data", "erase"]


def as_somebody(client, user):
    if not isinstance(user, AnonymousUser):
        client.force_login(user)
    return client


@pytest.mark.parametrize("page", OWN_PAGES)
def test_pages_about_oneself_ask_to_sign_in(client, db, page):
    response = client.get(reverse(f"civic_participants:{page}"))

    assert response.status_code == 302
    assert "next=" in response.url


@pytest.mark.parametrize("page", OWN_PAGES)
@pytest.mark.parametrize("language", ["en", "ko"])
def test_pages_about_oneself_answer_and_are_not_cached(client, child, page, language):
    client.force_login(child)

    response = client.get(f"/{language}/civic/{path_of(page)}")

    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    assert "private" in response["Cache-Control"]


def path_of(page):
    return reverse(f"civic_participants:{page}").split("/civic/")[1]


@pytest.mark.parametrize(
    ("role", "status"),
    [
        pytest.param("signed out", 302, id="signed out"),
        pytest.param("oneself", 200, id="oneself"),
        pytest.param("neighbour", 404, id="neighbour"),
        pytest.param("clerk", 404, id="clerk"),
        pytest.param("reader", 404, id="reader"),
        pytest.param("superuser", 404, id="superuser"),
    ],
)
def test_a_download_is_for_its_owner_only(client, people, person, role, status):
    from django.core.files.base import ContentFile

    export = DataExport(
        participant=person,
        state="ready",
        asked_at=timezone.now(),
        expires_at=timezone.now() + timezone.timedelta(days=1),
    )
    export.file.save("x.zip", ContentFile(b"zip"), save=True)
    visitor = as_somebody(client, people[role])

    response = visitor.post(reverse("civic_participants:fetch_data", args=[export.uuid]))

    export.refresh_from_db()
    assert response.status_code == status
    assert (export.state == "fetched") is (status == 200)


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        pytest.param("signed out", "login", id="signed out"),
        pytest.param("oneself", "no admin", id="oneself"),
        pytest.param("neighbour", "no admin", id="neighbour"),
        pytest.param("reader", "reads", id="reader"),
        pytest.param("clerk", "changes", id="clerk"),
        pytest.param("superuser", "changes", id="superuser"),
    ],
)
def test_the_admin_shows_people_to_whoever_may_see_them(client, people, person, role, expected):
    visitor = as_somebody(client, people[role])

    index = visitor.get(reverse("civic_participants_admin:index"))
    edit = visitor.get(reverse("civic_participants_admin:edit", args=[person.pk]))

    assert (index.status_code == 200) is (expected in {"reads", "changes"})
    assert (edit.status_code == 200) is (expected == "changes")
