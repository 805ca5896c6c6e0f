"""Officials and people of departments who may enter the admin, and what they do there."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from tests.scenes import scene

ADMIN = "civic_answers_admin"


def let_in(user):
    """Give the groups of ``user`` the right to enter the admin."""
    permission = Permission.objects.get(codename="access_admin")
    for group in user.groups.all():
        group.permissions.add(permission)
    return user


@scene(name="desk_official")
def desk_official_scene(official):
    return let_in(official)


@scene(name="desk_stranger")
def desk_stranger_scene(foreign_official):
    return let_in(foreign_official)


@scene(name="desk_gardener")
def desk_gardener_scene(gardener):
    return let_in(gardener)


@pytest.fixture(name="at_desk")
def at_desk_scene(client, desk_official):
    """The browser of an official."""
    client.force_login(desk_official)
    return client


def address(name, *args):
    return reverse(f"{ADMIN}:{name}", args=args)
