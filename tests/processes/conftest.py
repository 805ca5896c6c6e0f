"""A town with one plaza in two languages, and the people around it."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import GroupPagePermission, Locale, Page, Site

from civic_sourcing.core import clock
from civic_sourcing.processes.actions import SetRules
from civic_sourcing.processes.models import Mandate, ParticipationPage
from civic_sourcing.processes.rules import PhaseRule
from tests.processes.plaza.models import Note, PlazaPage
from tests.processes.rules_panel import open_form, posted
from tests.scenes import maker, scene

DAY = timedelta(days=1)


@scene
def english(db):
    return Locale.objects.get_or_create(language_code="en")[0]


@scene
def korean(db):
    return Locale.objects.get_or_create(language_code="ko")[0]


@scene
def home(english):
    root = Page.objects.get(depth=1)
    page = root.add_child(instance=Page(title="Neulbom", slug="neulbom", locale=english))
    Site.objects.all().delete()
    Site.objects.create(hostname="testserver", root_page=page, is_default_site=True)
    return page


@scene
def korean_home(home, korean):
    page = home.copy_for_translation(korean)
    page.save_revision().publish()
    return Page.objects.get(pk=page.pk)


@scene
def hub(home):
    return home.add_child(instance=ParticipationPage(title="Take part", slug="participate"))


@scene
def plaza(home):
    page = home.add_child(instance=PlazaPage(title="Market square", slug="square", live=False))
    page.save_revision().publish()
    return PlazaPage.objects.get(pk=page.pk)


@scene
def korean_plaza(plaza, korean_home, korean):
    page = plaza.copy_for_translation(korean)
    page.title = "시장 광장"
    page.save_revision().publish()
    return PlazaPage.objects.get(pk=page.pk)


@scene
def process(plaza):
    return plaza.process


@pytest.fixture
def now(db):
    return clock.now()


@scene
def running(plaza, now):
    """The plaza, collecting since yesterday, voting from the day after tomorrow."""
    set_phases(
        plaza.process,
        PhaseRule("collect", now - DAY, now + DAY),
        PhaseRule("vote", now + 2 * DAY, now + 3 * DAY),
        mandate=Mandate.CONDITIONAL,
    )
    plaza.process.refresh_from_db()
    return plaza


@scene
def holding(running):
    """The plaza with a note people pinned to it."""
    Note.objects.create(process=running.process)
    return running


@maker
def make_user(db):
    def make(name, **kwargs):
        return get_user_model().objects.create_user(username=name, password="demo", **kwargs)

    return make


@maker
def make_editor(make_user, home):
    """Somebody of the web team, with these of Wagtail's permissions on all pages."""

    def make(name, *codenames):
        group = Group.objects.create(name=name)
        group.permissions.add(Permission.objects.get(codename="access_admin"))
        pages = Permission.objects.filter(content_type__app_label="wagtailcore")
        for codename in codenames:
            GroupPagePermission.objects.create(
                group=group,
                page=home.get_parent(),
                permission=pages.get(codename=codename),
            )
        user = make_user(name)
        user.groups.add(group)
        return user

    return make


@scene
def author(make_editor):
    """May write, not publish."""
    return make_editor("author", "add_page", "change_page")


@scene
def publisher(make_editor):
    return make_editor("publisher", "add_page", "change_page", "publish_page", "bulk_delete_page")


@scene
def admin(make_user):
    return make_user("admin", is_superuser=True)


@scene
def citizen(make_user):
    return make_user("citizen")


@pytest.fixture
def edit(client):
    """Open the form of a page as somebody, change something, and send it."""

    def send(page, by, *, action="", rules=None, phases=None, form=None, follow=False, **fields):
        client.force_login(by)
        url = reverse("wagtailadmin_pages:edit", args=[page.pk])
        form = form or open_form(client, page, by)
        data = {**form, **fields}
        data.update({f"rules-{key}": value for key, value in (rules or {}).items()})
        if phases is not None:
            data = {k: v for k, v in data.items() if not k.startswith("rules-phases")}
            data.update(posted(phases))
        if action:
            data[f"action-{action}"] = "1"
        return client.post(url, data, follow=follow)

    return send


@pytest.fixture
def collecting(now):
    return [
        {"kind": "collect", "opens_at": now + DAY, "closes_at": now + 2 * DAY, "description": "Hi"}
    ]


def set_phases(process, *phases, **rules):
    return SetRules(process, by=None, phases=phases, **rules).execute()


def tick():
    call_command("civic_tick", verbosity=0)
