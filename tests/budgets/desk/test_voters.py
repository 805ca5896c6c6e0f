"""The voter list of a vote: conditions, registers with their areas, codes, turnout."""

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction

from civic_sourcing.budgets.actions.casting import OpenVote, PrepareVote, PublishTurnout, Voter
from civic_sourcing.budgets.actions.voter_lists import SetAreaRegisters
from civic_sourcing.budgets.booth.areas import own_area
from civic_sourcing.budgets.booth.voters import identity_of_entry
from civic_sourcing.budgets.models import AreaRegister, VoteArea
from civic_sourcing.core import clock
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.participants.models import Register, RegisterEntry
from civic_sourcing.processes.models import RoleAssignment

from .conftest import make_vote

pytestmark = pytest.mark.django_db


def register_of(process, name="North", people=3):
    register = Register.objects.create(
        process=process, name=name, columns=["Number"], created_at=clock.now()
    )
    RegisterEntry.objects.bulk_create(
        RegisterEntry(register=register, number=number, digest=f"{name}{number}")
        for number in range(people)
    )
    return register


@pytest.fixture
def areas(set_up, projects):
    for position, code in enumerate(("north", "south")):
        VoteArea.objects.create(
            process=set_up, code=code, names={"en": code.title()}, budget=500_000, position=position
        )
    for number, code in (("1", "north"), ("2", "north"), ("3", "south")):
        area = VoteArea.objects.get(process=set_up, code=code)
        projects.filter(number=number).update(area=area)
    return set_up


def live_in(process, by, **areas):
    rows = {Register.objects.get(name=name).pk: code for name, code in areas.items()}
    return SetAreaRegisters(process, by=by, areas=rows).execute()


def test_editor_says_where_the_people_on_a_register_live(desk, areas):
    register = register_of(areas)

    answer = desk("voters", {f"area-{register.pk}": "north"})

    assert answer.status_code == 302
    assert AreaRegister.objects.get().area.code == "north"
    desk("voters", {f"area-{register.pk}": ""})
    assert not AreaRegister.objects.exists()


def test_registrar_finds_the_ways_to_codes_and_registers(desk, areas, editor, page):
    without = desk("voters").content.decode()

    group = Group.objects.get(user=editor)
    RoleAssignment.objects.create(group=group, page=page, role="registrar")
    html = desk("voters").content.decode()

    for way in ("conditions/", "codes/", "registers/"):
        assert f"{areas.uuid}/{way}" not in without
        assert f"{areas.uuid}/{way}" in html


def test_voters_of_another_vote_are_not_found(client, second_editor, areas, at):
    second_editor.groups.clear()
    client.force_login(second_editor)

    assert client.get(at("voters")).status_code in (302, 403)


@pytest.mark.parametrize(
    ("code", "named"),
    [("unknown-area", {"North": "east"}), ("other-process", {"Elsewhere": "north"})],
    ids=["an area there is not", "a register of another vote"],
)
def test_area_of_a_register_has_to_be_of_this_vote(home, areas, code, named):
    register_of(areas)
    register_of(make_vote(home, slug="other").process, "Elsewhere")

    with pytest.raises(ActionRefused) as refused:
        live_in(areas, None, **named)

    assert refused.value.code == code


def test_areas_of_registers_stay_once_the_vote_is_open(areas):
    register_of(areas)
    live_in(areas, None, North="north")
    OpenVote(PrepareVote(areas, by=None, kind="real").execute(), by=None).execute()

    with pytest.raises(ActionRefused) as refused:
        live_in(areas, None, North="south")
    with pytest.raises(IntegrityError), transaction.atomic():
        AreaRegister.objects.update(area=VoteArea.objects.get(code="south"))

    assert refused.value.code == "frozen"


def test_where_somebody_lives_is_known_for_the_turnout_even_where_all_may_choose_all(areas):
    register = register_of(areas)
    live_in(areas, None, North="north")
    run = OpenVote(PrepareVote(areas, by=None, kind="real").execute(), by=None).execute()
    entry = register.entries.first()

    neighbour = own_area(run, Voter(identity_of_entry(entry.pk)), {})
    stranger = own_area(run, Voter("account:1"), {"area": "south"})

    assert (neighbour, stranger) == ("north", "")


def test_turnout_stands_on_the_screen(desk, areas):
    run = OpenVote(PrepareVote(areas, by=None, kind="real").execute(), by=None).execute()
    assert "Nothing is told before" in desk("voters").content.decode()

    PublishTurnout(run, by=None).execute()

    assert "fewer than 10" in desk("voters").content.decode()
