"""Looking over and casting: exactly what was shown, once, or plainly not."""

import contextlib
import json

import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.test import Client

from civic_sourcing.budgets.actions.casting import CloseVote, OpenDeskSession
from civic_sourcing.budgets.ballots import ApprovalLimits, RankingLimits
from civic_sourcing.budgets.booth.receipts import COOKIE as RECEIPT
from civic_sourcing.budgets.booth.receipts import grouped
from civic_sourcing.budgets.booth.voters import voter_with_account
from civic_sourcing.budgets.models import RollEntry, VoteRun
from tests.budgets.booth.casting import TICKED, cast, form_of, reviewed, soup_of, stored, voted


def test_what_was_shown_is_cast_and_nothing_else(vote, run, enter, citizen):
    booth = enter(vote, citizen)
    review = reviewed(booth)

    answer = cast(booth, form_of(review))

    assert answer.status_code == 303
    (ballot,) = stored(run)
    assert ballot.content == '{"vote":["1","N/2"]}'
    assert answer["Location"].endswith(f"/receipt/{ballot.tracker}/")
    assert "Benches by the river" in review.get_text()
    assert "강변 꽃길" in review.get_text()
    assert "You can still choose 1" in review.get_text()


def test_another_tab_that_marks_otherwise_does_not_change_what_is_cast(vote, run, enter, citizen):
    booth = enter(vote, citizen)
    fields = form_of(reviewed(booth))
    booth.send([("vote", "2")])

    cast(booth, fields)

    assert [ballot.content for ballot in stored(run)] == ['{"vote":["1","N/2"]}']


def test_double_click_and_back_button_give_the_first_receipt(vote, run, enter, citizen):
    booth = enter(vote, citizen)
    fields = form_of(reviewed(booth))

    answers = [cast(booth, fields)["Location"] for _click in range(3)]

    assert len(set(answers)) == 1
    assert run.envelopes.count() == run.roll.count() == 1
    assert run.notices.count() == 1


def test_same_form_with_another_choice_is_not_recorded(vote, run, enter, citizen):
    booth = enter(vote, citizen)
    fields = form_of(reviewed(booth))
    cast(booth, fields)

    answer = cast(booth, {**fields, "choice": '{"vote":["2"]}'})

    assert answer.status_code == 409
    assert [ballot.content for ballot in stored(run)] == ['{"vote":["1","N/2"]}']


@pytest.mark.parametrize(
    "choice",
    ['{"vote":["1","2","10","N/1"]}', '{"vote":["99"]}', '{"vote":["1","1"]}', "", "[]", "\x00"],
    ids=["too many", "of another vote", "twice", "empty", "no ballot", "control character"],
)
def test_what_no_rule_allows_is_not_recorded_whatever_the_form_says(
    vote, run, enter, citizen, choice
):
    booth = enter(vote, citizen)
    fields = form_of(reviewed(booth))

    answer = cast(booth, {**fields, "choice": choice})

    assert answer.status_code == 409
    assert "not recorded" in answer.content.decode()
    assert not run.roll.exists()


def test_ballot_that_breaks_a_rule_leads_back_to_the_paper(vote, run, enter, citizen):
    booth = enter(vote, citizen)
    booth.send([("vote", number) for number in ("1", "2", "10", "N/1")])

    answer = booth.client.get(booth.url + "review/")

    assert answer.status_code == 303
    assert answer["Location"] == booth.url
    assert "Nothing has been lost" in booth.open().get_text()


def test_void_ballot_is_said_to_be_void_and_cast_as_such(hold, enter, citizen):
    page = hold(ApprovalLimits(most=1), faulty="void")
    run = page.process.vote_runs.get()
    booth = enter(page, citizen)
    booth.send(TICKED, step="void")

    review = soup_of(booth.client.get(booth.url + "review/"))
    cast(booth, form_of(review))

    assert "Cast a void ballot" in review.get_text()
    assert [ballot.content for ballot in stored(run)] == ['{"void":["too-many"],"vote":[]}']


def test_ranking_is_shown_in_the_voters_order(hold, enter, citizen):
    page = hold(RankingLimits(most=3))
    booth = enter(page, citizen)

    review = reviewed(booth, [("rank:1", "2"), ("rank:N/1", "1")])

    names = [line.find("strong").text for line in review.select("ol.civic-booth-lines li")]
    assert names == ["Swings in North park", "Benches by the river"]


def test_changed_ballot_tells_both_trackers(vote, run, enter, citizen):
    booth = enter(vote, citizen)
    cast(booth, form_of(reviewed(booth)))
    (first,) = stored(run)
    second_look = reviewed(booth, [("vote", "2")])

    answer = cast(booth, form_of(second_look))

    (last,) = stored(run)
    receipt = booth.client.get(answer["Location"]).content.decode()
    assert "takes its place" in second_look.get_text()
    assert last.content == '{"vote":["2"]}'
    assert grouped(last.tracker) in receipt
    assert grouped(first.tracker) in receipt


def test_cast_is_judged_by_the_clock_of_the_database(vote, run, enter, citizen, set_clock):
    booth = enter(vote, citizen)
    fields = form_of(reviewed(booth))

    set_clock(run.closes_at)
    answer = cast(booth, fields)

    assert answer.status_code == 409
    assert "not recorded" in answer.content.decode()
    assert not run.roll.exists()


def test_retry_after_the_close_gets_the_first_receipt(vote, run, enter, citizen, set_clock):
    booth = enter(vote, citizen)
    fields = form_of(reviewed(booth))
    first = cast(booth, fields)["Location"]

    set_clock(run.closes_at)
    CloseVote(run, by=None).execute()
    again = cast(booth, fields)

    assert again["Location"] == first


