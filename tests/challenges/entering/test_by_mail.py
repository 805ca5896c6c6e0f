"""Letters that ask into a team, or whether an entry is one's own: each link works once."""

import re

import pytest

from civic_sourcing.challenges.actions.on_behalf import EnterEntryFor
from civic_sourcing.challenges.actions.teams import InviteMember, RemoveMember
from civic_sourcing.challenges.entering.jobs import open_due
from civic_sourcing.challenges.models import Entry, TeamMember
from civic_sourcing.core.clock import now
from civic_sourcing.notifications.models import OutboxMessage

from .conftest import SAID, SECRET

pytestmark = pytest.mark.django_db
ADDRESS = "nobody-known@example.net"


def link_of(letter_for):
    """The way in the last letter; it is the only place where the token stands."""
    letter = OutboxMessage.objects.filter(url__contains=f"/enter/{letter_for}/").latest("pk")
    return re.sub(r"^https?://[^/]+", "", letter.url)


@pytest.fixture
def invitation(draft, solver):
    """The link of a letter that asks somebody without an account into the team."""
    InviteMember(draft, by=solver, invitee=ADDRESS).execute()
    return link_of("join")


def test_whoever_has_the_letter_joins_once_signed_in(client, invitation, draft, rival, neighbour):
    read = client.get(invitation)
    unsigned = client.post(invitation, {"go": "join"})
    client.force_login(rival)
    joined = client.post(invitation, {"go": "join"})
    client.force_login(neighbour)

    assert (read.status_code, joined.status_code) == (200, 302)
    assert "login" in unsigned.headers["Location"]
    assert TeamMember.objects.present().filter(entry=draft, participant__user=rival).exists()
    assert client.get(invitation).status_code == 404, "a link is used up"
    token = invitation.rstrip("/").rsplit("/", 1)[1]
    assert not TeamMember.objects.filter(token_digest=token).exists(), "no token is stored"


def test_a_letter_is_declined_without_an_account(client, invitation, draft):
    assert client.post(invitation, {"go": "decline"}).status_code == 302

    assert not TeamMember.objects.invited().exists()
    assert client.get(invitation).status_code == 404


@pytest.mark.parametrize("way", ["another token", "another challenge", "taken back", "closed"])
def test_a_link_that_does_not_hold_leads_nowhere(
    client, invitation, draft, solver, rival, make_challenge, set_clock, way
):
    if way == "another token":
        invitation = invitation[:-3] + "x" * 3 + "/"
    elif way == "another challenge":
        other = make_challenge("Other")
        token = invitation.rstrip("/").rsplit("/", 1)[1]
        invitation = f"{other.url}enter/join/{token}/"
    elif way == "taken back":
        member = TeamMember.objects.invited().get()
        RemoveMember(draft, by=solver, member=member).execute()
    else:
        set_clock(draft.round.closes_at)
    client.force_login(rival)

    answer = client.post(invitation, {"go": "join"})

    assert answer.status_code in (404, 403, 409)
    assert not TeamMember.objects.filter(participant__user=rival).exists()


@pytest.fixture
def entered(challenge, manager):
    """The link of the letter to somebody for whom the office handed in an entry."""
    EnterEntryFor(challenge.process, by=manager, solver=ADDRESS, words=SAID).execute()
    return link_of("verify")


def test_who_was_written_to_makes_the_entry_theirs(client, entered, rival, neighbour, set_clock):
    assert "login" in client.get(entered).headers["Location"], "it takes an account to read it"
    client.force_login(rival)
    read = client.get(entered).content.decode()
    kept = client.post(entered, {"go": "verify"})
    entry = Entry.objects.get()
    client.force_login(neighbour)

    assert SECRET in read
    assert kept.status_code == 302
    assert (entry.captain.user, entry.token_digest) == (rival, "")
    assert entry.verified_at is not None
    assert client.get(entered).status_code == 404, "a link is used up"
    set_clock(entry.round.closes_at)
    open_due(now())
    assert list(Entry.objects.to_judge()) == [entry]


def test_who_entered_it_does_not_verify_it_by_the_letter(client, entered, manager):
    client.force_login(manager)

    assert client.post(entered, {"go": "verify"}).status_code in (403, 409)
    assert Entry.objects.get().verified_at is None


def test_who_did_not_ask_for_it_has_it_taken_out_by_the_letter(client, entered, rival):
    client.force_login(rival)

    client.post(entered, {"go": "decline"})

    entry = Entry.objects.get()
    assert (entry.state, entry.handed_in, entry.captain) == ("withdrawn", {}, None)
    assert client.get(entered).status_code == 404
