"""What the demo shows of whose idea it was."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.core.management import call_command

from civic_sourcing.attribution.models import Claim, ClaimCode, Contribution, Credit, State
from civic_sourcing.core import clock
from civic_sourcing.notifications.models import Notification, OutboxMessage
from civic_sourcing.processes.models import Process
from town.demo import past, story

pytestmark = pytest.mark.prove("postgresql")
"""The demo is loaded on SQLite, as `make demo` does; on PostgreSQL by `make prove`."""


def called(title):
    return Contribution.objects.get(title=title)


def rows():
    return {
        model._meta.label: set(model._base_manager.values_list("pk", flat=True))
        for app in apps.get_app_configs()
        for model in app.get_models()
        if app.label.startswith("civic") and not model._meta.proxy
    }


def test_loading_it_again_changes_nothing(demo):
    before = rows()

    call_command("load_demo")

    assert rows() == before


def test_ledger_of_the_demo_has_one_order(demo):
    for process in Process.objects.all():
        received = process.contributions.in_order().values_list("received_at", flat=True)

        assert list(received) == sorted(received)


def test_clock_is_right_again_after_the_past_was_played(db):
    today = clock.now()

    with pytest.raises(ZeroDivisionError):
        past.play([past.Event(24, lambda: 1 / 0)])

    assert clock.now() - today < timedelta(minutes=5)


def test_public_sees_who_agreed_and_not_who_declined(client, demo):
    trees = called(story.TREES)

    page = client.get(trees.kind_of.url(trees)).content.decode()

    assert "Jisoo Park" in page
    assert "Donghyun Seo" not in page
    assert Credit.objects.filter(contribution=trees, state="declined").count() == 1


def test_merged_idea_names_everybody_it_comes_from(client, demo, django_user_model):
    merged = called(story.MERGED)

    page = client.get(f"/en/civic/contributions/{merged.uuid}/credits/").content.decode()

    for name in ("Donghyun Seo", "Daniel Ortiz", "Yuna Choi"):
        assert name in page
    for username in ("citizen", "neighbour"):
        inbox = Notification.objects.inbox(django_user_model.objects.get(username=username))
        assert inbox.filter(subject__contains=story.MERGED).exists(), username


def test_one_workshop_idea_has_found_its_author_and_one_waits(demo):
    used = {code.contribution.title: code.used_by_id for code in ClaimCode.objects.all()}

    assert used[story.SEATS] == called(story.SEATS).author_id is not None
    assert used[story.VINE] is called(story.VINE).author_id is None


def test_project_of_the_budget_names_somebody_who_has_left(client, demo):
    page = client.get("/en/participate/budget/n-01-shady-footpath-along-the-river/")

    assert "former participant" in page.content.decode()
    assert "Haneul" not in page.content.decode()


@pytest.mark.parametrize(
    ("username", "status"),
    [("neighbour", 200), ("official", 404), ("citizen", 404), (None, 404)],
    ids=["other side", "official", "citizen", "visitor"],
)
def test_open_claim_is_for_its_sides(client, demo, django_user_model, username, status):
    claim = Claim.objects.get(contribution=called(story.TURNAROUND))
    if username:
        client.force_login(django_user_model.objects.get(username=username))

    response = client.get(f"/en/civic/claims/{claim.uuid}/")

    assert claim.state == "filed"
    assert response.status_code == status or (username is None and response.status_code == 302)


def test_childs_idea_waits_for_its_guardian(client, demo):
    waiting = called(story.CHILDS_IDEA["title"])

    listed = client.get("/ko/participate/ideas/").content.decode()

    assert waiting.state == State.HELD
    assert waiting.title not in listed


def test_nobody_is_sent_mail_of_the_past(demo):
    assert not OutboxMessage.objects.unfinished().exists()


def test_stewards_see_what_is_open_before_what_is_closed(client, demo, django_user_model):
    client.force_login(django_user_model.objects.get(username="moderator2"))

    queue = client.get("/admin/civic/claims/").content.decode()

    assert queue.index(story.TURNAROUND) < queue.index(story.FOUNTAINS)
