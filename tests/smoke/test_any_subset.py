"""What must hold whichever of the optional rooms a town installs."""

from io import StringIO

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.management import call_command, get_commands
from django.urls import reverse
from wagtail.models import Page, get_page_models

pytestmark = [pytest.mark.smoke, pytest.mark.django_db]

ROOMS = [config for config in apps.get_app_configs() if config.name.startswith("civic_sourcing.")]
PAGES = [
    model
    for model in get_page_models()
    if model._meta.app_label.startswith("civic_")
    and model.is_creatable
    and Page in model.allowed_parent_page_models()
]


@pytest.fixture
def administrator(client):
    user = get_user_model().objects.create_superuser("root", "root@example.org", "secret")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


def test_system_checks_find_nothing():
    call_command("check", databases=["default"], fail_level="WARNING", stdout=StringIO())


def test_no_migration_is_missing():
    labels = [room.label for room in ROOMS]

    call_command("makemigrations", *labels, check=True, dry_run=True, stdout=StringIO())


@pytest.mark.parametrize("command", ["civic_verify", "civic_tick"])
def test_command_runs_on_an_empty_town(command):
    if command not in get_commands():
        pytest.skip(f"{command} does not exist yet")

    call_command(command, stdout=StringIO())
    call_command(command, stdout=StringIO())


@pytest.mark.parametrize("page_model", PAGES, ids=[model.__name__ for model in PAGES])
def test_editor_is_offered_the_form_of_every_page_type(page_model, administrator, client):
    home = Page.objects.get(depth=2)
    names = (page_model._meta.app_label, page_model._meta.model_name, home.pk)

    response = client.get(reverse("wagtailadmin_pages:add", args=names))

    assert response.status_code == 200


@pytest.mark.parametrize("name", ["wagtailadmin_home", "wagtailusers_groups:add"])
def test_admin_page_answers(name, administrator, client):
    response = client.get(reverse(name))

    assert response.status_code == 200
