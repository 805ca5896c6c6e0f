"""Agreement rates: exact, for stewards of the place, by rule."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from django.utils import timezone

from civic_sourcing.moderation.models import SecondOpinion
from civic_sourcing.processes.models import RoleAssignment

from .deciding_people import decide_scene  # noqa: F401

ADDRESS = reverse("civic_moderation_agreement")


@pytest.fixture
def admit(make_citizen, forum, client):
    def visit(role, page=None):
        user = make_citizen(f"{role}-here")
        group = Group.objects.create(name=user.username)
        group.permissions.add(Permission.objects.get(codename="access_admin"))
        if role:
            RoleAssignment.objects.create(group=group, page=page or forum, role=role)
        user.groups.add(group)
        client.force_login(user)
        return client.get(ADDRESS)

    return visit


@pytest.fixture
def opinion(case, decide):
    decision = decide(case)
    now = timezone.now()
    SecondOpinion.objects.filter(decision=decision).delete()
    return SecondOpinion.objects.create(
        decision=decision, asked_at=now, given_at=now, outcome="warn", agrees=False
    )


@pytest.mark.parametrize("role", ["moderator", "official", ""])
def test_only_stewards_see_it(role, admit):
    assert admit(role).status_code in {302, 403}


def test_steward_sees_the_rate_of_each_rule(admit, opinion, rules):
    page = admit("steward").content.decode()

    assert rules("respect").title in page
    assert "0 %" in page


def test_steward_of_another_forum_does_not_see_it(admit, opinion, rules, other_forum):
    assert rules("respect").title not in admit("steward", other_forum).content.decode()


def test_opinion_that_was_not_given_counts_as_asked_only(admit, opinion):
    SecondOpinion.objects.update(given_at=None, outcome="", agrees=None)

    assert "0 %" not in admit("steward").content.decode()
