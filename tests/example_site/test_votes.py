"""The demo holds three votes of its own: one is open, one is rehearsed, one is over."""

import pytest
from django.core.cache import cache

from civic_sourcing.budgets.models import (
    BudgetProjectPage,
    BudgetVotePage,
    BulletinEntry,
    Project,
    RollEntry,
    VoteArea,
    VoteRun,
)
from civic_sourcing.budgets.turnout import published_turnout
from town.demo import votes
from town.demo.voting import CLOSED, OPEN_NOW, REHEARSED

pytestmark = pytest.mark.prove("postgresql")
"""The demo is loaded on SQLite, as `make demo` does; on PostgreSQL by `make prove`."""

SLUGS = [vote.slug for vote in (OPEN_NOW, REHEARSED, CLOSED)]


def process_of(vote):
    return BudgetVotePage.objects.get(slug=vote.slug, locale__language_code="en").process


def test_one_vote_is_open_one_is_rehearsed_and_one_is_over(demo):
    runs = {
        vote.slug: VoteRun.objects.filter(process=process_of(vote)).values_list("kind", "state")
        for vote in (OPEN_NOW, REHEARSED, CLOSED)
    }

    assert {slug: list(rows) for slug, rows in runs.items()} == {
        OPEN_NOW.slug: [("real", "open")],
        REHEARSED.slug: [("rehearsal", "open")],
        CLOSED.slug: [("real", "counted")],
    }


def test_forty_projects_lie_in_five_districts_and_are_told_in_both_languages(demo):
    process = process_of(OPEN_NOW)

    pages = BudgetProjectPage.objects.live().filter(project__process=process)
    districts = Project.objects.filter(process=process).values("area").distinct()

    assert Project.objects.filter(process=process).count() == 40
    assert districts.count() == VoteArea.objects.filter(process=process).count() == 5
    for language in ("en", "ko"):
        told = pages.filter(locale__language_code=language)
        assert told.values("project", "title").distinct().count() == 40


def test_people_of_all_districts_have_voted(demo):
    run = VoteRun.objects.of(process_of(OPEN_NOW))

    turnout = published_turnout(run)

    assert turnout.voters.number == run.roll.count() // 10 * 10 > 100
    assert len(turnout.areas) == 5
    assert all(area.voters.number for area in turnout.areas)
    assert BulletinEntry.objects.filter(run=run).exists()


@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_page_of_the_votes_opens_in_both_languages(client, demo, language):
    places = ["", "bulletin/", "rules/"]

    for slug in SLUGS:
        for place in places if slug != REHEARSED.slug else places[:1]:
            address = f"/{language}/participate/{slug}/{place}"
            assert client.get(address).status_code == 200, address
    assert client.get(f"/{language}/participate/{CLOSED.slug}/results/").status_code == 200


def test_codes_of_the_tutorial_lead_into_the_booth(client, demo):
    cache.clear()
    booth = f"/en/participate/{OPEN_NOW.slug}/vote/"

    answer = client.post(f"{booth}code/", {"code": votes.CODES[0].lower()})

    assert answer["Location"].endswith(booth)
    assert client.get(booth).content.decode().count('name="vote"') == 40


def test_loading_the_votes_again_changes_nothing(demo):
    models = (BudgetVotePage, BudgetProjectPage, VoteRun, RollEntry, BulletinEntry)
    before = [model.objects.count() for model in models]

    votes.load()

    assert [model.objects.count() for model in models] == before
