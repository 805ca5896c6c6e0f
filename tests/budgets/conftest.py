"""A town with one published election, and the people around it."""

from datetime import UTC
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.db import connection
from wagtail.models import GroupPagePermission, Locale, Page, Site

from civic_sourcing.budgets.actions import ImportElection
from civic_sourcing.budgets.models import BudgetProjectPage
from civic_sourcing.budgets.published import PublishedElection
from civic_sourcing.core import clock
from tests.scenes import maker, scene

DATA = Path(__file__).resolve().parent.parent / "data"
ELECTION = DATA / "budget_skipping.pb"


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
    Site.objects.create(hostname="localhost", root_page=page, is_default_site=True)
    return page


@scene
def korean_home(home, korean):
    page = home.copy_for_translation(korean)
    page.save_revision().publish()
    return page


@maker
def import_election(home):
    """Import a file below the home page, or below ``parent``."""

    def run(file=ELECTION, *, parent=None, **said):
        published = PublishedElection.read(file, **said)
        return ImportElection(parent or home, by=None, published=published).execute()

    return run


@scene
def vote(import_election):
    """A counted vote in euros: two projects funded, one skipped, one below the threshold."""
    return import_election()


@scene
def project(vote):
    """Its second project, which did not fit when its turn came."""
    return BudgetProjectPage.objects.get(project__number="OGM/0002")


@scene
def korean_vote(vote, korean_home, korean):
    """The vote's Korean page, with one of its projects translated."""
    page = vote.copy_for_translation(korean)
    page.title = "참여예산 투표"
    page.save_revision().publish()
    first = BudgetProjectPage.objects.get(project__number="OGM/0001")
    translated = first.copy_for_translation(korean)
    translated.title = "강변 음악당"
    translated.save_revision().publish()
    return type(vote).objects.get(pk=page.pk)


@scene
def superuser(db):
    return get_user_model().objects.create_superuser("admin", password="demo")


@scene
def editor(home):
    """Somebody of the town's web team, with every right on pages."""
    group = Group.objects.create(name="Web team")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    pages = Permission.objects.filter(content_type__app_label="wagtailcore")
    for codename in ("add_page", "change_page", "publish_page", "bulk_delete_page"):
        GroupPagePermission.objects.create(
            group=group, page=home.get_parent(), permission=pages.get(codename=codename)
        )
    user = get_user_model().objects.create_user("editor", password="demo", is_staff=True)
    user.groups.add(group)
    return user


@pytest.fixture
def set_clock(monkeypatch):
    """``set_clock(moment)`` stops the database's clock, the only one that decides, there."""

    def set_clock(moment):
        text = moment.astimezone(UTC).isoformat(timespec="microseconds")
        statement = {
            "sqlite": f"SELECT '{text}'",
            "postgresql": f"SELECT '{text}'::timestamptz",
        }
        monkeypatch.setitem(clock.STATEMENTS, connection.vendor, statement[connection.vendor])

    return set_clock
