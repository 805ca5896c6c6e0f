"""Which step leads from which state to which, for whom."""

import pytest
from django.contrib.auth.models import AnonymousUser

from civic_sourcing.attribution import gate
from civic_sourcing.attribution.actions import (
    HideContribution,
    ReleaseContribution,
    RemoveContribution,
    RestoreContribution,
    WithdrawContribution,
)
from civic_sourcing.attribution.models import Contribution, State
from civic_sourcing.core.exceptions import ActionForbidden, ActionRefused

STEPS = {
    "release": (ReleaseContribution, {"held": "published"}),
    "hide": (HideContribution, {"published": "hidden", "withdrawn": "hidden"}),
    "restore": (RestoreContribution, {"hidden": "published"}),
    "withdraw": (
        WithdrawContribution,
        {"published": "withdrawn", "held": "removed", "draft": "removed"},
    ),
    "remove": (
        RemoveContribution,
        {state: "removed" for state in State.values if state != "removed"},
    ),
}
CASES = [
    pytest.param(action, state, leads.get(state), id=f"{name} {state}")
    for name, (action, leads) in STEPS.items()
    for state in State.values
]
ROLES = {
    "signed out": set(),
    "neighbour": set(),
    "author": {"withdraw"},
    "superuser": {"release", "hide", "restore", "remove"},
    "system": set(STEPS),
}


def put(contribution, state):
    """Bring the row into ``state``, as if it had come there step by step."""
    held_by = "test" if state == "held" else ""
    Contribution.objects.filter(pk=contribution.pk).update(state=state, held_by=held_by)
    contribution.refresh_from_db()
    return contribution


@pytest.mark.parametrize(("action", "state", "after"), CASES)
def test_step_leads_to_its_state_or_is_refused_by_name(contribution, action, state, after):
    put(contribution, state)

    if after is None:
        with pytest.raises(ActionRefused) as refused:
            action(contribution, by=None).execute()
        assert refused.value.code == f"is-{state}"
    else:
        action(contribution, by=None).execute()

    contribution.refresh_from_db()
    assert contribution.state == (after or state)
    assert contribution.held_by == ("test" if contribution.state == "held" else "")


@pytest.fixture
def people(author, make_person):
    return {
        "signed out": AnonymousUser(),
        "neighbour": make_person("neighbour"),
        "author": author,
        "superuser": make_person("root", is_superuser=True),
        "system": None,
    }


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("role", ROLES)
def test_role_may(contribution, people, role, step):
    action, leads = STEPS[step]
    put(contribution, next(iter(leads)))

    try:
        action(contribution, by=people[role]).execute()
        allowed = True
    except ActionForbidden:
        allowed = False

    assert allowed is (step in ROLES[role])


@pytest.fixture
def keepers():
    gate.register_keeper("first", lambda submission: gate.Hold("first", "Wait for the first."))
    gate.register_keeper(
        "second", lambda submission: gate.Hold("second", "Wait for both."), releases_alone=True
    )
    yield
    gate.unregister_keeper("first")
    gate.unregister_keeper("second")


def test_held_by_two_it_waits_for_both(keepers, receive, people, notes):
    row = receive()
    assert (row.state, row.keepers) == (State.HELD, ["first", "second"])
    assert row.waits_for == ["Wait for the first.", "Wait for both."]

    row = ReleaseContribution(row, by=people["superuser"]).execute()
    assert (row.state, row.keepers) == (State.HELD, ["second"])
    assert not row.versions.exists()

    row = ReleaseContribution(row, by=None, keeper="second").execute()
    assert row.state == State.PUBLISHED
    assert row.versions.count() == 1
    assert notes.happened[row.pk] == ["show"]


def test_moderator_cannot_let_through_what_waits_for_somebody_else(keepers, receive, people):
    row = receive()
    ReleaseContribution(row, by=None, keeper="first").execute()

    with pytest.raises(ActionRefused) as refused:
        ReleaseContribution(row, by=people["superuser"]).execute()

    assert refused.value.code == "waits"


def test_moderator_cannot_pass_for_a_keeper(keepers, receive, people):
    row = receive()

    ReleaseContribution(row, by=people["superuser"], keeper="second").execute()

    row.refresh_from_db()
    assert row.keepers == ["second"]


def test_restored_withdrawn_contribution_is_withdrawn_again(contribution, author):
    WithdrawContribution(contribution, by=author).execute()
    HideContribution(contribution, by=None).execute()

    row = RestoreContribution(contribution, by=None).execute()

    assert row.state == State.WITHDRAWN


def test_second_keeper_of_a_name_is_a_mistake(keepers):
    with pytest.raises(ValueError, match="first"):
        gate.register_keeper("first", lambda submission: None)
