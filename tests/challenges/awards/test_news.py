"""What solvers are told about decisions and awards: once, with the step, in their language."""

from datetime import timedelta

import pytest
from django.utils import timezone

from civic_sourcing.attribution.actions.claims import FileClaim, WithdrawClaim
from civic_sourcing.challenges.awards.actions import (
    AcceptAward,
    CancelAward,
    CompletePapers,
    DeclineAward,
    ProposeCancelling,
    SayCarriedOut,
    give_rights_back,
)
from civic_sourcing.challenges.awards.claims import hear_of_claim, tell_of_claims
from civic_sourcing.challenges.awards.instalments import (
    Part,
    PayInstalment,
    PlanInstalments,
    ReachMilestone,
)
from civic_sourcing.challenges.models import ChallengeFacts, TeamMember
from civic_sourcing.challenges.results.actions import WithdrawDecision
from civic_sourcing.core.clock import now
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.notifications.models import Notification
from civic_sourcing.participants.models import Participant
from tests.challenges.contests import (
    add_entry,
    confirm,
    finalise,
    propose,
    ranking_of,
    winners,
)

from .conftest import backdate

pytestmark = pytest.mark.django_db


def told(user):
    """Subjects of the news about awards, the first first, without the name of the challenge."""
    rows = Notification.objects.filter(user=user, category="civic_challenges.awards")
    return [row.subject.partition(":")[0] for row in rows.order_by("pk")]


def last(user):
    rows = Notification.objects.filter(user=user, category="civic_challenges.awards")
    return rows.order_by("pk").last()


def test_decision_tells_winners_and_all_others_with_the_way_to_feedback(decision, captain, loser):
    assert told(captain) == ["You are named as a winner"]
    assert told(loser) == ["It is decided"]
    assert "“Awnings” is named for place 1" in last(captain).body
    losing = decision.round.entries.get(title="Trees")
    assert last(loser).url.endswith(f"/winners/feedback/{losing.uuid}/")


def test_withdrawn_decision_is_told_to_everybody_with_its_reason(
    contest, manager, steward, captain, loser
):
    best = contest.entries.get(title="Awnings")
    proposal = propose(contest, winners(contest, best), manager, reason="One prize is enough.")
    decided = confirm(proposal, steward)

    WithdrawDecision(decided, by=steward, reason="A sheet was mixed up.").execute()

    assert told(captain)[-1] == told(loser)[-1] == "The decision was taken back"
    assert "A sheet was mixed up." in last(loser).body


def test_proposal_nobody_has_confirmed_is_told_to_nobody(contest, manager, captain):
    best = contest.entries.get(title="Awnings")

    proposal = propose(contest, winners(contest, best), manager, reason="One prize is enough.")
    WithdrawDecision(proposal, by=manager).execute()

    assert told(captain) == []


def test_way_of_an_award_from_the_offer_to_the_last_payment(
    award, captain, loser, manager, steward
):
    AcceptAward(award, by=captain).execute()
    CompletePapers(award, by=manager).execute()
    parts = (Part("A pattern stands", 40_000), Part("All are up", 60_000))
    PlanInstalments(award, by=manager, parts=parts).execute()
    for instalment in award.instalments.all():
        ReachMilestone(instalment, by=manager).execute()
        PayInstalment(instalment, by=steward).execute()

    assert told(captain)[1:] == [
        "An award is offered to you",
        "Papers are needed",
        "Your papers are complete",
        "An instalment was paid",
        "An instalment was paid",
        "Your award is final",
    ]
    assert told(loser) == ["It is decided"]
    paid = Notification.objects.filter(user=captain, subject__startswith="An instalment")
    assert "400" in paid.order_by("pk").first().body
    assert "A pattern stands" in paid.order_by("pk").first().body


def test_refused_step_tells_nothing_and_what_is_rolled_back_is_not_told(award, captain, manager):
    AcceptAward(award, by=captain).execute()
    CompletePapers(award, by=manager).execute()
    before = told(captain)

    with pytest.raises(ActionRefused):
        CompletePapers(award, by=manager).execute()

    assert told(captain) == before


def test_team_hears_in_its_language(award, captain, make_citizen):
    member = make_citizen("mina", email="mina@example.org")
    person = Participant.objects.of(member)
    person.language = "ko"
    person.save()
    TeamMember.objects.create(
        entry=award.placement.entry, participant=person, invited_at=now(), joined_at=now()
    )

    DeclineAward(award, by=captain).execute()

    assert told(captain)[-1] == "The award was declined"
    assert last(member).language == "ko"


def test_cancelling_is_told_once_it_is_done_with_the_public_reason(
    award, captain, manager, steward
):
    ProposeCancelling(award, by=manager, reason="The papers were false.").execute()
    before = told(captain)

    CancelAward(award, by=steward).execute()

    assert told(captain) == [*before, "Your award was cancelled"]
    assert "The papers were false." in last(captain).body


def test_rights_that_go_back_are_told_before_and_on_the_day(award, captain, manager, set_clock):
    day = timezone.localdate() + timedelta(days=40)
    SayCarriedOut(award, by=manager, carried_out=False, on=day).execute()
    set_clock(now() + timedelta(days=41))
    give_rights_back(now())
    give_rights_back(now())

    assert told(captain)[-2:] == ["Your solution is not carried out", "All rights are yours again"]


def test_award_without_money_is_final_with_its_papers(contest, captain, manager, steward):
    best = contest.entries.get(title="Awnings")
    named = winners(contest, best, amount=0)
    decided = confirm(propose(contest, named, manager, reason="It is an honour."), steward)
    ChallengeFacts.objects.update(contact="Room 3")
    award = finalise(backdate(decided))[0]
    AcceptAward(award, by=captain).execute()
    assert "Room 3" in last(captain).body

    CompletePapers(award, by=manager).execute()

    assert told(captain)[-2:] == ["Papers are needed", "Your award is final"]


def test_claim_in_the_verification_is_told_once_when_it_comes_and_when_it_is_closed(
    contest, manager, steward, captain, loser, citizen
):
    best = contest.entries.get(title="Awnings")
    proposal = propose(contest, winners(contest, best), manager, reason="One prize is enough.")
    confirm(proposal, steward)
    claim = FileClaim(best.contribution, by=citizen, text="I drew this years ago.").execute()
    hear_of_claim(subject=best.contribution, result=claim)
    tell_of_claims(now())
    assert told(captain)[1:] == ["Somebody objects"]

    WithdrawClaim(claim, by=citizen).execute()
    tell_of_claims(now())
    tell_of_claims(now())

    assert told(captain)[1:] == ["Somebody objects", "An objection is decided"]
    assert told(loser) == ["It is decided"]


def test_telling_thousands_asks_the_same_as_telling_few(
    contest, make_citizen, manager, steward, django_assert_max_num_queries
):
    for number in range(12):
        add_entry(contest, make_citizen(f"solver {number}"), f"Entry {number}")
    ranking_of(contest, manager)
    best = contest.entries.get(title="Awnings")
    proposal = propose(contest, winners(contest, best), manager, reason="One prize is enough.")

    with django_assert_max_num_queries(130):
        confirm(proposal, steward)
