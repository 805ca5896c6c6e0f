"""Where an award ends, the next entry moves up: proposed, confirmed, verified, awarded."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from civic_sourcing.attribution.actions.claims import WithdrawClaim
from civic_sourcing.challenges.awards.actions import (
    AcceptAward,
    CancelAward,
    CompletePapers,
    DeclineAward,
    ProposeCancelling,
)
from civic_sourcing.challenges.awards.instalments import (
    Part,
    PayInstalment,
    PlanInstalments,
    ReachMilestone,
)
from civic_sourcing.challenges.models import Award, Decision
from civic_sourcing.challenges.results.actions import WithdrawDecision
from civic_sourcing.challenges.results.moving_up import ProposeMovingUp
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.models import AuditEntry
from tests.challenges.awards.conftest import backdate
from tests.challenges.contests import confirm, finalise, propose, winners
from tests.challenges.results.test_deciding import claim_to, hide
from tests.scenes import scene

pytestmark = pytest.mark.django_db
REASON = "The first declined, so the next of the ranking moves up."


def refused(code: str):
    return pytest.raises(ActionRefused, check=lambda error: error.code == code)


@scene
def award(contest, entries, manager, steward):
    """Of ``Awnings``, the only winner; ``Trees`` and ``Paint`` have places and win nothing."""
    named = winners(contest, entries["Awnings"])
    proposal = propose(contest, named, manager, reason="One prize is enough.")
    return finalise(backdate(confirm(proposal, steward)))[0]


@scene
def declined(award, contest, entries):
    DeclineAward(award, by=entries["Awnings"].captain.user).execute()
    return award


def move_up(award, by, **said):
    return ProposeMovingUp(award, by=by, **{"reason": REASON} | said).execute()


def test_the_next_of_the_ranking_gets_place_and_prize_once_verified(
    declined, entries, manager, steward, citizen
):
    proposal = move_up(declined, manager)
    with refused("second-person"):
        confirm(proposal, manager)
    decision = backdate(confirm(proposal, steward))
    claim = claim_to(entries["Trees"], citizen)
    with refused("claimed"):
        finalise(decision)
    WithdrawClaim(claim, by=citizen).execute()

    (award,) = finalise(decision)

    assert not proposal.deviates
    assert (award.placement.entry.title, award.placement.place) == ("Trees", 1)
    assert (award.amount, award.placement.prize) == (declined.amount, declined.placement.prize)
    logged = AuditEntry.objects.get(action="civic_challenges.propose_moving_up")
    assert logged.details["entry"] == str(entries["Trees"].uuid)


def test_who_moved_up_and_declines_makes_room_for_the_one_after(
    declined, entries, manager, steward
):
    (second,) = finalise(backdate(confirm(move_up(declined, manager), steward)))
    DeclineAward(second, by=entries["Trees"].captain.user).execute()

    third = move_up(second, manager)

    assert third.placements.get().entry == entries["Paint"]
    with refused("nobody-left"):
        confirm(third, steward)
        finalise(backdate(Decision.objects.get(pk=third.pk)))
        last = Award.objects.get(placement__decision=third)
        DeclineAward(last, by=entries["Paint"].captain.user).execute()
        move_up(last, manager)


def test_an_award_that_stands_makes_no_room(award, manager):
    with refused("wrong-state"):
        move_up(award, manager)
    with pytest.raises(IntegrityError, match="moves up"), transaction.atomic():
        Decision.objects.create(
            round=award.placement.decision.round,
            ranking=award.placement.decision.ranking,
            instead_of=award,
            reason=REASON,
            proposed_by=award.uuid,
            proposed_at=timezone.now(),
        )


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"reason": " "}, "no-reason"),
        ({"entry": "Awnings"}, "not-next"),
        ({"entry": "nobody's"}, "not-next"),
        ({"amount": 100_001}, "too-much"),
        ({"amount": -1}, "too-much"),
    ],
    ids=["no reason", "who declined", "strange", "more than the prize", "below nothing"],
)
def test_what_cannot_be_is_refused(declined, entries, manager, said, code):
    if said.get("entry") in entries:
        said = {"entry": str(entries[said["entry"]].uuid)}

    with refused(code):
        move_up(declined, manager, **said)


def test_another_than_the_next_is_told_as_a_deviation(declined, entries, manager):
    decision = move_up(declined, manager, entry=str(entries["Paint"].uuid))

    assert decision.deviates


def test_one_proposal_at_a_time_which_can_be_taken_back(declined, manager, steward):
    first = move_up(declined, manager)
    with refused("decided"):
        move_up(declined, steward)

    WithdrawDecision(first, by=manager).execute()

    assert move_up(declined, steward).pk != first.pk


def test_who_is_gone_meanwhile_does_not_move_up(declined, entries, manager, steward):
    proposal = move_up(declined, manager)
    hide(entries["Trees"])

    with refused("stale"):
        confirm(proposal, steward)


def test_what_was_paid_of_a_cancelled_award_is_not_free(award, entries, manager, steward):
    AcceptAward(award, by=entries["Awnings"].captain.user).execute()
    CompletePapers(award, by=manager).execute()
    parts = [Part("First", 40_000), Part("Then", 60_000)]
    first, _second = PlanInstalments(award, by=manager, parts=parts).execute()
    ReachMilestone(first, by=manager).execute()
    PayInstalment(first, by=steward).execute()
    ProposeCancelling(award, by=manager, reason="It was copied.").execute()
    CancelAward(award, by=steward).execute()
    with refused("too-much"):
        move_up(award, manager, amount=60_001)

    decision = move_up(award, manager)

    assert decision.placements.get().amount == 60_000


def test_only_who_leads_the_judging_proposes(declined, entries, citizen):
    for somebody in (citizen, entries["Trees"].captain.user):
        with refused("forbidden"):
            move_up(declined, somebody)
    with refused("nobody"):
        move_up(declined, None)
