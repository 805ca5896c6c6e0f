"""People around credits: an official of a process with a page, and neighbours."""

import pytest
from django.contrib.auth.models import Group
from wagtail.models import Locale, Page

from civic_sourcing.attribution.actions.derive import DeriveContribution, MergeContributions
from civic_sourcing.attribution.models import DerivationKind
from civic_sourcing.participants.models import Participant
from civic_sourcing.processes.models import RoleAssignment
from tests.scenes import maker


def participant(user):
    return Participant.objects.of(user)


@pytest.fixture
def place(process):
    """A page that the process belongs to, for roles to hang on."""
    root = Page.objects.get(depth=1)
    locale = Locale.objects.get_or_create(language_code="en")[0]
    page = Page(title="Notice board", slug="board", locale=locale)
    page.translation_key = process.translation_key
    return root.add_child(instance=page)


@maker
def make_staff(make_person, place):
    def make(name, role):
        user = make_person(name)
        group = Group.objects.create(name=name)
        RoleAssignment.objects.create(group=group, page=place, role=role)
        user.groups.add(group)
        return user

    return make


@pytest.fixture
def official(make_staff):
    return make_staff("official", "official")


@pytest.fixture
def moderator(make_staff):
    return make_staff("moderator", "moderator")


@pytest.fixture
def neighbour(make_person):
    return make_person("neighbour", email="neighbour@example.org")


@pytest.fixture
def citizen(make_person):
    return make_person("citizen")


def derive(source, target, kind=DerivationKind.IMPROVES):
    return DeriveContribution(target, by=None, source=source, kind=kind).execute()


def merge(originals, by, **words):
    words = {"title": "Benches and shade", "text": "Both.", "language": "en", **words}
    return MergeContributions.of(originals, by=by, **words).execute()


@pytest.fixture
def shade(receive, neighbour):
    return receive("Shade", "Trees.", by=neighbour)


@pytest.fixture
def merged(contribution, shade, official, notes):
    return merge([contribution, shade], official)
