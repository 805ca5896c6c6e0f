"""An award says that its solution is carried out once the adoption of it is in force."""

from datetime import timedelta

import pytest
from django.utils import timezone

from civic_sourcing.answers.actions import Adopt, ChangeAdoptionStatus
from civic_sourcing.challenges.awards.actions import SayCarriedOut, give_rights_back
from civic_sourcing.challenges.awards.following import follow_adoptions
from civic_sourcing.challenges.models import Award

pytestmark = pytest.mark.django_db
REASON = "The awnings are up and tested."


@pytest.fixture
def adoption(contest, administrator):
    entry = contest.entries.get(title="Awnings")
    return Adopt(entry.contribution, by=administrator, title="Awnings").execute()


def change(adoption, by, *statuses):
    for status in statuses:
        ChangeAdoptionStatus(adoption, by=by, status=status, reason=REASON).execute()


def test_in_force_is_carried_out_and_no_rights_go_back(
    award, adoption, manager, administrator, django_capture_on_commit_callbacks
):
    SayCarriedOut(award, by=manager, carried_out=False).execute()
    said = []
    for statuses in (["in_progress"], ["in_force"], ["changed"], ["cancelled"]):
        with django_capture_on_commit_callbacks(execute=True):
            change(adoption, administrator, *statuses)
        award = Award.objects.get()
        said.append((award.is_carried_out, award.rights_back_on is None))

    assert said == [(False, False), (True, True), (True, True), (None, True)]


def test_what_was_adopted_before_its_award_is_heard_of_later(award, adoption, administrator):
    change(adoption, administrator, "in_force")
    assert Award.objects.get().is_carried_out is None, "no signal reached it"

    assert follow_adoptions(timezone.now()).startswith("1 award")

    assert Award.objects.get().is_carried_out
    assert follow_adoptions(timezone.now()).startswith("0 awards")


def test_rights_that_went_back_stay_back(
    award, adoption, manager, administrator, set_clock, django_capture_on_commit_callbacks
):
    SayCarriedOut(award, by=manager, carried_out=False).execute()
    set_clock(later := timezone.now() + timedelta(days=5000))
    give_rights_back(later)

    with django_capture_on_commit_callbacks(execute=True):
        change(adoption, administrator, "in_force")

    assert Award.objects.get().is_carried_out is False
