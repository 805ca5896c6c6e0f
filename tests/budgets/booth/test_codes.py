"""Voting with a code: one code, one ballot, and nothing to learn from a wrong one."""

import statistics
import time
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from civic_sourcing.budgets.models import AreaRegister, VoteArea
from civic_sourcing.core import clock
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.participants.codes.actions import (
    RedeemCode,
    ReplaceCode,
    RevokeBatch,
)
from civic_sourcing.participants.codes.crockford import new_code
from civic_sourcing.participants.codes.digests import entry_digest
from civic_sourcing.participants.models import (
    EligibilityRule,
    Participant,
    Register,
    RegisterEntry,
    VotingCode,
)
from civic_sourcing.processes.models import Process
from tests.budgets.booth.casting import form_of, reviewed, soup_of, stored, voted
from tests.budgets.casting.conftest import state_of

PEOPLE = ["kim", "lee"]


@pytest.fixture(autouse=True)
def _fresh_tries():
    cache.clear()


def make_register(process):
    register = Register.objects.create(
        process=process, name="Residents", columns=["Number"], created_at=clock.now()
    )
    for number, name in enumerate(PEOPLE, start=1):
        digest = entry_digest(register.uuid, [name])
        RegisterEntry.objects.create(register=register, number=number, digest=digest)
    return register


def type_code(booth, code):
    return booth.client.post(booth.url + "code/", {"code": code})


def test_holder_of_a_code_votes_without_an_account(vote, run, enter, print_codes):
    (code,) = print_codes(vote)
    booth = enter(vote, None)

    assert type_code(booth, code.lower()).status_code == 303
    receipt = booth.client.get(voted(booth)).content.decode()

    assert "Your ballot is recorded" in receipt
    assert "enter your code again" in receipt
    assert VotingCode.objects.get().state == "used"
    assert run.roll.count() == 1


def test_code_alone_changes_the_ballot_on_another_device(vote, run, enter, print_codes):
    (code,) = print_codes(vote)
    for marks in ([("vote", "1")], [("vote", "2")]):
        booth = enter(vote, None)
        type_code(booth, code)
        voted(booth, marks)

    assert [ballot.content for ballot in stored(run)] == ['{"vote":["2"]}']
    assert run.roll.count() == 1


def test_when_a_code_was_used_is_kept_nowhere(vote, run, enter, print_codes):
    (code,) = print_codes(vote)
    booth = enter(vote, None)
    type_code(booth, code)

    voted(booth)

    assert VotingCode.objects.get().used_at == run.opens_at


def test_code_used_in_the_booth_cannot_be_redeemed_by_an_account(
    vote, enter, print_codes, neighbour
):
    (code,) = print_codes(vote)
    booth = enter(vote, None)
    type_code(booth, code)
    voted(booth)

    with pytest.raises(ActionRefused, match="not valid here"):
        RedeemCode(Participant.objects.of(neighbour), by=neighbour, code=code).execute()


@pytest.fixture
def foreign(print_codes):
    """A code of another vote."""
    other = Process.objects.create(kind="budget", translation_key=uuid4())
    return print_codes(SimpleNamespace(process=other))[0]


def test_wrong_used_void_revoked_and_foreign_codes_are_one_answer(
    vote, enter, print_codes, registrar, citizen, foreign
):
    """Same words, same status, same number of queries; none is let in."""
    used, void, revoked, invitation, erased = (
        print_codes(vote)[0],
        print_codes(vote)[0],
        print_codes(vote)[0],
        print_codes(vote, purpose="invitation")[0],
        print_codes(vote)[0],
    )
    codes = list(VotingCode.objects.of(vote.process).order_by("pk"))
    RedeemCode(Participant.objects.of(citizen), by=citizen, code=used).execute()
    ReplaceCode(codes[1], by=registrar).execute()
    RevokeBatch(codes[2].batch, by=registrar).execute()
    VotingCode.objects.filter(pk=codes[4].pk).update(state="used", used_at=clock.now())
    answers = []

    for code in (new_code(), used, void, revoked, invitation, erased, foreign):
        cache.clear()
        booth = enter(vote, None)
        answer = type_code(booth, code)
        page = soup_of(answer)
        answers.append((answer.status_code, page.select_one(".civic-notice").get_text()))
        assert booth.client.get(booth.url).status_code == 200
        assert "Who votes?" in booth.client.get(booth.url).content.decode()

    assert len(set(answers)) == 1
    assert answers[0][0] == 409
    assert "not valid here" in answers[0][1]


def test_every_wrong_code_costs_the_same_look_ups(vote, enter, print_codes, citizen, foreign):
    (redeemed,) = print_codes(vote)
    RedeemCode(Participant.objects.of(citizen), by=citizen, code=redeemed).execute()
    booth = enter(vote, None)
    type_code(booth, new_code())
    costs = []

    for code in (new_code(), redeemed, foreign):
        with CaptureQueriesContext(connection) as queries:
            type_code(booth, code)
        costs.append(len(queries))

    assert len(set(costs)) == 1


