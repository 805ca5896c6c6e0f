"""The receipt proves that a ballot is in the box; the bulletin says what became of it."""

import hashlib
import json

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.core.cache import cache

from civic_sourcing.budgets.actions.casting import CloseVote
from civic_sourcing.budgets.booth.receipts import grouped
from civic_sourcing.budgets.models import BulletinEntry
from civic_sourcing.core.audit import GENESIS, canonical_json
from civic_sourcing.notifications.models import OutboxMessage
from tests.budgets.booth.casting import soup_of, stored, voted

UNKNOWN = "ABCDEFGHIJKLMNOPQRST"


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


@pytest.fixture
def closed(run, set_clock):
    def closed():
        set_clock(run.closes_at)
        CloseVote(run, by=None).execute()

    return closed


def text_of(response):
    return " ".join(BeautifulSoup(response.content, "html.parser").get_text(" ").split())


def test_receipt_says_recorded_only_on_the_device_that_cast(vote, enter, citizen, neighbour):
    booth = enter(vote, citizen)
    address = voted(booth)

    mine, another = booth.client.get(address), enter(vote, neighbour).client.get(address)

    assert "Your ballot is recorded" in text_of(mine)
    assert "Your ballot is recorded" not in text_of(another)


def test_receipt_says_nothing_of_the_choice(vote, enter, citizen):
    booth = enter(vote, citizen)

    receipt = booth.client.get(voted(booth)).content.decode()

    assert "Benches by the river" not in receipt
    assert "N/2" not in receipt


def test_tracker_nobody_was_given_and_one_not_published_yet_look_alike(
    vote, run, enter, citizen, neighbour
):
    address = voted(enter(vote, citizen))
    (ballot,) = stored(run)
    visitor = enter(vote, None).client

    given = visitor.get(address).content.decode().replace(grouped(ballot.tracker), "TRACKER")
    other = visitor.get(vote.get_url() + f"receipt/{UNKNOWN}/").content.decode()

    given, other = (
        given.replace(ballot.tracker, UNKNOWN),
        other.replace(grouped(UNKNOWN), "TRACKER"),
    )
    assert [line for line in given.splitlines() if "csrf" not in line] == [
        line for line in other.splitlines() if "csrf" not in line
    ]


@pytest.mark.parametrize("odd", ["abc", "ABCDEFGHIJKLMNOPQRS8", "abcdefghijklmnopqrst", "%00"])
def test_what_cannot_be_a_tracker_has_no_page(vote, enter, odd):
    assert enter(vote, None).client.get(vote.get_url() + f"receipt/{odd}/").status_code == 404


def test_receipt_page_takes_no_form(vote, enter):
    address = vote.get_url() + f"receipt/{UNKNOWN}/"

    assert enter(vote, None).client.post(address).status_code == 405


def test_closed_vote_tells_the_fate_of_every_tracker(vote, run, enter, citizen, closed):
    booth = enter(vote, citizen)
    first = voted(booth)
    last = voted(booth, [("vote", "2")])
    closed()
    visitor = enter(vote, None).client

    fates = [text_of(visitor.get(address)) for address in (first, last)]

    assert "does not count any more" in fates[0]
    assert "It counts unless" in fates[1]


def test_bulletin_finds_a_tracker_however_it_is_typed(vote, run, enter, citizen, closed):
    voted(enter(vote, citizen))
    (ballot,) = stored(run)
    closed()
    visitor = enter(vote, None).client

    found = visitor.get(
        vote.get_url() + "bulletin/", {"tracker": f" {grouped(ballot.tracker).lower()} "}
    )
    odd = visitor.get(vote.get_url() + "bulletin/", {"tracker": "not one"})

    assert found["Location"] == vote.get_url() + f"receipt/{ballot.tracker}/"
    assert "This is no tracker" in text_of(odd)


def test_file_of_the_bulletin_is_enough_to_check_its_chain(vote, run, enter, citizen, closed):
    booth = enter(vote, citizen)
    voted(booth)
    voted(booth, [("vote", "2")])
    closed()

    told = enter(vote, None).client.get(vote.get_url() + "bulletin/json/").json()

    previous = GENESIS
    for entry in told["entries"]:
        fingerprint = entry.pop("fingerprint")
        assert entry["previous"] == previous
        assert hashlib.sha256(canonical_json(entry).encode()).hexdigest() == fingerprint
        previous = fingerprint
    assert len(told["entries"]) == 3
    assert told["rulebook"] == run.digest


def test_bulletin_is_paged_and_says_no_number_of_ballots_ahead_of_its_batches(
    vote, run, enter, citizen
):
    voted(enter(vote, citizen))
    visitor = enter(vote, None).client

    empty = text_of(visitor.get(vote.get_url() + "bulletin/"))

    assert "Nothing is published yet" in empty
    assert not BulletinEntry.objects.exists()


def test_bulletin_costs_the_same_however_long_it_is(
    vote, run, enter, django_assert_max_num_queries
):
    BulletinEntry.objects.bulk_create(
        BulletinEntry(
            run=run,
            sequence=number,
            kind="cast",
            tracker=f"A{number:019}",
            released_at=run.opens_at,
            previous=GENESIS if number == 1 else f"{number - 1:064}",
            fingerprint=f"{number:064}",
        )
        for number in range(1, 251)
    )
    visitor = enter(vote, None).client
    visitor.get(vote.get_url() + "bulletin/")

    with django_assert_max_num_queries(25):
        page = soup_of(visitor.get(vote.get_url() + "bulletin/", {"page": "2"}))

    assert len(page.select("tbody tr")) == 100


def test_receipt_is_mailed_once_and_the_address_kept_nowhere(vote, run, enter, citizen):
    booth = enter(vote, citizen)
    voted(booth)
    (ballot,) = stored(run)

    booth.client.post(booth.url + "mail/", {"address": "kim@example.org"})

    (letter,) = mail.outbox
    assert letter.to == ["kim@example.org"]
    assert grouped(ballot.tracker) in letter.body
    assert "Benches" not in letter.body
    assert not OutboxMessage.objects.exists()
    assert "kim@example.org" not in json.dumps(dict(booth.client.session))


def test_nobody_mails_a_receipt_that_is_not_theirs(vote, enter, citizen, neighbour):
    voted(enter(vote, citizen))

    answer = enter(vote, neighbour).client.post(
        vote.get_url() + "vote/mail/", {"address": "kim@example.org"}
    )

    assert answer.status_code == 409
    assert not mail.outbox


def test_sixth_mail_within_an_hour_is_refused(vote, enter, citizen):
    booth = enter(vote, citizen)
    voted(booth)

    statuses = [
        booth.client.post(booth.url + "mail/", {"address": "kim@example.org"}).status_code
        for _mail in range(6)
    ]

    assert statuses == [303] * 5 + [429]
    assert len(mail.outbox) == 5


def test_mail_server_that_is_away_costs_no_ballot(vote, run, enter, citizen, settings):
    settings.EMAIL_BACKEND = "tests.budgets.booth.casting.NoMailServer"
    booth = enter(vote, citizen)
    voted(booth)

    answer = booth.client.post(booth.url + "mail/", {"address": "kim@example.org"})

    assert answer.status_code == 409
    assert "recorded all the same" in text_of(answer)
    assert run.roll.count() == 1
