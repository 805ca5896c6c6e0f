"""The desk of a moderator in a browser without scripts: visiting, deciding, three cases."""

import pytest
from django.urls import reverse

from civic_sourcing.moderation.actions import DecideCase
from civic_sourcing.processes.models import RoleAssignment

INDEX = reverse("civic_moderation_admin:index")
RESULTS = reverse("civic_moderation_admin:index_results")
BULK = reverse("civic_moderation_admin:bulk")
NEXT = reverse("civic_moderation_admin:next")
HAND_OVER = reverse("civic_moderation_admin:hand_over")
FACTS = "The text calls a neighbour a fool in front of everybody."


def page_of(case, step="case"):
    return reverse(f"civic_moderation_admin:{step}", args=[case.uuid])


def values_of(form):
    """What the form would send if nothing was changed."""
    values = {name: form[name].value() for name in form.fields}
    return {name: "" if value is None else value for name, value in values.items()}


def again(row):
    return type(row).objects.get(pk=row.pk)


@pytest.fixture(name="visit")
def visit_scene(client):
    def get(user, address, **query):
        client.force_login(user)
        answer = client.get(address, query)
        is_missing = answer.get("Location") == f"/en{address}"
        return client.get(answer["Location"]) if is_missing else answer

    return get


@pytest.fixture(name="decide")
def decide_scene(client, visit):
    """Fill in the form of a case as ``user`` sees it, and send it."""

    def send(user, case, **answers):
        form = visit(user, page_of(case)).context["form"]
        data = values_of(form)
        data |= {"outcome": "hide", "facts": FACTS, **answers}
        return client.post(page_of(case), data)

    return send


@pytest.fixture(name="demote")
def demote_scene():
    return lambda user: RoleAssignment.objects.filter(group__user=user).delete()


@pytest.fixture(name="cases")
def cases_scene(propose, author, open_case):
    """Three cases about ideas of the same author, the first the most urgent."""
    return [open_case(propose(author, f"Idea {number}")) for number in range(3)]


@pytest.fixture(name="decided")
def decided_scene(case, moderator):
    rule = case.rule
    return DecideCase(case, by=moderator, outcome="hide", rule=rule, facts=FACTS).execute()
