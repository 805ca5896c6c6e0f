"""What people handed in is not deleted or hidden, by whatever door."""

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Revision

from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.processes.holdings import (
    Holding,
    forget_holdings,
    refusal_to_delete,
    register_kept_pages,
)
from tests.processes.conftest import DAY
from tests.processes.plaza.models import PlazaPage


def is_there(page):
    return PlazaPage.objects.filter(pk=page.pk, live=True).exists()


def said(response):
    return [str(message) for message in response.context["messages"]]


def delete(page):
    return reverse("wagtailadmin_pages:delete", args=[page.pk]), {}


def unpublish(page):
    return reverse("wagtailadmin_pages:unpublish", args=[page.pk]), {"include_descendants": "on"}


def bulk(action):
    def door(page):
        url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
        return f"{url}?id={page.pk}&next=/en/", {"include_descendants": "on"}

    return door


PAGE_DOORS = [
    pytest.param(delete, id="delete button"),
    pytest.param(unpublish, id="unpublish button"),
    pytest.param(bulk("delete"), id="bulk delete"),
    pytest.param(bulk("unpublish"), id="bulk unpublish"),
]


@pytest.mark.parametrize("door", PAGE_DOORS)
@pytest.mark.parametrize("who", ["publisher", "admin"])
def test_no_button_takes_away_a_page_that_holds_something(holding, door, who, client, request):
    client.force_login(request.getfixturevalue(who))
    url, data = door(holding)

    response = client.post(url, data, follow=True)

    assert response.status_code == 200
    assert is_there(holding)


@pytest.mark.parametrize("door", PAGE_DOORS)
def test_every_button_takes_away_a_page_that_holds_nothing(running, door, client, publisher):
    client.force_login(publisher)
    url, data = door(running)

    client.post(url, data, follow=True)

    assert not is_there(running)


@pytest.mark.parametrize("door", [delete, bulk("delete")], ids=["button", "bulk"])
@pytest.mark.parametrize("who", ["publisher", "admin"])
def test_deleting_an_ancestor_says_what_to_do_instead(holding, home, door, who, client, request):
    client.force_login(request.getfixturevalue(who))
    url, data = door(home)

    response = client.post(url, data, follow=True)

    assert any("it holds 1 notes" in text and "Close its phases" in text for text in said(response))
    assert is_there(holding)


def test_deleting_a_home_whose_translation_holds_something_is_refused(
    holding, korean_home, settings, client, admin
):
    settings.WAGTAILSIMPLETRANSLATION_SYNC_PAGE_TREE = True
    client.force_login(admin)
    url, data = delete(korean_home)

    response = client.post(url, data, follow=True)

    assert response.status_code == 200
    assert is_there(holding)


@pytest.mark.parametrize(
    "door",
    [
        pytest.param(lambda page: page.delete(), id="page"),
        pytest.param(lambda page: Page.objects.get(pk=page.pk).delete(), id="plain page"),
        pytest.param(lambda page: page.get_parent().delete(), id="ancestor"),
        pytest.param(lambda page: PlazaPage.objects.all().delete(), id="queryset"),
        pytest.param(lambda page: page.process.delete(), id="process"),
    ],
)
def test_code_does_not_delete_what_holds_something(holding, door):
    with pytest.raises(ProtectedError), transaction.atomic():
        door(holding)

    assert is_there(holding)


def test_code_does_not_unpublish_what_holds_something(holding):
    with pytest.raises(ActionRefused, match="cannot be unpublished"):
        holding.unpublish()

    assert is_there(holding)


def test_taking_live_away_by_hand_is_refused(holding):
    holding.live = False

    with pytest.raises(ActionRefused):
        holding.save()

    assert is_there(holding)


def test_nothing_expires(holding):
    holding.expire_at = timezone.now() - DAY
    holding.save()

    call_command("publish_scheduled", verbosity=0)

    assert is_there(holding)


def expire(*pages):
    """As a script would: past every method of the pages."""
    Page.objects.filter(pk__in=[page.pk for page in pages]).update(
        expire_at=timezone.now() - DAY, live=True
    )


def test_a_date_written_into_the_row_takes_nothing_down(holding, caplog):
    expire(holding)

    call_command("publish_scheduled", verbosity=0)

    assert is_there(holding)
    assert "holds 1 notes" in caplog.text
    assert PlazaPage.objects.get(pk=holding.pk).expire_at is None


def test_the_history_of_a_page_says_that_it_outstayed_its_date(holding, client, publisher):
    expire(holding)
    client.force_login(publisher)

    call_command("publish_scheduled", verbosity=0)

    history = client.get(reverse("wagtailadmin_pages:history", args=[holding.pk]))
    assert "was due to expire and stays published" in history.text


