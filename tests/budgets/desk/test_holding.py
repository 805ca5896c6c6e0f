"""Holding a vote in the admin: rehearse, open, lengthen, close, set aside; always by the rules."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils.timezone import localtime

from civic_sourcing.budgets.actions.casting import CastBallot, CloseVote, Voter
from civic_sourcing.budgets.actions.vote_rules import ChangeVoteRules
from civic_sourcing.budgets.models import SetAside, VoteRun
from civic_sourcing.budgets.rulebooks import frozen, rulebook_of
from tests.budgets.desk.conftest import make_vote

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def cast(run, who):
    voter = Voter(who)
    return CastBallot(
        run, voter=voter, choice='{"vote":["1"]}', idempotency_key=uuid4().hex
    ).execute()


def typed(moment):
    return localtime(moment).strftime("%Y-%m-%d %H:%M")


@pytest.fixture
def run(desk, set_up):
    """The vote, opened at the desk."""
    desk("open", {})
    return VoteRun.objects.of(set_up)


@pytest.fixture
def as_second(client, second_editor, at):
    """The hands of another editor."""

    def as_second(name, *more):
        client.force_login(second_editor)
        return client.post(at(name, *more))

    return as_second


def test_opening_freezes_the_rules_as_they_are(desk, set_up):
    rulebook = rulebook_of(set_up)

    desk("open", {})

    run = VoteRun.objects.of(set_up)
    assert (run.state, run.digest) == ("open", rulebook.digest)
    html = desk("vote").content.decode()
    assert rulebook.digest in html
    assert 'rules/">The rules as everybody reads them' in html


@pytest.mark.parametrize(("paper_rule", "leads"), [("paper", True), ("none", False)])
def test_vote_on_paper_leads_to_its_polling_places(desk, set_up, paper_rule, leads):
    ChangeVoteRules(set_up, by=None, paper_rule=paper_rule).execute()
    desk("open", {})
    run = VoteRun.objects.of(set_up)

    screen = reverse("civic_polling_admin:run", args=[run.uuid])

    assert frozen(run).on_paper == paper_rule
    assert (screen in desk("vote").content.decode()) is leads


def test_vote_with_an_open_point_has_no_button_and_does_not_open(desk, set_up):
    set_up.eligibility_rules.all().delete()

    offered = desk("open").content.decode()
    response = desk("open", {})

    assert "Freeze the rules and open the vote" not in offered
    assert response.status_code == 409
    assert not VoteRun.objects.exists()


def test_rehearsal_is_begun_and_erased_before_the_vote_opens(desk, set_up):
    desk("rehearse", {})
    rehearsal = VoteRun.objects.get(kind="rehearsal")

    assert desk("open", {}).status_code == 409
    assert f"?rehearsal={rehearsal.uuid}" in desk("vote").content.decode()
    desk("erase", {}, rehearsal.uuid)
    desk("open", {})

    assert [run.kind for run in VoteRun.objects.all()] == ["real"]


def test_vote_is_lengthened_by_two_people_with_a_reason(desk, run, as_second):
    later = (run.closes_at + DAY).replace(second=0, microsecond=0)
    desk("lengthen", {"closes_at": typed(later), "reason": "The town hall was flooded."})
    proposal = run.lengthenings.get()

    alone = desk("approve_lengthening", {}, proposal.pk)
    together = as_second("approve_lengthening", proposal.pk)

    assert (alone.status_code, together.status_code) == (409, 302)
    run.refresh_from_db()
    assert run.closes_at == later
    assert "The town hall was flooded." in desk("vote").content.decode()


@pytest.mark.parametrize(
    "sent",
    [
        pytest.param({"closes_at": "2020-01-01 00:00", "reason": "Earlier."}, id="earlier"),
        pytest.param({"closes_at": "2190-01-01 00:00", "reason": " "}, id="no reason"),
        pytest.param({"closes_at": "9999-99-99", "reason": "When?"}, id="no date"),
    ],
)
def test_what_does_not_lengthen_is_refused_with_what_was_typed(desk, run, sent):
    response = desk("lengthen", sent)

    assert response.status_code in {409, 422}
    assert sent["closes_at"] in response.content.decode()
    assert not run.lengthenings.exists()


def test_ballot_is_set_aside_by_two_people(desk, run, set_clock, as_second):
    receipts = [cast(run, who) for who in ("kim", "lee")]
    set_clock(run.closes_at)
    CloseVote(run, by=None).execute()
    sent = {"tracker": receipts[0].tracker, "reason": "Cast by somebody else."}

    desk("set_aside", sent)
    proposal = SetAside.objects.get()
    alone = desk("approve_set_aside", {}, proposal.pk)
    as_second("approve_set_aside", proposal.pk)

    assert alone.status_code == 409
    assert run.ballots.of(run.process).counted().count() == 1
    assert receipts[0].tracker in desk("vote").content.decode()


def test_vote_that_is_over_can_be_closed_by_hand(desk, run, set_clock):
    early = desk("close", {})
    set_clock(run.closes_at)

    assert "Close the vote" in desk("vote").content.decode()
    desk("close", {})

    run.refresh_from_db()
    assert (early.status_code, run.state) == (409, "closed")


def test_desk_says_how_many_voted_only_as_it_is_published(desk, run):
    cast(run, "kim")

    html = desk("vote").content.decode()

    assert "Ballots" not in html
    assert "Voted so far" not in html


SCREENS = ("money", "ballot", "choices", "counting", "check", "vote", "rehearse", "open",
           "close", "lengthen", "set_aside", "try", "paper", "print_paper", "voters")  # fmt: skip


@pytest.mark.parametrize("screen", SCREENS)
def test_desk_is_for_whoever_may_publish_the_page(
    screen, client, at, set_up, editor, django_user_model
):
    codenames = {"add_page", "change_page"}
    group = editor.groups.get()
    writer = django_user_model.objects.create_user("writer", is_staff=True)
    writers = type(group).objects.create(name="Writers")
    writers.permissions.set(group.permissions.all())
    for permission in group.page_permissions.filter(permission__codename__in=codenames):
        writers.page_permissions.create(page=permission.page, permission=permission.permission)
    writer.groups.add(writers)

    def status_for(user):
        client.force_login(user)
        return client.get(at(screen)).status_code, client.post(at(screen)).status_code

    assert status_for(writer) == (302, 302)
    assert not VoteRun.objects.exists()
    client.logout()
    assert client.get(at(screen)).status_code == 302


def test_other_votes_things_are_not_found(desk, run, home, at, client):
    other = make_vote(home, "other").process
    desk("lengthen", {"closes_at": typed(run.closes_at + DAY), "reason": "Flood."})
    proposal = run.lengthenings.get()

    addresses = [
        at("approve_lengthening", proposal.pk, process=other),
        at("approve_lengthening", 10**9),
        at("erase", run.uuid),
        at("erase", uuid4()),
        at("lengthen", process=other),
        at("close", process=other),
    ]

    for method in (client.get, client.post):
        assert [method(address, follow=True).status_code for address in addresses] == [404] * 6
    assert VoteRun.objects.filter(pk=run.pk).exists()
