"""Leaving: what is not cast is said, one reminder may be had, and nothing stays behind."""

from datetime import timedelta

import pytest
from django.core import mail

from civic_sourcing.budgets.actions.casting import CloseVote
from civic_sourcing.budgets.booth.jobs import look_after_booth
from civic_sourcing.budgets.booth.receipts import COOKIE as RECEIPT
from civic_sourcing.budgets.models import RunKey, VoteReminder, VoteRun
from civic_sourcing.core import clock
from civic_sourcing.notifications.delivery import deliver
from tests.budgets.booth.casting import TICKED, soup_of, voted


def leaving(booth):
    return soup_of(booth.client.get(booth.url + "leave/")).select_one(".civic-booth").get_text(" ")


def remind(booth, address="kim@example.org"):
    return booth.client.post(booth.url + "leave/", {"remind": "1", "address": address})


def test_leaving_says_what_counts_and_what_does_not(vote, enter, citizen):
    booth = enter(vote, citizen)
    said = [leaving(booth)]
    booth.send(TICKED)
    said.append(leaving(booth))
    voted(booth)
    said.append(leaving(booth))
    booth.send([("vote", "2")])
    said.append(leaving(booth))

    assert "You have not voted" in said[0]
    assert "does not count until you cast it" in said[1]
    assert "Your ballot is in the box" in said[2]
    assert "The ballot you cast before stays in the box" in said[3]


def test_nothing_stays_on_the_device(vote, run, enter, citizen):
    booth = enter(vote, citizen)
    voted(booth)
    booth.send([("vote", "2")])

    booth.client.post(booth.url + "leave/", {"leave": "1"})

    kept = {name for name, cookie in booth.client.cookies.items() if cookie.value}
    assert not any(run.uuid.hex in name for name in kept)
    assert RECEIPT + run.uuid.hex not in kept
    assert not booth.open().select("input[name=vote][checked]")


@pytest.fixture
def reminded(vote, run, enter, citizen):
    """Somebody has left without voting and wants to be reminded."""
    booth = enter(vote, citizen)
    booth.send(TICKED)
    remind(booth)
    return booth


def test_one_reminder_comes_a_day_before_the_end(reminded, run):
    remind(reminded, "somebody@else.example")
    told = [look_after_booth(run.closes_at - timedelta(hours=hours)) for hours in (25, 24, 1)]
    deliver()

    assert told == [None, "1 reminders written", None]
    (letter,) = mail.outbox
    assert letter.to == ["kim@example.org"]
    assert "only reminder" in letter.body


def test_address_of_a_reminder_is_in_no_table(reminded, run):
    (row,) = VoteReminder.objects.values()

    assert "kim" not in str(row)
    look_after_booth(run.closes_at - timedelta(hours=1))
    assert VoteReminder.objects.get().sealed == ""


def test_who_has_voted_meanwhile_is_not_reminded(reminded, run):
    voted(reminded)

    look_after_booth(run.closes_at - timedelta(hours=1))
    deliver()

    assert not mail.outbox


def test_reminders_of_a_vote_that_is_over_are_deleted(reminded, run):
    look_after_booth(run.closes_at)
    deliver()

    assert not VoteReminder.objects.exists()
    assert not mail.outbox


def test_reminder_asked_for_late_comes_half_way_to_the_end(vote, run, enter, citizen, set_clock):
    set_clock(run.closes_at - timedelta(hours=4))
    remind(enter(vote, citizen))

    assert VoteReminder.objects.get().due_at == run.closes_at - timedelta(hours=2)
    assert clock.now() < VoteReminder.objects.get().due_at


def test_device_is_cleared_also_when_the_vote_is_over_and_its_key_is_gone(
    vote, run, enter, citizen, set_clock
):
    booth = enter(vote, citizen)
    voted(booth)
    set_clock(run.closes_at)
    CloseVote(run, by=None).execute()
    for state in ("counted", "destroyed"):
        VoteRun.objects.filter(pk=run.pk).update(state=state)
    RunKey.objects.filter(run=run).delete()

    seen = booth.client.get(booth.url + "leave/")
    booth.client.post(booth.url + "leave/", {"leave": "1"})

    assert "The vote is closed" in seen.content.decode()
    assert not any(
        run.uuid.hex in name for name, cookie in booth.client.cookies.items() if cookie.value
    )
