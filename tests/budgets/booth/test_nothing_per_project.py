"""While people vote nothing anybody can read depends on what they have voted for."""

import json
import re
from contextlib import suppress

import pytest
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, get_resolver, reverse

from civic_sourcing.budgets.actions import CountBallots
from civic_sourcing.budgets.actions.casting import CastBallot, CloseVote, PublishTurnout, Voter
from civic_sourcing.budgets.actions.count import PublishCount
from civic_sourcing.budgets.ballots import Choice
from civic_sourcing.budgets.models import BudgetProjectPage
from civic_sourcing.participants.exports import everything_about
from civic_sourcing.participants.models import Participant

RESULTS = ["results/", "results/ballots/", "results/json/", "results/csv/"]
PUBLIC = ["", *RESULTS, "results/ballots.pb", "rules/", "bulletin/", "vote/", "vote/code/"]
OF_THE_HOST = [
    "/sitemap.xml",
    "/admin/",
    "/admin/reports/site-history/",
    "/admin/pages/search/?q=river",
]
RANDOM = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
    r"|(?<=csrfmiddlewaretoken\" value=\")\w+|(?<=CSRF_TOKEN\": \")\w+|(?<=nonce-)[\w+/=-]+"
    r"|[\w-]{20,}:[\w-]{6}:[\w-]{20,}|(?<=name=\"booth\" value=\")[\w+/=]+"
    r"|(?<=/admin/editing-sessions/).*?(?=\")|(?<=&quot;key&quot;: &quot;)\w{5}"
    r"|Just now|\d+.(?:second|minute)s? ago"
)
"""What differs from one answer to the next: keys of forms, what is sealed, how long ago."""

ROOMS = ("civic_budgets", "civic_eligibility", "civic_polling", "civic_processes", "civic_vote")
"""Whose screens are looked at, whatever they are called."""

SAYS_NOTHING = {"Set-Cookie", "Date", "Expires", "Last-Modified", "Content-Length"}
VOTERS = [f"voter {number}" for number in range(12)]


@pytest.fixture
def all_vote(run):
    """``all_vote("1", "2")``: everybody votes for these projects, or changes to them."""

    def all_vote(*numbers):
        for who in VOTERS:
            CastBallot(
                run,
                voter=Voter(who),
                choice=Choice(numbers).canonical(),
                idempotency_key=" ".join(numbers),
            ).execute()

    return all_vote


def screens(process):
    """Every screen of ours in the admin and for the public that needs no more than the process."""

    def walk(patterns, prefix, names, ours):
        for each in patterns:
            if isinstance(each, URLPattern):
                if ours and each.name and set(each.pattern.converters) <= {"uuid"}:
                    keys = {"uuid": process.uuid} if each.pattern.converters else {}
                    with suppress(NoReverseMatch):
                        yield reverse(":".join([*names, each.name]), kwargs=keys)
            else:
                name = each.namespace
                known = [*names, name] if name else names
                civic = ours or (name or "").startswith(ROOMS)
                yield from walk(each.url_patterns, prefix, known, civic)

    return sorted(set(walk(get_resolver().url_patterns, "", [], False)))


def everything(vote, superuser, citizen):
    """What a visitor, a voter and a superuser are answered, address by address; heads too."""
    own = [vote.url + place for place in PUBLIC]
    own += [page.url for page in BudgetProjectPage.objects.live()]
    admin = [*OF_THE_HOST, f"/admin/pages/{vote.pk}/", f"/admin/pages/{vote.pk}/edit/"]
    said = {"data": json.dumps(everything_about(Participant.objects.of(citizen)), default=str)}
    for who in (None, citizen, superuser):
        client = Client()
        if who:
            client.force_login(who)
        more = [*admin, *screens(vote.process)] if who == superuser else []
        for address in [*own, *more]:
            said[f"{who} {address}"] = answer(client, address)
    return said


def answer(client, address):
    response = client.get(address)
    content = response.getvalue().decode(errors="replace")
    told = RANDOM.sub("*", content)
    heads = {name: value for name, value in response.items() if name not in SAYS_NOTHING}
    return (
        response.status_code,
        RANDOM.sub("*", json.dumps(heads)),
        len(told if address.startswith("/admin/") else content),
        told.splitlines(),
    )


def differing(before, after):
    """Addresses that answer otherwise, with the first line that does."""
    return {
        address: first_difference(before[address], after[address])
        for address in before
        if before[address] != after[address]
    }


def first_difference(before, after):
    if before[:-1] != after[:-1]:
        return before[:-1], after[:-1]
    return next((old, new) for old, new in zip(before[-1], after[-1], strict=False) if old != new)


def test_all_voters_change_their_minds_and_nobody_can_tell(
    vote, run, all_vote, superuser, citizen, set_clock
):
    all_vote("1", "N/1")
    PublishTurnout(run, by=None).execute()
    set_clock(run.opens_at.replace(microsecond=0) + (run.closes_at - run.opens_at) / 2)
    everything(vote, superuser, citizen)
    before = everything(vote, superuser, citizen)

    all_vote("2", "10", "N/2")

    assert differing(before, everything(vote, superuser, citizen)) == {}
    assert len(before) > 60
    assert sum(status == 200 for status, *_rest in list(before.values())[1:]) > 30


def test_what_can_be_read_differs_once_the_count_is_published_and_not_before(
    vote, run, all_vote, client, set_clock
):
    all_vote("1")
    set_clock(run.closes_at)
    CloseVote(run, by=None).execute()
    before = {place: answer(client, vote.url + place) for place in PUBLIC}

    count = CountBallots(vote.process, by=None).execute()
    counted = {place: answer(client, vote.url + place) for place in PUBLIC}
    PublishCount(count, by=None).execute()

    published = {place: answer(client, vote.url + place) for place in PUBLIC}
    assert differing(before, counted) == {}
    assert set(differing(before, published)) >= {"", *RESULTS}