def test_session_lost_before_the_last_click_loses_nothing(vote, run, enter, citizen):
    booth = enter(vote, citizen)
    fields = form_of(reviewed(booth))
    del booth.client.cookies[settings.SESSION_COOKIE_NAME]

    refused = cast(booth, fields)
    booth.client.force_login(citizen)
    review = soup_of(booth.client.get(booth.url + "review/"))

    assert refused.status_code == 409
    assert "not recorded" in refused.content.decode()
    assert not run.roll.exists()
    assert form_of(review)["choice"] == fields["choice"]


def test_marks_that_were_cast_are_there_to_be_changed_on_that_device_alone(vote, enter, citizen):
    here, elsewhere = enter(vote, citizen), enter(vote, citizen)

    voted(here)

    ticked = [field["value"] for field in here.open().select("input[name=vote][checked]")]
    assert sorted(ticked) == ["1", "N/2"]
    assert "what you cast from this device" in here.open().get_text()
    assert not elsewhere.open().select("input[name=vote][checked]")
    assert "your marks are no longer on this device" in elsewhere.open().get_text()


def test_marks_that_were_cast_stay_with_their_voter(vote, run, enter, citizen, neighbour):
    booth = enter(vote, citizen)
    voted(booth)

    booth.client.force_login(neighbour)

    assert not booth.open().select("input[name=vote][checked]")
    assert "N/2" not in str(booth.client.cookies)


def test_desk_keeps_no_marks_of_what_was_cast_at_it(vote, run, enter, registrar, citizen):
    voter = voter_with_account(citizen, vote.process)
    ticket = OpenDeskSession(run, by=registrar, voter=voter).execute()
    booth = enter(vote, None)
    booth.client.post(booth.url + "code/", {"code": ticket.number})

    voted(booth)

    assert not booth.open().select("input[name=vote][checked]")


def test_choice_stands_in_no_session_and_in_no_address(vote, run, enter, citizen):
    booth = enter(vote, citizen)
    review = reviewed(booth)

    answer = cast(booth, form_of(review))
    booth.client.get(answer["Location"])

    told = json.dumps(dict(booth.client.session)) + answer["Location"]
    (ballot,) = stored(run)
    assert "N/2" not in told
    assert ballot.tracker not in json.dumps(dict(booth.client.session))
    assert "no-store" in answer["Cache-Control"]


def test_cast_without_the_token_of_the_form_is_refused(vote, run, enter, citizen):
    booth = enter(vote, citizen)
    fields = form_of(reviewed(booth))
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(citizen)

    answer = strict.post(booth.url + "review/", {name: fields[name] for name in ("choice", "key")})

    assert answer.status_code == 403
    assert not run.roll.exists()


@pytest.mark.parametrize("table", ["civic_budgets_rollentry", "django_session", "wagtailcore_page"])
def test_failing_database_says_not_recorded(vote, run, enter, citizen, table):
    """Whichever query fails first: of the cast itself, of the session, or of the page."""
    booth = enter(vote, citizen)
    fields = form_of(reviewed(booth))

    with connection.execute_wrapper(failing(table)):
        answer = cast(booth, fields)

    assert answer.status_code == 503
    assert "not recorded" in answer.content.decode()
    assert "receipt/" not in answer.content.decode()
    assert not RollEntry.objects.filter(run=run).exists()
    assert cast(booth, fields).status_code == 303


@pytest.mark.django_db(transaction=True)
def test_database_that_cannot_be_written_says_not_recorded(vote, run, enter, citizen):
    """Opened for reading alone, as after a failover: pages are shown, and no receipt is given."""
    booth = enter(vote, citizen)
    fields = form_of(reviewed(booth))

    with opened_for_reading():
        shown = booth.client.get(booth.url).status_code
        answer = cast(booth, fields)

    assert (shown, answer.status_code) == (200, 503)
    assert "not recorded" in answer.content.decode()
    assert not any(name.startswith(RECEIPT) for name in answer.cookies)
    assert not run.roll.exists()
    assert cast(booth, fields).status_code == 303


@contextlib.contextmanager
def opened_for_reading():
    """The same database through connections that can only read: a file opened with ``mode=ro``."""
    settings_of = connection.settings_dict
    before = {"NAME": settings_of["NAME"], "OPTIONS": settings_of["OPTIONS"]}
    connection.close()
    if connection.vendor == "sqlite":
        options = {**before["OPTIONS"], "uri": True, "init_command": ""}
        settings_of |= {"NAME": f"file:{before['NAME']}?mode=ro", "OPTIONS": options}
    else:
        options = {**before["OPTIONS"], "options": "-c default_transaction_read_only=on"}
        settings_of |= {"OPTIONS": options}
    try:
        yield
    finally:
        connection.close()
        settings_of |= before


def failing(table):
    def wrapper(execute, sql, params, many, context):
        if f'"{table}"' in sql:
            raise OperationalError("attempt to write a readonly database")
        return execute(sql, params, many, context)

    return wrapper


def test_blank_ballot_is_cast_as_a_ballot(vote, run, enter, citizen):
    booth = enter(vote, citizen)

    review = reviewed(booth, [])
    cast(booth, form_of(review))

    assert "You have chosen nothing" in review.get_text()
    assert [ballot.content for ballot in stored(run)] == ['{"vote":[]}']
    assert VoteRun.objects.get(pk=run.pk).state == "open"


def test_form_that_somebody_else_looked_over_is_not_cast(vote, run, enter, citizen, neighbour):
    booth = enter(vote, citizen)
    fields = form_of(reviewed(booth))
    booth.client.force_login(neighbour)

    answer = cast(booth, fields)

    assert answer.status_code == 409
    assert "opened by somebody else" in answer.content.decode()
    assert not run.roll.exists()
