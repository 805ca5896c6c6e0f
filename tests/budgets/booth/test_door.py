"""The page of a vote leads into the booth while people vote, and not before or afterwards."""

from datetime import timedelta

import pytest
from django.test import Client

from civic_sourcing.budgets.actions.polling import AddPollingPlace, ListVoter
from civic_sourcing.budgets.ballots import OnPaper
from civic_sourcing.budgets.models import VoteRun

WHEN = {
    "before": lambda run: run.opens_at - timedelta(seconds=1),
    "open": lambda run: run.opens_at,
    "at the end": lambda run: run.closes_at,
}


@pytest.mark.parametrize(
    ("when", "leads_in", "to_bulletin"),
    [("before", False, False), ("open", True, True), ("at the end", False, True)],
)
def test_page_of_a_vote_leads_into_the_booth(vote, run, set_clock, when, leads_in, to_bulletin):
    set_clock(WHEN[when](run))

    page = Client().get(vote.get_url()).content.decode()

    assert (f'href="{vote.get_url()}vote/"' in page) is leads_in
    assert (f'href="{vote.get_url()}bulletin/"' in page) is to_bulletin


def test_imported_vote_has_no_booth(import_election):
    vote = import_election()

    page = Client().get(vote.get_url()).content.decode()

    assert VoteRun.objects.of(vote.process)
    assert f'href="{vote.get_url()}vote/"' not in page
    assert Client().get(vote.get_url() + "vote/").status_code == 404


@pytest.mark.parametrize(
    ("rule", "status"), [(OnPaper.PAPER, 403), (OnPaper.LAST, 200)], ids=["paper", "last"]
)
def test_who_has_voted_on_paper_is_told_at_the_door(
    hold, enter, citizen, neighbour, admin_user, rule, status
):
    vote = hold(paper_rule=rule)
    place = AddPollingPlace(vote.process.vote_runs.get(), by=admin_user, title="Hall").execute()
    ListVoter(place, by=admin_user, identities={f"account:{citizen.pk}"}).execute()

    page = enter(vote, citizen).client.get(vote.get_url() + "vote/")

    assert page.status_code == status
    assert ("You have voted on paper" in page.content.decode()) == (status == 403)
    assert enter(vote, neighbour).open()