def test_code_of_another_vote_takes_no_longer_than_one_there_never_was(vote, enter, foreign):
    booth, times = enter(vote, None), {foreign: [], new_code(): []}

    for _round in range(25):
        for code, taken in times.items():
            cache.clear()
            began = time.process_time()
            type_code(booth, code)
            taken.append(time.process_time() - began)

    known, unknown = map(statistics.median, times.values())
    assert known == pytest.approx(unknown, rel=0.25)


def test_eleventh_wrong_code_within_an_hour_is_refused(vote, enter, print_codes):
    (code,) = print_codes(vote)
    booth = enter(vote, None)

    statuses = [type_code(booth, new_code()).status_code for _attempt in range(11)]

    assert statuses == [409] * 10 + [429]
    assert type_code(booth, code).status_code == 429


def test_typing_error_is_told_before_anything_is_looked_up(vote, enter):
    booth = enter(vote, None)

    answers = [type_code(booth, "ABCD").status_code for _attempt in range(12)]

    assert set(answers) == {200}


def test_code_revoked_after_it_was_entered_casts_nothing(vote, run, enter, print_codes, registrar):
    (code,) = print_codes(vote)
    booth = enter(vote, None)
    type_code(booth, code)
    fields = form_of(reviewed(booth))
    RevokeBatch(VotingCode.objects.get().batch, by=registrar).execute()

    answer = booth.client.post(booth.url + "review/", fields)

    assert answer.status_code == 409
    assert "not recorded" in answer.content.decode()
    assert not run.roll.exists()


def test_two_letters_to_one_entry_of_a_register_are_one_ballot(vote, run, enter, print_codes):
    register = make_register(vote.process)
    for _letter in range(2):
        booth = enter(vote, None)
        type_code(booth, print_codes(vote, register=register)[0])
        voted(booth)

    assert run.roll.count() == run.envelopes.count() == 1


def test_account_that_proved_an_entry_and_its_letter_are_one_ballot(
    hold, enter, print_codes, citizen
):
    def ask_for_register(process):
        EligibilityRule.objects.create(
            process=process,
            verifier="register",
            options={"register": str(make_register(process).uuid), "name": "Residents"},
        )

    page = hold(before=ask_for_register)
    run = page.process.vote_runs.get()
    register = Register.objects.get()
    code = print_codes(page, register=register)[0]
    entry = register.entries.get(number=1)
    entry.participant, entry.matched_at = Participant.objects.of(citizen), clock.now()
    entry.save()
    letter = enter(page, None)
    type_code(letter, code)

    voted(enter(page, citizen))
    voted(letter)

    assert run.roll.count() == run.envelopes.count() == 1


def test_code_ends_after_its_time_on_this_device(vote, enter, print_codes, set_clock, run):
    (code,) = print_codes(vote)
    booth = enter(vote, None)
    type_code(booth, code)

    set_clock(clock.now() + (run.closes_at - clock.now()) / 2)

    assert "Who votes?" in booth.client.get(booth.url).content.decode()


def test_leaving_forgets_the_code_but_not_the_account(vote, enter, print_codes, citizen):
    (code,) = print_codes(vote)
    booth = enter(vote, citizen)
    type_code(booth, code)
    assert "with your voting code" in booth.open().get_text()

    booth.client.post(booth.url + "leave/", {"leave": "1"})

    assert "with your account" in booth.open().get_text()


def test_area_is_known_from_the_register_of_the_letter(hold, enter, print_codes):
    def tell_area(process):
        north = VoteArea.objects.get(process=process, code="north")
        AreaRegister.objects.create(area=north, register=make_register(process))

    page = hold(before=tell_area, area_use="own_and_town")
    register = Register.objects.get()
    booth = enter(page, None)

    type_code(booth, print_codes(page, register=register)[0])

    assert "Swings in North park" in booth.open().get_text()


def test_area_is_asked_where_nobody_knows_it(hold, enter, citizen):
    page = hold(area_use="own_and_town")
    booth = enter(page, citizen)
    asked = booth.client.get(booth.url)

    stated = booth.client.post(booth.url + "area/", {"area": "north"})

    assert asked["Location"] == booth.url + "area/"
    assert stated["Location"] == booth.url
    assert "Swings in North park" in booth.open().get_text()


def test_code_page_of_a_vote_that_is_over_takes_no_code(vote, run, enter, print_codes, set_clock):
    (code,) = print_codes(vote)
    set_clock(run.closes_at)
    booth = enter(vote, None)

    answer = type_code(booth, code)

    assert "The vote is closed" in answer.content.decode()
    assert state_of(run) == "open"