def test_other_pages_expire_in_the_same_run(holding, home):
    before, after = (home.add_child(instance=Page(title=title)) for title in ("First", "Last"))
    expire(before, holding, after)

    call_command("publish_scheduled", verbosity=0)

    assert is_there(holding)
    assert not Page.objects.filter(pk__in=[before.pk, after.pk], live=True).exists()


def offline(page):
    page.live = False
    return page


def save_offline(page):
    offline(page).save()


def run(statement, page):
    with connection.cursor() as cursor:
        cursor.execute(statement, [page.pk])


BASE_ROW_DOORS = [
    pytest.param(lambda page: page.unpublish(), id="unpublish"),
    pytest.param(save_offline, id="save"),
    pytest.param(lambda page: Page.objects.filter(pk=page.pk).update(live=False), id="update"),
    pytest.param(lambda page: Page.objects.bulk_update([offline(page)], ["live"]), id="bulk"),
    pytest.param(
        lambda page: run("UPDATE wagtailcore_page SET live = (1 = 0) WHERE id = %s", page),
        id="statement",
    ),
]


@pytest.mark.parametrize("door", BASE_ROW_DOORS)
def test_the_row_of_the_base_page_stays_published(holding, door):
    with pytest.raises((ActionRefused, IntegrityError), match="holds"), transaction.atomic():
        door(Page.objects.get(pk=holding.pk))

    assert is_there(holding)


@pytest.mark.parametrize("door", BASE_ROW_DOORS)
def test_the_row_of_a_page_that_holds_nothing_may_go_offline(running, door):
    door(Page.objects.get(pk=running.pk))

    assert not is_there(running)


def test_the_row_of_the_base_page_is_not_deleted(holding):
    with pytest.raises(IntegrityError, match="not deleted"), transaction.atomic():
        run("DELETE FROM wagtailcore_page WHERE id = %s", holding)

    assert is_there(holding)


def test_the_database_lets_one_translation_go_offline_and_not_both(holding, korean_plaza):
    both = Page.objects.filter(pk__in=[holding.pk, korean_plaza.pk])

    both.filter(pk=korean_plaza.pk).update(live=False)
    both.filter(pk=korean_plaza.pk).update(live=True)

    with pytest.raises(IntegrityError), transaction.atomic():
        both.update(live=False)


def test_the_database_keeps_the_translation_with_pages_below(holding, korean_plaza):
    korean_plaza.add_child(instance=Page(title="Below"))

    with pytest.raises(IntegrityError), transaction.atomic():
        Page.objects.filter(pk=korean_plaza.pk).update(live=False)


def test_scheduling_a_new_version_keeps_the_present_one_up(holding):
    PlazaPage.objects.filter(pk=holding.pk).update(live_revision=None)
    page = PlazaPage.objects.get(pk=holding.pk)
    page.go_live_at = timezone.now() + DAY

    page.save_revision().publish()

    assert is_there(holding)


def test_an_older_revision_going_live_keeps_the_page_up(holding):
    old = holding.save_revision()
    Revision.objects.filter(pk=old.pk).update(approved_go_live_at=timezone.now() - DAY)

    call_command("publish_scheduled", verbosity=0)

    assert is_there(holding)


def test_a_page_that_holds_something_still_moves(holding, home, publisher, client):
    target = home.add_child(instance=Page(title="Archive"))
    client.force_login(publisher)

    client.post(
        reverse("wagtailadmin_pages:move_confirm", args=[holding.pk, target.pk]), follow=True
    )

    assert PlazaPage.objects.get(pk=holding.pk).get_parent().pk == target.pk


def test_a_translation_may_go_offline_while_the_other_stays(holding, korean_plaza):
    korean_plaza.unpublish()

    assert not PlazaPage.objects.get(pk=korean_plaza.pk).live


def test_the_last_translation_online_stays(holding, korean_plaza):
    korean_plaza.unpublish()

    with pytest.raises(ActionRefused):
        holding.unpublish()


def test_an_alias_comes_and_goes(holding):
    alias = holding.create_alias(update_slug="short-cut")

    alias.delete()

    assert is_there(holding)


def test_the_editor_reads_why_there_is_no_button(holding, client, publisher):
    client.force_login(publisher)

    page = client.get(reverse("wagtailadmin_pages:edit", args=[holding.pk]))

    assert "cannot be deleted: it holds 1 notes" in page.text


def test_pages_that_are_contributions_themselves_are_kept(home):
    def letters(paths):
        below = Page.objects.filter(title="Letter", path__startswith=paths[0])
        return Holding(f"{below.count()} letters", below.count())

    letter = home.add_child(instance=Page(title="Letter"))
    other = home.add_child(instance=Page(title="Leaflet"))
    register_kept_pages(letters)
    try:
        kept, free = refusal_to_delete([home]), refusal_to_delete([other])
    finally:
        forget_holdings(letters)

    assert "1 letters" in kept.message
    assert free is None
    assert letter.pk
