"""Who may take which step when: role × state × action."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from civic_sourcing.attribution.actions import HideContribution, RestoreContribution
from civic_sourcing.attribution.actions.claim_decisions import (
    AcceptDecision,
    AppealClaim,
    CloseClaim,
    DecideClaim,
)
from civic_sourcing.attribution.actions.claims import AnswerClaim, EndHearing, WithdrawClaim
from civic_sourcing.attribution.models import Contribution
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.participants.models import Participant

from .conftest import REASONS, again

pytestmark = pytest.mark.django_db

STATES = ("claim", "heard", "decided", "appealed", "reheard", "final", "withdrawn")
STEPS = {
    "answer": lambda claim, by: AnswerClaim(claim, by=by, text="Mine."),
    "decide": lambda claim, by: DecideClaim(claim, by=by, outcome="refused", reasons=REASONS),
    "appeal": lambda claim, by: AppealClaim(claim, by=by, text="Wrong."),
    "accept": lambda claim, by: AcceptDecision(claim, by=by),
    "withdraw": lambda claim, by: WithdrawClaim(claim, by=by),
    "end hearing": lambda claim, by: EndHearing(claim, by=by),
    "close": lambda claim, by: CloseClaim(claim, by=by),
}
ALLOWED = {
    ("claim", "author"): {"answer"},
    ("claim", "claimant"): {"withdraw"},
    ("heard", "claimant"): {"withdraw"},
    ("heard", "steward"): {"decide"},
    ("heard", "second_steward"): {"decide"},
    ("heard", "admin"): {"decide"},
    ("decided", "author"): {"appeal", "accept"},
    ("decided", "claimant"): {"appeal", "accept"},
    ("appealed", "author"): {"answer"},
    ("reheard", "second_steward"): {"decide"},
    ("reheard", "admin"): {"decide"},
}
ROLES = (
    "author",
    "claimant",
    "steward",
    "second_steward",
    "moderator",
    "official",
    "admin",
    "stranger",
    "anonymous",
)


@pytest.fixture
def withdrawn(claim, claimant, notes):
    WithdrawClaim(claim, by=claimant).execute()
    return again(claim)


@pytest.fixture
def moderator(make_steward):
    return make_steward("moderator", role="moderator")


@pytest.fixture
def official(make_steward):
    return make_steward("official", role="official")


@pytest.fixture
def admin(make_person):
    return make_person("admin", is_superuser=True, is_staff=True)


@pytest.fixture
def anonymous():
    return AnonymousUser()


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("state", STATES)
def test_steps_of_a_role_in_a_state(state, role, request):
    claim, user = request.getfixturevalue(state), request.getfixturevalue(role)

    possible = {name for name, step in STEPS.items() if happens(step(claim, user))}

    assert possible == ALLOWED.get((state, role), set())


class Undone(Exception):
    pass


def happens(action):
    """Whether the step is allowed and possible; it is taken back, so that others can be tried."""
    try:
        with transaction.atomic():
            action.execute()
            raise Undone
    except ActionRefused:
        return False
    except Undone:
        return True


class TestWhoIsNotImpartial:
    def refusal(self, claim, user):
        with pytest.raises(ActionRefused) as refused:
            DecideClaim(claim, by=user, outcome="refused", reasons=REASONS).execute()
        return refused.value.code

    def test_a_steward_who_claims(self, file_claim, answer, steward):
        claim = file_claim(by=steward)
        answer(claim)

        assert self.refusal(claim, steward) == "party"

    def test_a_steward_who_wrote_it(self, receive, steward, file_claim):
        claim = file_claim(to=receive(by=steward))
        AnswerClaim(claim, by=steward, text="Mine.").execute()

        assert self.refusal(claim, steward) == "party"

    def test_a_steward_who_entered_it_for_somebody(self, receive, steward, file_claim, answer):
        claim = file_claim(to=receive(entered_by=Participant.objects.of(steward)))
        answer(claim)

        assert self.refusal(claim, steward) == "party"

    def test_a_steward_who_wrote_the_evidence(self, receive, steward, file_claim, answer):
        theirs = receive("Old bench", by=steward)
        claim = file_claim(to=receive("New bench"), linked=theirs)
        answer(claim)

        assert self.refusal(claim, steward) == "party"

    def test_a_steward_who_has_hidden_it_before(
        self, contribution, make_person, file_claim, answer
    ):
        boss = make_person("boss", is_superuser=True)
        HideContribution(contribution, by=boss).execute()
        RestoreContribution(contribution, by=boss).execute()
        claim = file_claim(to=Contribution.objects.get(pk=contribution.pk))
        answer(claim)

        assert self.refusal(claim, boss) == "moderated"
