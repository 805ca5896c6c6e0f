"""Supporting an idea and taking support back: the actions."""

import pytest
from django.db import IntegrityError

from civic_sourcing.core.audit import AuditEntry
from civic_sourcing.core.clock import now
from civic_sourcing.core.exceptions import ActionRefused, RateLimited
from civic_sourcing.ideas.actions import SupportIdea, WithdrawSupport
from civic_sourcing.ideas.models import Support
from civic_sourcing.ideas.standing import Standing
from civic_sourcing.participants.models import Participant

from .conftest import hide, open_phase


def test_neighbour_supports_an_idea_once(idea, neighbour):
    support = SupportIdea(idea, by=neighbour).execute()

    assert support.participant.user == neighbour
    assert idea.supports.count() == 1


def test_second_support_is_refused_and_changes_nothing(supported_idea, citizen):
    with pytest.raises(ActionRefused) as refused:
        SupportIdea(supported_idea, by=citizen).execute()

    assert refused.value.code == "already-supported"
    assert supported_idea.supports.count() == 1


def test_the_database_lets_nobody_support_twice(supported_idea, citizen):
    participant = Participant.objects.of(citizen)

    with pytest.raises(IntegrityError):
        Support.objects.create(
            contribution=supported_idea.contribution, participant=participant, created_at=now()
        )


def test_support_can_be_taken_back_and_given_again(supported_idea, citizen):
    WithdrawSupport(supported_idea, by=citizen).execute()
    assert not supported_idea.supports.exists()

    SupportIdea(supported_idea, by=citizen).execute()

    assert supported_idea.supports.count() == 1


def test_support_that_was_not_given_cannot_be_taken_back(supported_idea, neighbour):
    with pytest.raises(ActionRefused) as refused:
        WithdrawSupport(supported_idea, by=neighbour).execute()

    assert refused.value.code == "not-supported"
    assert supported_idea.supports.count() == 1


def test_author_is_told_that_own_support_goes_without_saying(idea, author):
    with pytest.raises(ActionRefused) as refused:
        SupportIdea(idea, by=author).execute()

    assert refused.value.code == "own-idea"


def test_unpublished_idea_takes_no_support(idea, citizen):
    hide(idea)

    with pytest.raises(ActionRefused) as refused:
        SupportIdea(idea, by=citizen).execute()

    assert refused.value.code == "not-published"


def test_giving_and_taking_back_leave_their_entries(supported_idea, citizen):
    WithdrawSupport(supported_idea, by=citizen).execute()

    steps = AuditEntry.objects.filter(action__contains="support").order_by("pk")
    assert [step.action for step in steps] == [
        "civic_ideas.support",
        "civic_ideas.withdraw_support",
    ]


def test_flickering_support_is_held_back(idea, citizen, settings):
    settings.CIVIC_SOURCING = {"SUPPORTS_PER_MINUTE": 1}
    SupportIdea(idea, by=citizen).execute()

    with pytest.raises(RateLimited):
        WithdrawSupport(idea, by=citizen).execute()


PHASES = ["collect", "support", "review", "answer"]
MAY = {
    ("signed out", "support"): set(),
    ("signed out", "withdraw"): set(),
    ("author", "support"): set(),
    ("author", "withdraw"): set(),
    ("supporter", "support"): set(),
    ("supporter", "withdraw"): {"collect", "support"},
    ("neighbour", "support"): {"collect", "support"},
    ("neighbour", "withdraw"): set(),
    ("deactivated", "support"): set(),
    ("superuser", "support"): {"collect", "support"},
}


@pytest.mark.parametrize("phase", PHASES)
@pytest.mark.parametrize(("role", "step"), MAY, ids=[" ".join(cell) for cell in MAY])
def test_rights_in_each_phase(people, supported_idea, forum, role, step, phase):
    open_phase(forum, phase)
    action = {"support": SupportIdea, "withdraw": WithdrawSupport}[step]

    try:
        action(supported_idea, by=people[role]).execute()
        happened = True
    except ActionRefused:
        happened = False

    assert happened is (phase in MAY[role, step])


@pytest.mark.parametrize(
    ("role", "mine", "code"),
    [
        pytest.param("signed out", False, None, id="may sign in"),
        pytest.param("author", False, "own-idea", id="own idea"),
        pytest.param("supporter", True, None, id="may take it back"),
        pytest.param("neighbour", False, None, id="may support"),
    ],
)
def test_button_shows_how_somebody_stands(people, supported_idea, role, mine, code):
    standing = Standing.of(people[role], supported_idea, at=now())

    assert standing.mine is mine
    assert standing.supporters == 1
    assert (standing.refusal and standing.refusal.code) == code


@pytest.mark.parametrize(
    ("change", "code"),
    [({"stage": "merged"}, "merged"), ({"contribution__state": "withdrawn"}, "withdrawn")],
    ids=["merged", "withdrawn"],
)
def test_what_stands_no_more_offers_no_button(client, idea, citizen, change, code):
    for name, value in change.items():
        model = type(idea) if name == "stage" else type(idea.contribution)
        model._base_manager.update(**{name.removeprefix("contribution__"): value})
    client.force_login(citizen)

    with pytest.raises(ActionRefused) as refused:
        SupportIdea(idea, by=citizen).execute()

    assert refused.value.code == code
    assert "civic-support-button" not in client.get(idea.url).text
    client.logout()
    assert "civic-support-button" not in client.get(idea.url).text


def test_support_is_taken_back_from_what_was_merged(supported_idea, citizen):
    type(supported_idea).objects.update(stage="merged")

    WithdrawSupport(supported_idea, by=citizen).execute()

    assert not supported_idea.supports.exists()
