"""A published election becomes a vote, by action and by command."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.models import Page

from civic_sourcing.budgets.actions import ImportElection
from civic_sourcing.budgets.ballots import ApprovalLimits
from civic_sourcing.budgets.counting import Ballot as CastBallot
from civic_sourcing.budgets.elections import ballot_content, cast_ballot
from civic_sourcing.budgets.models import (
    Ballot,
    BudgetProjectPage,
    BudgetRules,
    BudgetVotePage,
    CountResult,
    Project,
)
from civic_sourcing.budgets.published import PublishedElection
from civic_sourcing.budgets.signals import ballots_counted, election_imported
from civic_sourcing.core import clock
from civic_sourcing.core.exceptions import ActionForbidden, ActionRefused
from civic_sourcing.core.models import AuditEntry
from civic_sourcing.processes.models import Process
from tests.budgets.conftest import DATA, ELECTION

pytestmark = pytest.mark.django_db


def run(*arguments, **options):
    out = StringIO()
    call_command("import_pabulib", *map(str, arguments), stdout=out, stderr=out, **options)
    return out.getvalue()


def test_the_command_makes_a_published_vote_below_the_page(home):
    said = run(ELECTION, "--parent", home.pk)

    vote = BudgetVotePage.objects.child_of(home).get()
    assert vote.live
    assert vote.title == "Riverside and Old Town (2025)"
    assert "2 of 5 projects funded" in said


def test_whoever_watches_a_terminal_sees_how_far_it_is(home):
    terminal = Terminal()

    call_command("import_pabulib", str(ELECTION), "--parent", str(home.pk), stderr=terminal)

    assert "\rread 100 %\n" in terminal.getvalue()
    assert "\rstored 100 %\n" in terminal.getvalue()


class Terminal(StringIO):
    def isatty(self):
        return True


def test_the_limits_of_a_ballot_come_from_the_file(import_election):
    vote = import_election(DATA / "neulbom-approval.pb")

    assert BudgetRules.objects.get(process=vote.process).ballot_limits == ApprovalLimits(most=3)


def test_money_ballot_rule_and_threshold_come_from_the_file(vote):
    rules = BudgetRules.objects.get(process=vote.process)

    assert (rules.amount, rules.currency) == (100_050, "EUR")
    assert (rules.ballot_type, rules.rule) == ("approval", "greedy")
    assert (rules.announced_rule, rules.least_score) == ("greedy-threshold", 2)


def test_projects_keep_number_cost_and_place_in_the_file(vote):
    rows = Project.objects.of(vote.process).values_list("number", "cost", "position")

    assert list(rows)[:2] == [("OGM/0001", 60_025, 0), ("OGM/0002", 50_000, 1)]


def test_projects_get_published_pages_with_their_texts(project):
    assert project.live
    assert project.title == "New roof for the skating rink"
    assert (project.category, project.target, project.place) == ("sport", "children", "Old Town")


def test_funded_projects_are_marked(vote):
    outcomes = dict(Project.objects.of(vote.process).values_list("number", "outcome"))

    assert outcomes == {
        "OGM/0001": "funded",
        "OGM/0002": "not_funded",
        "OGM/0003": "funded",
        "OGM/0004": "not_funded",
        "OGM/0005": "not_funded",
    }


def test_ballots_are_marked_as_imported_and_carry_nothing_about_the_voter(vote):
    ballots = Ballot.objects.of(vote.process)

    assert ballots.count() == 7
    assert {ballot.channel for ballot in ballots} == {"imported"}
    assert {key for ballot in ballots for key in json.loads(ballot.content)} == {"vote"}


def test_voting_is_over_and_lasted_as_the_file_says(vote):
    phase = vote.process.phases.get()

    assert phase.kind == "voting"
    assert timezone.localtime(phase.opens_at).date().isoformat() == "2024-09-02"
    assert Process.objects.finished(clock.now()).filter(pk=vote.process_id).exists()


def test_an_unreadable_date_leaves_the_vote_without_phases(import_election):
    vote = import_election(DATA / "neulbom-approval.pb")

    assert not vote.process.phases.exists()


@pytest.mark.parametrize(
    ("file", "funded"),
    [
        pytest.param("neulbom-cumulative.pb", ["1", "2"], id="cumulative"),
        pytest.param("neulbom-ordinal.pb", ["r3", "r2", "r1"], id="ordinal"),
        pytest.param("neulbom-partial-last.pb", ["N1", "N2"], id="partial last"),
        pytest.param("neulbom-scoring.pb", ["x", "y"], id="scoring with decimal points"),
        pytest.param("neulbom-single-choice.pb", ["P/1"], id="single choice"),
    ],
)
def test_every_kind_of_ballot_is_stored_and_counted(import_election, file, funded):
    vote = import_election(DATA / file, currency_given="EUR")

    assert vote.latest_count.document["selected"] == funded


def test_a_withdrawn_project_stays_withdrawn(import_election):
    vote = import_election(DATA / "neulbom-single-choice.pb", currency_given="EUR")

    assert Project.objects.get(process=vote.process, number="P/4").outcome == "withdrawn"


@pytest.mark.parametrize(
    "ballot",
    [
        pytest.param(CastBallot(("a", "b")), id="approval"),
        pytest.param(CastBallot((), None), id="empty"),
        pytest.param(CastBallot(("OGM/1", "2", "3"), (1, 4, 1)), id="equal points"),
    ],
)
def test_a_ballot_comes_back_as_it_was_stored(ballot):
    assert cast_ballot(ballot_content(ballot)) == ballot


def test_the_import_and_its_count_are_in_the_audit_log_without_a_person(vote):
    entries = AuditEntry.objects.of_chain(vote.process.uuid)

    assert {entry.action for entry in entries} >= {"civic_budgets.import", "civic_budgets.count"}
    assert {entry.actor for entry in entries} == {None}


def test_import_and_count_are_announced_after_commit(
    import_election, django_capture_on_commit_callbacks
):
    heard = []
    keep = [heard.append]
    election_imported.connect(
        lambda result, **rest: keep[0](type(result)), weak=False, dispatch_uid=1
    )
    ballots_counted.connect(
        lambda result, **rest: keep[0](type(result)), weak=False, dispatch_uid=1
    )

    with django_capture_on_commit_callbacks(execute=True):
        import_election()

    election_imported.disconnect(dispatch_uid=1)
    ballots_counted.disconnect(dispatch_uid=1)
    assert set(heard) == {BudgetVotePage, CountResult}


def test_the_same_file_twice_below_one_page_is_refused_and_the_page_is_named(vote, home):
    with pytest.raises(CommandError, match="already imported here, as “Riverside and Old Town"):
        run(ELECTION, "--parent", home.pk)

    assert BudgetVotePage.objects.count() == 1


def test_the_same_file_may_stand_below_another_page(vote, home, import_election):
    other = home.add_child(instance=Page(title="Archive", slug="archive"))

    second = import_election(parent=other)

    assert second.process != vote.process


def test_a_dry_run_says_what_would_come_and_stores_nothing(home):
    said = run(ELECTION, "--parent", home.pk, dry_run=True)

    assert "€1,000.50" in said
    assert "projects: 5" in said
    assert not BudgetVotePage.objects.exists()


def test_the_locale_option_takes_the_translation_of_the_parent(home, korean_home):
    run(ELECTION, "--parent", home.pk, "--locale", "ko")

    vote = BudgetVotePage.objects.get()
    assert vote.get_parent().pk == korean_home.pk
    assert vote.locale.language_code == "ko"
    assert vote.text_language == "en"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        pytest.param(["--parent", "999999"], "no page with the id", id="no such parent"),
        pytest.param(["--parent", "home", "--locale", "ko"], "not translated", id="no translation"),
        pytest.param(["--parent", "root"], "cannot be placed below", id="wrong parent"),
    ],
)
def test_a_place_that_cannot_be_is_refused_with_a_sentence(home, vote, arguments, sentence):
    places = {"home": home.pk, "root": BudgetProjectPage.objects.first().pk}
    arguments = [places.get(argument, argument) for argument in arguments]

    with pytest.raises(CommandError, match=sentence):
        run(DATA / "neulbom-approval.pb", *arguments)


def test_a_file_that_is_not_there_is_answered_with_a_sentence(home):
    with pytest.raises(CommandError, match="cannot be read"):
        run("nowhere.pb", "--parent", home.pk)


def test_only_the_system_and_superusers_import(home, editor):
    published = PublishedElection.read(ELECTION)

    with pytest.raises(ActionForbidden):
        ImportElection(home, by=editor, published=published).execute()


def test_a_cost_finer_than_the_currency_is_refused(home, tmp_path):
    file = tmp_path / "won.pb"
    file.write_text(ELECTION.read_text().replace("currency;EUR", "currency;KRW"))

    with pytest.raises(ActionRefused, match="KRW has 0 decimal digits"):
        ImportElection(home, by=None, published=PublishedElection.read(file)).execute()

    assert not BudgetVotePage.objects.exists()


def test_a_title_too_long_for_a_page_is_kept_whole_in_the_description(import_election, tmp_path):
    name = "A very long name " * 20
    file = tmp_path / "long.pb"
    file.write_text(ELECTION.read_text().replace("Nest boxes", name))

    import_election(file)

    page = BudgetProjectPage.objects.get(project__number="OGM/0005")
    assert len(page.title) <= 255
    assert name.strip() in page.description


def test_texts_of_the_file_lose_what_is_hidden_in_them(import_election, tmp_path):
    text = ELECTION.read_text().replace("Nest boxes;nature", '"Nest\n\u202eboxes";"na\u200bture"')
    file = tmp_path / "hidden.pb"
    file.write_text(text.replace("Riverside and Old Town", '"River\r\nside\x1b"'))

    vote = import_election(file)

    page = BudgetProjectPage.objects.get(project__number="OGM/0005")
    assert vote.title == "River side (2025)"
    assert (page.title, page.category) == ("Nest boxes", "nature")


def test_a_project_without_a_visible_name_is_called_by_its_number(import_election, tmp_path):
    file = tmp_path / "nameless.pb"
    file.write_text(ELECTION.read_text().replace("Nest boxes", "\u200b\u2060"))

    import_election(file)

    assert BudgetProjectPage.objects.get(project__number="OGM/0005").title == "OGM/0005"


def test_a_project_id_that_cannot_be_seen_is_refused(home, tmp_path):
    file = tmp_path / "unseen.pb"
    file.write_text(ELECTION.read_text().replace("OGM/0005", "\u200b"))

    with pytest.raises(CommandError, match="cannot be seen"):
        run(file, "--parent", home.pk)


def test_a_file_name_that_is_no_text_is_taken_all_the_same(import_election, tmp_path):
    file = tmp_path / "el\udcffection.pb"
    file.write_bytes(ELECTION.read_bytes())

    assert "election.pb" in import_election(file).source_note
