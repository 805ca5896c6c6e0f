"""What people read when a vote that was held here is counted."""

import pytest

from civic_sourcing.attribution import ledger
from civic_sourcing.budgets.actions import CountBallots
from civic_sourcing.budgets.contributions import KIND
from civic_sourcing.budgets.models import BudgetProjectPage, Project
from civic_sourcing.budgets.vote_blocks import VOTE_BLOCKS
from civic_sourcing.participants.models import Participant
from tests.budgets.results.conftest import counted, soup_of, words

pytestmark = pytest.mark.django_db
BLOCK = dict(VOTE_BLOCKS)["vote_outcome"]


def shown_in_block(page):
    return BLOCK.render(BLOCK.to_python({"vote": page.pk, "number": 6}), {})


def test_nothing_is_told_by_any_route_before_the_count_is_published(closed, client):
    page = closed()
    CountBallots(page.process, by=None).execute()

    for place in ("results/", "results/steps/", "results/?count=1", "results/steps/?count=1"):
        assert client.get(page.url + place).status_code == 404
    assert "results/" not in client.get(page.url).content.decode()
    assert "as soon as the results are released" in shown_in_block(page)
    for project in BudgetProjectPage.objects.child_of(page):
        assert "Not yet decided" in client.get(project.url).content.decode()


def test_a_published_count_is_told_by_area_with_reasons_money_and_turnout(closed, client):
    page = counted(closed())

    soup = soup_of(client.get(page.url + "results/"))

    told = words(soup)
    assert "4 of 6 projects are funded, for €1,050 in all." in told
    assert "Provisional result Objections are heard until" in told
    assert words(soup.select_one("#money-by-area tbody")) == (
        "Neulbom €1,000 €900 €100 3 Northbank €500 €150 €350 1 Southbank €300 €0 €300 0"
    )
    assert "Nobody was for it" in words(soup.select_one("#not-funded"))
    assert soup.select_one("#share-address")["value"].endswith("/budget/results/")
    assert soup.select_one("a[href^='mailto:']")


def test_few_voters_of_an_area_are_told_together_with_others(closed, client):
    page = counted(closed())

    part = soup_of(client.get(page.url + "results/")).select_one("#taking-part")

    assert "27 people voted" in words(part)
    assert part.select("#turnout-by-area") == []
    assert "told together" in words(part)
    assert page.latest_count.document["turnout"]["areas"] == [
        {"codes": ["north", "south"], "voters": 27}
    ]


def test_areas_with_enough_voters_are_told_of_each(closed, client):
    page = counted(closed([("north", ("1",), 20), ("south", ("2",), 10)]))

    table = soup_of(client.get(page.url + "results/")).select_one("#turnout-by-area tbody")

    assert words(table) == (
        "Northbank 20 4.0 % of 500 inhabitants Southbank 10 10.0 % of 100 inhabitants"
    )


def test_the_count_can_be_walked_through_step_by_step(closed, client):
    page = counted(closed())

    first = soup_of(client.get(page.url + "results/steps/"))
    last = soup_of(client.get(page.url + "results/steps/?step=6"))

    assert "Step 1 of 6" in words(first.select_one("#step"))
    assert "Swings in North park" in words(first.select_one("#step"))
    assert "Left before €500 It costs €150 Left after €350" in words(first.select_one("#step"))
    assert [a["href"] for a in first.select("#step nav a")] == ["?step=2#step"]
    assert [a["href"] for a in last.select("#step nav a")] == ["?step=5#step"]
    assert len(first.select("#all-steps tbody tr")) == 6
    assert words(first.select_one("#all-steps tr:nth-child(2)")) == (
        "2 Benches by the river Funded 16 €400 €1,000"
    )


@pytest.mark.parametrize("asked", ["0", "99", "-1", "x", "٣", "9" * 5000])
def test_any_step_that_is_asked_for_leads_to_one_there_is(closed, client, asked):
    page = counted(closed())

    assert client.get(page.url + "results/steps/", {"step": asked}).status_code == 200


def test_a_recount_is_shown_beside_the_count_before(closed, client):
    page = counted(counted(closed()))

    latest = soup_of(client.get(page.url + "results/"))
    earlier = soup_of(client.get(page.url + "results/?count=1"))

    assert "Number 2 (shown here)" in words(latest.select_one("#counts"))
    assert "The ballots and the result are the same as before." in words(latest)
    assert "A later one has taken its place" in words(earlier)
    assert client.get(page.url + "results/?count=3").status_code == 404
    assert client.get(page.url + "results/?count=x").status_code == 404


def test_what_other_rules_would_have_done_is_told_where_the_town_wants_it(closed, client, settings):
    page = closed()
    settings.CIVIC_SOURCING = {**settings.CIVIC_SOURCING, "VOTE_OTHER_RULES": True}
    page = counted(page)

    seen = soup_of(client.get(page.url + "results/")).select_one("#other-rules")

    assert "By equal shares (A project counts by what it costs)" in words(seen)
    settings.CIVIC_SOURCING = {**settings.CIVIC_SOURCING, "VOTE_OTHER_RULES": False}
    assert soup_of(client.get(page.url + "results/")).select("#other-rules") == []


def test_the_outcome_is_a_block_for_any_page(closed):
    page = counted(closed())

    seen = shown_in_block(page)

    assert "4 of 6 projects are funded, for €1,050 in all." in seen
    assert "Benches by the river" in seen
    assert f"{page.url}results/" in seen


def test_results_need_no_more_queries_for_more_versions_and_areas(
    closed, client, django_assert_max_num_queries
):
    page = counted(counted(closed()))
    client.get(page.url + "results/")

    with django_assert_max_num_queries(34):
        client.get(page.url + "results/")


def test_the_proposer_is_named_on_the_winner(closed, citizen, client):
    citizen.first_name, citizen.last_name = "Hana", "Kim"
    citizen.save()

    def credited(process):
        entered = ledger.receive(
            KIND,
            process=process,
            author=Participant.objects.of(citizen),
            title="Benches by the river",
            text="",
            language="en",
        )
        Project.objects.filter(process=process, number="1").update(contribution=entered)

    page = counted(closed(before=credited))

    soup = soup_of(client.get(page.url + "results/"))
    winner = next(row for row in soup.select("#funded .civic-result") if "Benches" in words(row))

    assert words(winner.select_one(".civic-result-people")).endswith("Hana Kim")
    assert len(soup.select(".civic-result-people")) == 1
