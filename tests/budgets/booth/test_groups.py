"""Groups of voters that weigh differently: who belongs to which, and in which a ballot weighs."""

from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from civic_sourcing.budgets.actions.casting import CloseVote
from civic_sourcing.budgets.actions.voter_lists import SetGroupSources
from civic_sourcing.budgets.booth.groups import group_of
from civic_sourcing.budgets.booth.voters import voter_on_register, voter_with_account
from civic_sourcing.budgets.electorate import GROUP, groups_without_people
from civic_sourcing.budgets.models import Ballot, GroupSource, VoterGroup
from civic_sourcing.core import clock
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.participants.models import (
    Participant,
    Register,
    RegisterEntry,
    VerifiedAttribute,
)
from civic_sourcing.processes.models import Process

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
        participant=graduate, key=GROUP, value="graduates", verified_at=clock.now()
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


WAYS_IN = {
    "register": lambda group: GroupSource.objects.create(
        group=group, register=on_a_register(group.process)
    ),
    "attribute": lambda group: VerifiedAttribute.objects.create(
        participant=Participant.objects.first(),
        key=GROUP,
        value=group.code,
        verified_at=clock.now(),
    ),
}


def on_a_register(process, people=1):
    register = Register.objects.create(
        process=process, name="Committee", columns=["Number"], created_at=clock.now()
    )
    for number in range(people):
        RegisterEntry.objects.create(register=register, number=number, digest=str(number))
    return register


@pytest.fixture
def graduates(citizen):
    """A group beside that of everybody else, into which nothing leads."""
    Participant.objects.of(citizen)
    process = Process.objects.create(kind="budget", translation_key=uuid4())
    for position, group in enumerate(GROUPS[::2]):
        VoterGroup.objects.create(process=process, position=position, **group)
    return VoterGroup.objects.get(code="graduates")


def test_group_into_which_nothing_leads_has_nobody(graduates):
    assert groups_without_people(graduates.process) == {"graduates"}


@pytest.mark.parametrize("way", WAYS_IN.values(), ids=WAYS_IN)
def test_group_has_people_whichever_way_leads_into_it(graduates, way):
    way(graduates)

    assert groups_without_people(graduates.process) == set()


def test_empty_register_leads_nobody_into_a_group(graduates):
    GroupSource.objects.create(group=graduates, register=on_a_register(graduates.process, 0))

    assert groups_without_people(graduates.process) == {"graduates"}


def test_group_has_the_people_whose_codes_lead_into_it_until_they_are_revoked(
    graduates, print_codes
):
    process = graduates.process
    print_codes(SimpleNamespace(process=process))
    batch = process.code_batches.get()
    GroupSource.objects.create(group=graduates, batch=batch)

    before = groups_without_people(process)
    process.code_batches.update(revoked_at=clock.now())

    assert (before, groups_without_people(process)) == (set(), {"graduates"})
