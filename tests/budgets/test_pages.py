"""What people see: the vote, its projects and the results."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from civic_sourcing.budgets.actions import CountBallots
from civic_sourcing.budgets.models import (
    Ballot,
    BudgetProjectPage,
    BudgetRules,
    BudgetVotePage,
    CountResult,
    Project,
)
from civic_sourcing.budgets.results.page import Results
from civic_sourcing.processes.models import ParticipationPage
from tests.budgets.conftest import DATA

pytestmark = pytest.mark.django_db


@pytest.fixture
def uncounted_vote(vote, home):
    """A copy of the vote: the same rules, nothing voted and nothing counted."""
    copy = vote.copy(
        recursive=True, keep_live=True, update_attrs={"title": "Next year", "slug": "next"}
    )
    return BudgetVotePage.objects.get(pk=copy.pk)


def text_of(response):
    return " ".join(BeautifulSoup(response.content, "html.parser").get_text(" ").split())


def reason_of(response, title):
    rows = BeautifulSoup(response.content, "html.parser").select(".civic-result")
    row = next(row for row in rows if title in row.get_text())
    return row.select_one(".civic-result-reason").get_text(strip=True)


def test_the_vote_shows_its_money_and_its_projects_with_cost_and_outcome(vote, client):
    seen = text_of(client.get(vote.get_url()))

    assert "€1,000.50" in seen
    assert "Bandstand by the river" in seen
    assert "€600.25" in seen
    assert "Imported from a published election" in seen
    assert "there is no list of voters here" in seen


@pytest.mark.parametrize("address", ["vote", "results", "project"])
def test_nothing_is_posted_to_what_is_only_read(vote, project, client, address):
    addresses = {
        "vote": vote.get_url(),
        "results": vote.results_url(),
        "project": project.get_url(),
    }

    answer = client.post(addresses[address])

    assert answer.status_code == 405
    assert client.head(addresses[address]).status_code == 200


def test_the_hub_tells_of_a_vote_in_plain_words(vote, home, client):
    hub = home.add_child(instance=ParticipationPage(title="Take part"))
    vote.introduction = "<p>Who &amp; what: <b>you</b> choose.</p>"
    vote.save_revision().publish()
    vote.move(hub, pos="last-child")

    response = client.get(hub.get_url())

    (card,) = BeautifulSoup(response.content, "html.parser").select(".civic-card")
    assert "Who & what: you choose." in card.get_text()


def test_a_project_tells_its_outcome_why_and_the_way_back(vote, project, client):
    response = client.get(project.get_url())

    seen = text_of(response)
    assert "Not funded" in seen
    assert "It had 3 votes. When its turn came, only €400.25 were left, and it costs €500." in seen
    links = [a["href"] for a in BeautifulSoup(response.content, "html.parser").select("main a")]
    assert {vote.get_url(), vote.results_url()} <= set(links)


@pytest.mark.parametrize(
    ("title", "reason"),
    [
        pytest.param(
            "Bandstand",
            "It had 4 votes. When its turn came, €1,000.50 were left, and it costs €600.25.",
            id="funded",
        ),
        pytest.param(
            "skating rink",
            "It had 3 votes. When its turn came, only €400.25 were left, and it costs €500. With 2 "
            "more votes its turn would have come while enough was left. 1 other project had as "
            "many; the order of the ballot paper decided which went first.",
            id="skipped",
        ),
        pytest.param(
            "Nest boxes",
            "It had 1 vote. A project needed at least 2 votes to be funded.",
            id="below the threshold",
        ),
    ],
)
def test_results_give_a_plain_reason_for_each_project(vote, client, title, reason):
    assert reason_of(client.get(vote.results_url()), title) == reason


def test_results_show_money_used_and_left_and_how_it_was_counted(vote, client):
    seen = text_of(client.get(vote.results_url()))

    assert "2 of 5 projects are funded, for €1,000.50 in all." in seen
    assert "Money left €0" in seen
    assert "A project needed at least 2 votes." in seen
    assert "Every tick is one vote" in seen
    assert vote.latest_count.digest in seen


def test_results_have_a_chart_and_its_table(vote, client):
    page = BeautifulSoup(client.get(vote.results_url()).content, "html.parser")

    assert len(page.select(".civic-chart svg rect.civic-chart-bar")) >= 5
    assert "Bandstand by the river" in page.select_one(".civic-chart table").get_text()


def test_a_last_project_paid_from_a_reserve_is_explained(import_election, client):
    vote = import_election(DATA / "neulbom-partial-last.pb", currency_given="EUR")

    response = client.get(vote.results_url())

    assert "a reserve outside the budget pays the rest" in reason_of(response, "Bicycle racks")
    assert "Paid from a reserve €100" in text_of(response)


def test_a_project_behind_the_last_one_that_fits_is_explained(import_election, client):
    vote = import_election(DATA / "neulbom-single-choice.pb", currency_given="EUR")

    response = client.get(vote.results_url())

    assert "The funding had stopped before its turn came" in reason_of(response, "Weather vane")
    assert reason_of(response, "Tram stop").startswith("It was withdrawn")
    assert "999,999" not in text_of(response)


def test_results_in_points_say_points(import_election, client):
    vote = import_election(DATA / "neulbom-cumulative.pb", currency_given="EUR")

    assert reason_of(client.get(vote.results_url()), "Swap shelf") == (
        "It had 6 points. A project needed at least 7 points to be funded."
    )


def test_decimal_points_are_shown_exactly(import_election, client):
    vote = import_election(DATA / "neulbom-scoring.pb", currency_given="EUR")

    assert "0.05 points" in reason_of(client.get(vote.results_url()), "Signpost")


def test_before_a_count_there_are_no_results_by_any_route(uncounted_vote, client):
    shown = client.get(uncounted_vote.get_url())

    assert client.get(uncounted_vote.get_url() + "results/").status_code == 404
    assert shown.status_code == 200
    assert "results/" not in shown.content.decode()


def test_a_project_of_an_uncounted_vote_is_undecided(uncounted_vote, client):
    page = BudgetProjectPage.objects.child_of(uncounted_vote).first()

    seen = text_of(client.get(page.get_url()))

    assert "Not yet decided" in seen
    assert "votes" not in seen


def test_a_recount_is_a_new_version_and_the_one_people_see(vote):
    CountBallots(vote.process, by=None).execute()

    assert list(CountResult.objects.of(vote.process).values_list("version", flat=True)) == [2, 1]
    assert BudgetVotePage.objects.get(pk=vote.pk).latest_count.version == 2


def test_a_vote_without_any_ballot_can_be_counted_and_says_so(uncounted_vote, client):
    BudgetRules.objects.filter(process=uncounted_vote.process).update(threshold=1)
    CountBallots(uncounted_vote.process, by=None).execute()

    assert "No project was funded" in text_of(client.get(uncounted_vote.results_url()))


@pytest.mark.parametrize("steps_up", [0, 1], ids=["the vote", "the page above it"])
def test_results_of_a_private_vote_are_private(vote, client, steps_up):
    assert client.get(vote.results_url()).status_code == 200

    closed = [vote, vote.get_parent()][steps_up]
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)

    assert client.get(vote.results_url()).status_code == 302


def test_korean_results_show_korean_titles_and_mark_the_others(korean_vote, client):
    page = BeautifulSoup(client.get(korean_vote.results_url()).content, "html.parser")

    titles = {
        title.get_text(strip=True): title.get("lang")
        for title in page.select(".civic-result-title")
    }
    assert titles["강변 음악당"] is None
    assert titles["New roof for the skating rink"] == "en"


def test_both_languages_show_the_same_count(vote, korean_vote):
    assert korean_vote.process == vote.process
    assert korean_vote.latest_count == vote.latest_count


def test_an_unpublished_translation_lends_no_title(korean_vote, rf):
    draft = BudgetProjectPage.objects.get(title="강변 음악당")
    BudgetProjectPage.objects.filter(pk=draft.pk).update(live=False)

    names = [line.entry.name for line in Results(korean_vote, korean_vote.latest_count).lines]

    assert "Bandstand by the river" in names
    assert "강변 음악당" not in names


def test_results_and_vote_take_the_same_queries_however_many_projects(
    import_election, client, tmp_path
):
    small = import_election()
    file = tmp_path / "many.pb"
    file.write_text(election_of(60))
    large = import_election(file)

    for url in ("get_url", "results_url"):
        client.get(getattr(large, url)())
        few = queries_of(client, getattr(small, url)())
        many = queries_of(client, getattr(large, url)())
        assert len(many) == len(few) <= 26
        assert not [query for query in many if Ballot._meta.db_table in query["sql"]]


def queries_of(client, url):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(url).status_code == 200
    return captured.captured_queries


def election_of(projects):
    head = "META\nkey;value\nbudget;900\nvote_type;approval\nrule;greedy\ncurrency;EUR\n"
    head += f"num_projects;{projects}\nnum_votes;1\nPROJECTS\nproject_id;cost;name\n"
    rows = "".join(f"{number};{number};Project {number}\n" for number in range(1, projects + 1))
    return f"{head}{rows}VOTES\nvoter_id;vote\n1;1,2,3\n"


def test_a_vote_can_be_found_and_previewed(vote, rf):
    assert vote in BudgetVotePage.objects.search("Riverside")

    request = rf.get("/")
    request.user = AnonymousUser()
    assert vote.make_preview_request(request, vote.default_preview_mode).status_code == 200


def test_the_editor_sees_the_figures_and_the_count(vote, client, superuser):
    client.force_login(superuser)

    seen = text_of(client.get(f"/admin/pages/{vote.pk}/edit/"))

    assert "€1,000.50" in seen
    assert "7 ballots, 2 projects funded" in seen


def test_saving_a_project_in_the_editor_never_touches_its_outcome(vote, project):
    old = project.save_revision()
    Project.objects.filter(pk=project.project_id).update(outcome="funded")

    old.publish()

    assert BudgetProjectPage.objects.get(pk=project.pk).project.outcome == "funded"
