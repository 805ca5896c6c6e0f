"""``civic_verify`` notices when ballots, counts and outcomes no longer fit together."""

import pytest

from civic_sourcing.budgets.models import Ballot, BudgetRules, CountResult, Project
from civic_sourcing.budgets.verification import verify_counts
from civic_sourcing.core.audit.verification import Verification
from civic_sourcing.core.testing import triggers_suspended

pytestmark = pytest.mark.django_db


def codes():
    return [finding.code for finding in verify_counts(Verification())]


def test_an_untouched_vote_has_no_findings(vote):
    verification = Verification()

    assert list(verify_counts(verification)) == []
    assert verification.checked == 1 + 5 + 7


def test_one_vote_can_be_verified_alone(vote, import_election):
    assert list(verify_counts(Verification(chain=vote.process.uuid))) == []


def change_count():
    CountResult.objects.update(content='{"selected":[]}')


def change_ballot():
    ballot = Ballot.objects.filter(content='{"vote":["OGM/0004"]}').first()
    Ballot.objects.filter(pk=ballot.pk).update(content='{"vote":["OGM/0005"]}')


def lose_ballot():
    Ballot.objects.filter(pk=Ballot.objects.first().pk)._raw_delete("default")


def spoil_ballot():
    Ballot.objects.filter(pk=Ballot.objects.first().pk).update(content='{"vote":["nobody"]}')


def mark_loser_funded():
    Project.objects.filter(number="OGM/0002").update(outcome="funded")


def forget_outcome():
    Project.objects.filter(number="OGM/0002").update(outcome="undecided")


def lose_rules():
    BudgetRules.objects.all().delete()


def renumber_count():
    CountResult.objects.update(version=2)


@pytest.mark.parametrize(
    ("tamper", "code"),
    [
        pytest.param(change_count, "count-changed", id="count changed"),
        pytest.param(renumber_count, "count-missing", id="count missing"),
        pytest.param(change_ballot, "recount", id="ballot changed"),
        pytest.param(spoil_ballot, "recount", id="ballot spoilt"),
        pytest.param(lose_ballot, "ballots", id="ballot missing"),
        pytest.param(mark_loser_funded, "outcome", id="loser marked funded"),
        pytest.param(forget_outcome, "outcome", id="outcome forgotten"),
        pytest.param(lose_rules, "rules", id="rules gone"),
    ],
)
def test_what_was_tampered_with_is_found(vote, tamper, code):
    with triggers_suspended():
        tamper()

    assert code in codes()
