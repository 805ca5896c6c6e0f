"""The ledger of awards: accepted, papers, instalments by two people, cancelled, rights back."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from civic_sourcing.challenges.awards.actions import (
    AcceptAward,
    CancelAward,
    CompletePapers,
    DeclineAward,
    DescribeWinner,
    ProposeCancelling,
    SayCarriedOut,
    give_rights_back,
)
from civic_sourcing.challenges.awards.instalments import (
    Part,
    PayInstalment,
    PlanInstalments,
    ReachMilestone,
)
from civic_sourcing.challenges.models import Award, Instalment
from civic_sourcing.core.exceptions import ActionRefused

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
HALVES = (Part("A first pattern stands", 40_000), Part("All awnings are up", 60_000))


def refused(code: str):
    return pytest.raises(ActionRefused, check=lambda error: error.code == code)


@pytest.fixture
def payable(award, captain, manager):
    """Accepted, papers complete, in two parts."""
    AcceptAward(award, by=captain).execute()
    CompletePapers(award, by=manager).execute()
    PlanInstalments(award, by=manager, parts=HALVES).execute()
    return award


def pay_all(award, one, other):
    for instalment in award.instalments.all():
        ReachMilestone(instalment, by=one).execute()
        PayInstalment(instalment, by=other, reference="2026-17").execute()


def state_of(award):
    return Award.objects.get(pk=award.pk).state


def test_the_last_instalment_makes_the_award_final(payable, manager, steward):
    pay_all(payable, manager, steward)

    award = Award.objects.get(pk=payable.pk)
    assert (award.state, award.final_at is not None) == ("final", True)
    assert sum(award.instalments.values_list("amount", flat=True)) == award.amount


def test_only_the_captain_accepts(award, loser, manager, captain):
    for somebody in (loser, manager):
        with refused("forbidden"):
            AcceptAward(award, by=somebody).execute()

    AcceptAward(award, by=captain).execute()
    assert state_of(award) == "accepted"


def test_papers_come_after_acceptance(award, manager):
    with refused("wrong-state"):
        CompletePapers(award, by=manager).execute()


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ((Part("All", 99_999),), "sum"),
        ((Part("All", 100_001),), "sum"),
        ((Part("All", 100_001), Part("Back", -1)), "nothing"),
        ((Part(" ", 100_000),), "no-milestone"),
    ],
    ids=["one too few", "one too many", "below nothing", "no milestone"],
)
def test_instalments_come_to_the_award_exactly(award, manager, parts, code):
    with refused(code):
        PlanInstalments(award, by=manager, parts=parts).execute()


def test_nothing_is_paid_before_acceptance_and_papers(award, captain, manager, steward):
    PlanInstalments(award, by=manager, parts=HALVES).execute()
    AcceptAward(award, by=captain).execute()
    first = award.instalments.first()
    ReachMilestone(first, by=manager).execute()

    with refused("papers"):
        PayInstalment(first, by=steward).execute()


def test_nothing_is_paid_before_its_milestone(payable, steward):
    with refused("not-reached"):
        PayInstalment(payable.instalments.first(), by=steward).execute()


def test_who_notes_the_milestone_does_not_note_the_payment(payable, manager):
    first = payable.instalments.first()
    ReachMilestone(first, by=manager).execute()

    with refused("second-person"):
        PayInstalment(first, by=manager).execute()
    first.refresh_from_db()
    with pytest.raises(IntegrityError), transaction.atomic():
        first.paid_on, first.paid_by = timezone.localdate(), first.reached_by
        first.save()


def test_an_instalment_is_paid_once(payable, manager, steward):
    first = payable.instalments.first()
    ReachMilestone(first, by=manager).execute()
    PayInstalment(first, by=steward).execute()

    with refused("paid"):
        PayInstalment(first, by=steward).execute()


def test_what_is_planned_anew_leaves_what_was_paid(payable, manager, steward):
    first = payable.instalments.first()
    ReachMilestone(first, by=manager).execute()
    PayInstalment(first, by=steward).execute()

    PlanInstalments(
        payable, by=manager, parts=[Part("Half", 30_000), Part("Whole", 30_000)]
    ).execute()

    assert [one.amount for one in payable.instalments.all()] == [40_000, 30_000, 30_000]


@pytest.mark.parametrize("day", [DAY, -400 * DAY], ids=["to come", "before the milestone"])
def test_days_are_in_order(payable, manager, steward, day):
    first = payable.instalments.first()
    ReachMilestone(first, by=manager).execute()

    with pytest.raises(ActionRefused, match="not come yet|after its milestone"):
        PayInstalment(first, by=steward, on=timezone.localdate() + day).execute()


@pytest.mark.parametrize(
    "change",
    [
        lambda first: Instalment.objects.filter(pk=first.pk).update(amount=1),
        lambda first: Instalment.objects.filter(pk=first.pk).update(paid_on=None, paid_by=None),
        lambda first: Instalment.objects.filter(pk=first.pk).delete(),
        lambda first: Instalment.objects.create(award=first.award, milestone="More", amount=1),
        lambda first: Award.objects.update(amount=1_000_000),
        lambda first: Award.objects.all().delete(),
    ],
    ids=["amount", "unpaid again", "deleted", "beyond the award", "award raised", "award deleted"],
)
def test_the_database_keeps_the_ledger(payable, manager, steward, change):
    first = payable.instalments.first()
    ReachMilestone(first, by=manager).execute()
    PayInstalment(first, by=steward).execute()

    match = "stays|deleted|not more|keeps|protected"
    with pytest.raises(Exception, match=match), transaction.atomic():
        change(first)


def test_an_award_is_cancelled_by_two_with_a_reason(award, manager, steward):
    with refused("no-reason"):
        ProposeCancelling(award, by=manager, reason=" ").execute()
    ProposeCancelling(award, by=manager, reason="The drawings were bought.").execute()
    with refused("second-person"):
        CancelAward(award, by=manager).execute()

    CancelAward(award, by=steward).execute()

    assert state_of(award) == "cancelled"


def test_nobody_cancels_alone(award, steward):
    with refused("not-proposed"):
        CancelAward(award, by=steward).execute()

    with pytest.raises(IntegrityError), transaction.atomic():
        Award.objects.update(state="cancelled", cancelled_reason="Because.")


def test_after_five_years_nothing_is_cancelled(award, manager, set_clock):
    set_clock(award.cancellable_until)

    with refused("too-late"):
        ProposeCancelling(award, by=manager, reason="Too late.").execute()


def test_what_is_cancelled_is_not_paid(payable, manager, steward):
    first = payable.instalments.first()
    ReachMilestone(first, by=manager).execute()
    ProposeCancelling(payable, by=manager, reason="The drawings were bought.").execute()
    CancelAward(payable, by=steward).execute()

    with refused("wrong-state"):
        PayInstalment(first, by=steward).execute()


def test_what_was_declined_is_not_accepted(award, captain):
    DeclineAward(award, by=captain).execute()

    with refused("wrong-state"):
        AcceptAward(award, by=captain).execute()


def test_rights_go_back_on_their_day_where_nothing_is_carried_out(award, manager, set_clock):
    day = timezone.localdate() + 30 * DAY
    SayCarriedOut(award, by=manager, carried_out=False, on=day).execute()
    assert give_rights_back(timezone.now()).endswith(" 0")

    later = timezone.now() + 31 * DAY
    set_clock(later)
    give_rights_back(later)

    entry = Award.objects.get().placement.entry
    assert entry.rights_back_at == later


def test_what_is_carried_out_keeps_its_rights(award, manager):
    SayCarriedOut(award, by=manager, carried_out=False).execute()
    SayCarriedOut(award, by=manager, carried_out=True).execute()

    assert Award.objects.get().rights_back_on is None


def test_a_picture_has_a_text_in_its_place(award, manager):
    from wagtail.images import get_image_model

    with refused("no-alternative"):
        DescribeWinner(
            award, by=manager, summary={"en": "Shade."}, picture=get_image_model()(pk=1)
        ).execute()
