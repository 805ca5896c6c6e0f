"""Groups of voters that weigh differently: who belongs to which, and in which a ballot weighs."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, transaction

from civic_sourcing.budgets.actions.casting import CloseVote
from civic_sourcing.budgets.actions.voter_lists import SetGroupSources
from civic_sourcing.budgets.booth.groups import ATTRIBUTE, group_of
from civic_sourcing.budgets.booth.voters import voter_on_register, voter_with_account
from civic_sourcing.budgets.models import Ballot, GroupSource
from civic_sourcing.core import clock
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.participants.models import (
    Participant,
    Register,
    RegisterEntry,
    VerifiedAttribute,
)

from .casting import voted

pytestmark = pytest.mark.django_db

GROUPS = [
    {"code": code, "names": {"en": code.title()}, "weight": weight}
    for code, weight in (("citizens", 50), ("committee", 40), ("graduates", 10))
]


@pytest.fixture
def committee(hold, print_codes):
    """A vote with three groups: the committee by register, graduates by their letters."""
    made = SimpleNamespace()

    def before(process):
        vote = SimpleNamespace(process=process)
        made.citizen, made.graduate = print_codes(vote) + print_codes(vote)
        citizens, graduates = process.code_batches.order_by("pk")
        register = Register.objects.create(
            process=process, name="Committee", columns=["Number"], created_at=clock.now()
        )
        made.entry = RegisterEntry.objects.create(register=register, number=1, digest="1")
        SetGroupSources(
            process,
            by=None,
            registers={register.pk: "committee"},
            batches={citizens.pk: "", graduates.pk: "graduates"},
        ).execute()

    made.vote = hold(before=before, groups=GROUPS)
    made.run = made.vote.process.vote_runs.get()
    return made


def test_ballot_weighs_in_the_group_of_its_voter(committee, enter, citizen, set_clock):
    for code in (committee.citizen, committee.graduate):
        booth = enter(committee.vote, None)
        booth.client.post(booth.url + "code/", {"code": code})
        voted(booth)
    voted(enter(committee.vote, citizen))
    set_clock(committee.run.closes_at + timedelta(seconds=1))
    CloseVote(committee.run, by=None).execute()

    groups = sorted(Ballot.objects.values_list("group", flat=True))

    assert groups == ["citizens", "citizens", "graduates"]


def test_of_several_groups_the_last_one_counts_and_of_none_the_first(committee, citizen, neighbour):
    process, run = committee.vote.process, committee.run
    on_register = voter_on_register(committee.entry)
    stranger = voter_with_account(neighbour, process)
    graduate = Participant.objects.of(citizen)
    RegisterEntry.objects.update(participant=graduate, matched_at=clock.now())
    VerifiedAttribute.objects.create(
        participant=graduate, key=ATTRIBUTE, value="graduates", verified_at=clock.now()
    )

    both = voter_with_account(citizen, process)

    assert group_of(run, on_register) == "committee"
    assert group_of(run, stranger) == "citizens"
    assert group_of(run, both) == "graduates"


def test_groups_of_lists_stay_once_the_vote_is_open(committee):
    with pytest.raises(ActionRefused) as refused:
        SetGroupSources(committee.vote.process, by=None, registers={}, batches={}).execute()
    with pytest.raises(IntegrityError), transaction.atomic():
        GroupSource.objects.all().delete()

    assert refused.value.code == "frozen"


def test_voter_belongs_to_no_group_where_there_are_none(vote, run, citizen):
    assert group_of(run, voter_with_account(citizen, vote.process)) == ""
