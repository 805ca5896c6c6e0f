"""The screens for paper: who sees them, and the whole way from the table to the count."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from civic_sourcing.budgets.actions.polling import EnterSheets
from civic_sourcing.budgets.ballots import OnPaper
from civic_sourcing.budgets.models import Ballot, PaperVoter, PollingPlace, SheetEntry
from civic_sourcing.participants.codes.actions import MakeCodeBatch
from civic_sourcing.participants.codes.digests import entry_digest
from civic_sourcing.participants.models import VotingCode

from .conftest import sheets

pytestmark = pytest.mark.django_db


def address(name, *args):
    return reverse(f"civic_polling_admin:{name}", args=args)


def signed_in(user):
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def status_of(client, url):
    """The status in the end: what is not found is looked for below the language, too."""
    return client.get(url, follow=True).status_code


def lines(numbers, *typed):
    """A page of lines as the form sends it."""
    form = {"sheets-TOTAL_FORMS": len(typed), "sheets-INITIAL_FORMS": len(typed)}
    for place, (number, line) in enumerate(zip(numbers, typed, strict=True)):
        form[f"sheets-{place}-number"] = number
        form[f"sheets-{place}-{'spoiled' if line == 'void' else 'line'}"] = (
            "on" if line == "void" else line
        )
    return form


@pytest.fixture
def screens(run, batch):
    """Names and addresses of all screens, for a closed vote."""
    place = batch.place
    return {
        "run": address("run", run.uuid),
        "place": address("place", run.uuid, place.uuid),
        "voters": address("voters", run.uuid, place.uuid),
        "new_batch": address("new_batch", run.uuid, place.uuid),
        "batch": address("batch", run.uuid, batch.uuid),
        "enter": address("enter", run.uuid, batch.uuid),
        "finish": address("finish", run.uuid, place.uuid),
        "cover": address("cover", run.uuid, batch.uuid),
    }


FOR_TELLERS = {"run", "place", "voters", "new_batch", "batch", "enter"}


@pytest.mark.parametrize(
    ("who", "seen"),
    [("ahn", FOR_TELLERS), ("stranger", set()), ("chief", FOR_TELLERS | {"finish", "cover"})],
)
def test_each_screen_exists_for_whoever_may_use_it(who, seen, request, screens):
    client = signed_in(request.getfixturevalue(who))

    answers = {name: status_of(client, url) for name, url in screens.items()}

    assert {name for name, status in answers.items() if status == 200} == seen
    assert set(answers.values()) <= {200, 404}


@pytest.mark.parametrize(("who", "shown"), [("ahn", True), ("stranger", False)])
def test_the_menu_offers_paper_to_polling_staff(who, shown, request, db):
    page = signed_in(request.getfixturevalue(who)).get(reverse("wagtailadmin_home"))

    assert (address("index") in page.content.decode()) is shown


def test_places_and_batches_of_another_run_do_not_exist(start, place_at, screens, run, chief):
    other = start(kind="rehearsal")
    theirs = place_at(other)
    client = signed_in(chief)

    assert status_of(client, address("place", run.uuid, theirs.uuid)) == 404
    assert status_of(client, screens["batch"].replace(str(run.uuid), str(other.uuid))) == 404
    assert status_of(client, address("place", other.uuid, theirs.uuid)) == 200


def test_a_vote_goes_from_the_table_to_the_count(run, ahn, bae, cho, chief, close):
    boss, first, second, third = map(signed_in, (chief, ahn, bae, cho))
    boss.post(address("run", run.uuid), {"title": "Town hall"})
    place = PollingPlace.objects.get()
    place_url = address("place", run.uuid, place.uuid)
    voters = address("voters", run.uuid, place.uuid)

    for who in ("bae", "cho"):
        told = first.post(voters, {"account": who}, follow=True).content.decode()
        assert "Give out a ballot paper" in told
    assert first.post(voters, {"account": "bae"}).status_code == 409
    assert "Nobody was found" in first.post(voters, {"account": "nobody"}).content.decode()
    first.post(place_url, {"step": "complete"})
    close(run)

    first.post(address("new_batch", run.uuid, place.uuid), {"sheets": "2", "totals": "1=2"})
    batch = place.batches.get()
    enter, batch_url = (address(name, run.uuid, batch.uuid) for name in ("enter", "batch"))
    for client, typed in ((first, ("1 2", "1")), (second, ("1", "1"))):
        client.post(enter, lines((1, 2), *typed))
        client.post(batch_url, {"step": "hand-in"})
    shown = third.get(batch_url).content.decode()
    assert "1 sheet was read differently" in shown
    decide = address("decide", run.uuid, batch.uuid, 1)
    assert decide in shown
    assert status_of(first, decide) == 404
    third.post(decide, {"number": "1", "reading": "first"})
    boss.post(batch_url, {"step": "accept"})
    boss.post(address("finish", run.uuid, place.uuid), {"note": ""})

    assert Ballot.objects.filter(channel="paper").count() == 2
    assert "Counted: 2 voters, 2 sheets." in first.get(place_url).content.decode()


@pytest.fixture
def card(process, chief):
    """A voting code made for the one entry of a register; its row and what is printed."""
    register = process.registers.create(name="Residents", columns=["Number"], created_at=now())
    register.entries.create(number=1, digest=entry_digest(register.uuid, ["A-101"]))
    made = MakeCodeBatch(
        process, by=chief, purpose="voting", register=register, uuid=uuid4()
    ).execute()
    return VotingCode.objects.get(), made.codes[0].code


@pytest.mark.parametrize("way", ["number", "typed", "register"])
def test_a_voter_is_found_in_any_way_and_is_the_same_person(run, place, ahn, card, way):
    row, code = card
    datum = f"datum-{row.entry.register_id}-0"
    ways = {"number": ("number", row.serial), "typed": ("typed", code), "register": (datum, "a101")}
    client, voters = signed_in(ahn), address("voters", run.uuid, place.uuid)

    first = client.post(voters, dict([ways[way]]))

    assert first.status_code == 302
    assert {client.post(voters, dict([each])).status_code for each in ways.values()} == {409}
    assert PaperVoter.objects.count() == 1


def test_codes_that_are_no_good_list_nobody(run, place, ahn, card):
    row, code = card
    client, voters = signed_in(ahn), address("voters", run.uuid, place.uuid)
    wrong = code[:-2] + ("2" if code[-2] != "2" else "3") + code[-1]

    assert "mistyped" in client.post(voters, {"typed": wrong}).content.decode()
    VotingCode.objects.update(state="void", voided_at=now())
    assert "void or was revoked" in client.post(voters, {"number": row.serial}).content.decode()
    assert not PaperVoter.objects.exists()


def test_in_a_rehearsal_anybody_can_be_made_up(start, place_at, ahn):
    rehearsal = start(kind="rehearsal")
    place = place_at(rehearsal)

    signed_in(ahn).post(address("voters", rehearsal.uuid, place.uuid), {"tester": "Kim"})

    assert PaperVoter.objects.filter(run=rehearsal).count() == 1


def test_where_the_later_ballot_counts_the_table_is_told_the_envelope(start, place_at, ahn):
    run = start(OnPaper.LAST)
    place = place_at(run)

    told = signed_in(ahn).post(
        address("voters", run.uuid, place.uuid), {"account": "ahn"}, follow=True
    )

    assert "envelope number 1" in told.content.decode()


def test_who_was_listed_by_mistake_is_taken_off(run, place, ahn):
    client, voters = signed_in(ahn), address("voters", run.uuid, place.uuid)
    client.post(voters, {"account": "ahn"})

    client.post(voters, {"account": "ahn", "step": "unlist"})

    assert PaperVoter.objects.get().state == "mistaken"


def test_lines_that_are_refused_stay_typed_with_the_reason_beside_them(run, batch, ahn):
    client = signed_in(ahn)

    page = client.post(
        address("enter", run.uuid, batch.uuid), lines((1, 2, 3), "1 2", "99", "void")
    )

    text = page.content.decode()
    assert 'value="1 2"' in text
    assert 'value="99"' in text
    assert "is not on this ballot paper" in text
    assert not SheetEntry.objects.exists()


def test_nobody_sees_the_entries_of_the_other_before_both_are_handed_in(run, batch, ahn, bae):
    EnterSheets(batch, by=ahn, sheets=sheets("1 10", "2", "N/1")).execute()
    other = signed_in(bae)

    for name in ("enter", "batch"):
        text = other.get(address(name, run.uuid, batch.uuid) + "?from=1").content.decode()
        assert "N/1" not in text
        assert "1 10" not in text
    mine = signed_in(ahn).get(address("enter", run.uuid, batch.uuid) + "?from=1")
    assert "N/1" in mine.content.decode()


@pytest.mark.parametrize("start_at", ["0", "-1", "99", "x", "٣", "1" * 5000])
def test_any_first_sheet_shows_a_page(run, batch, ahn, start_at):
    page = signed_in(ahn).get(address("enter", run.uuid, batch.uuid), {"from": start_at})

    assert page.status_code == 200
