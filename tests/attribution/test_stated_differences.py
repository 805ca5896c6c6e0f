"""“Mine is different because…”: kept with a contribution, and read by those who judge texts."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from civic_sourcing.attribution.models import State, StatedDifference
from civic_sourcing.attribution.similar.differences import difference_of
from tests.attribution.credit_people import *  # noqa: F403

REASON = "Mine have backs."


@pytest.fixture
def similar(receive):
    return receive("Seats by the river")


@pytest.fixture
def stated(contribution, similar, notes):
    StatedDifference.objects.create(
        contribution=contribution, similar=similar, reason=REASON, stated_at=timezone.now()
    )
    return contribution


@pytest.fixture
def read(client, make_staff):
    def get(contribution, role):
        client.force_login(admitted(make_staff(f"{role}-admin", role)))
        address = reverse("civic_contributions_admin:contribution", args=[contribution.uuid])
        return client.get(address, follow=True).text

    return get


def admitted(user):
    group = user.groups.get()
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    return user


@pytest.mark.parametrize(
    ("role", "is_shown"), [("steward", True), ("moderator", True), ("official", False)]
)
def test_who_judges_texts_reads_what_sets_it_apart(stated, read, role, is_shown):
    page = read(stated, role)

    assert "A bench" in page
    assert (REASON in page) is is_shown


def test_the_page_leads_to_what_it_was_compared_with(stated, similar, read):
    page = read(stated, "steward")

    assert (
        f'<a href="{reverse("civic_contributions_admin:contribution", args=[similar.uuid])}">'
        in page
    )


def test_what_was_removed_says_nothing_more(stated):
    stated.state = State.REMOVED

    assert difference_of(stated) is None


def test_who_said_nothing_has_no_difference(contribution, similar):
    StatedDifference.objects.create(
        contribution=contribution, similar=similar, reason="", stated_at=timezone.now()
    )

    assert difference_of(contribution) is None
