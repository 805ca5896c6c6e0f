"""Download of one's data: made by a task, for its owner, once, and not for long."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse

from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.participants.actions import AskForExport, FetchExport
from civic_sourcing.participants.exports import make_export
from civic_sourcing.participants.models import DataExport


@pytest.fixture
def at_home(client, mina):
    client.force_login(mina)
    return client


@pytest.fixture
def made(person, mina):
    export = AskForExport(person, by=mina).execute()
    make_export(export.pk)
    export.refresh_from_db()
    return export


def content_of(response):
    archive = zipfile.ZipFile(io.BytesIO(response.content))
    return json.loads(archive.read("my-data.json"))


def test_the_page_shows_how_far_the_file_is(at_home, person):
    address = reverse("civic_participants:my_data")

    at_home.post(address)
    waiting = at_home.get(address).content.decode()
    call_command("civic_tick", only="civic_participants.exports", verbosity=0)
    ready = at_home.get(address).content.decode()

    assert "Your file is being made" in waiting
    assert "Your file is ready" in ready


def test_the_file_holds_what_every_room_keeps(at_home, made, person, mina):
    response = at_home.post(reverse("civic_participants:fetch_data", args=[made.uuid]))

    content = content_of(response)
    profile = content["civic_participants"]["profile"]
    assert response["Content-Disposition"] == 'attachment; filename="my-data.zip"'
    assert profile["public_name"] == "Mina Han"
    assert profile["account"]["email"] == "mina@example.org"
    assert {"civic_participants", "civic_notifications"} <= set(content)


def test_the_file_is_fetched_once_and_gone(at_home, made, django_capture_on_commit_callbacks):
    storage, name = made.file.storage, made.file.name
    address = reverse("civic_participants:fetch_data", args=[made.uuid])

    with django_capture_on_commit_callbacks(execute=True):
        first = at_home.post(address)
    second = at_home.post(address)

    assert (first.status_code, second.status_code) == (200, 302)
    assert not storage.exists(name)


def test_following_a_link_fetches_nothing(at_home, made):
    assert (
        at_home.get(reverse("civic_participants:fetch_data", args=[made.uuid])).status_code == 405
    )


def test_a_second_request_waits_for_the_first(person, mina, made):
    with pytest.raises(ActionRefused) as refusal:
        AskForExport(person, by=mina).execute()

    assert refusal.value.code == "already-asked"


@pytest.mark.parametrize(
    ("days", "state"),
    [pytest.param(6, "ready", id="in time"), pytest.param(7, "expired", id="too late")],
)
def test_a_file_nobody_fetches_is_deleted(made, days, state, django_capture_on_commit_callbacks):
    storage, name = made.file.storage, made.file.name
    earlier = made.expires_at - timedelta(days=days, seconds=1)
    DataExport.objects.filter(pk=made.pk).update(expires_at=earlier)

    with django_capture_on_commit_callbacks(execute=True):
        call_command("civic_tick", only="civic_participants.overdue_exports", verbosity=0)

    made.refresh_from_db()
    assert made.state == state
    assert storage.exists(name) is (state == "ready")


def test_an_overdue_file_is_not_handed_out_before_it_is_deleted(made, mina):
    DataExport.objects.filter(pk=made.pk).update(expires_at=made.asked_at)

    with pytest.raises(ActionRefused) as refusal:
        FetchExport(made, by=mina).execute()

    assert refusal.value.code == "not-ready"


@pytest.mark.django_db(transaction=True)
def test_two_workers_make_one_file(person, mina, run_in_parallel):
    export = AskForExport(person, by=mina).execute()
    DataExport.objects.filter(pk=export.pk).update(state="waiting", file="")

    made = run_in_parallel(2, lambda number: make_export(export.pk))

    assert sorted(made) == [False, True]


@pytest.mark.django_db(transaction=True)
def test_two_clicks_fetch_once(person, mina, run_in_parallel):
    export = AskForExport(person, by=mina).execute()
    make_export(export.pk)
    export.refresh_from_db()

    results = run_in_parallel(2, lambda number: FetchExport(export, by=mina).execute())

    assert sum(isinstance(result, bytes) for result in results) == 1
