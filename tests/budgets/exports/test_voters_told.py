"""Age and sex of voters: left out, but for somebody's decision, and never of few who are alike."""

import io

import pytest
from django.core.management import CommandError, call_command

from civic_sourcing.budgets.models import Ballot, BudgetVotePage
from civic_sourcing.core.models import AuditEntry
from tests.budgets.conftest import DATA

from .test_files import export

pytestmark = pytest.mark.django_db

OF_VOTERS = [("1", "31", "F"), ("2", "38", "F"), ("1,2", "38", "F"), ("", "35", " F")] * 4
OTHERS = [("2", "41", "M"), ("1", "", "M")] * 10
TOLD = ["--tell-voters", "age", "sex", "--despite-warning"]


@pytest.fixture
def file(tmp_path):
    """``file(rows)``: a file with those ballots: vote, age, sex."""

    def file(rows):
        meta = f"budget;100\nnum_projects;2\nnum_votes;{len(rows)}\nvote_type;approval\nrule;greedy"
        votes = "\n\n".join(f"v{number};{';'.join(row)}" for number, row in enumerate(rows))
        path = tmp_path / "election.pb"
        path.write_text(
            f"META\nkey;value\ncurrency;EUR\n{meta}\nPROJECTS\nproject_id;cost;name\n"
            f'1;60;"A; b"\n2;50;B\nVOTES\nvoter_id;vote;age;sex\n{votes}\n'
        )
        return path

    return file


def take_in(path, home, *options):
    said = io.StringIO()
    call_command("import_pabulib", str(path), "--parent", str(home.pk), *options, stderr=said)
    return said.getvalue()


def columns_of(text):
    header, *rows = text.partition("VOTES\n")[2].splitlines()
    return header, {row.partition(";")[2] for row in rows}


def test_nothing_is_told_of_voters_without_a_decision_against_the_warning(file, home):
    path = file(OF_VOTERS + OTHERS)

    with pytest.raises(CommandError, match="add --despite-warning"):
        take_in(path, home, *TOLD[:-1])
    assert not Ballot.objects.exists()
    take_in(path, home)

    assert columns_of(export(BudgetVotePage.objects.get()))[0] == "voter_id;vote"


def test_what_is_told_goes_out_and_is_logged(file, home, tmp_path, client, verifier):
    said = take_in(file(OF_VOTERS + OTHERS), home, *TOLD)

    page = BudgetVotePage.objects.get()
    text = export(page)
    assert "cannot be taken back" in said
    assert columns_of(text) == (
        "voter_id;age;sex;vote",
        {"30-39;F;1", "30-39;F;2", "30-39;F;1,2", "30-39;F;", "40-49;M;2", ";M;1"},
    )
    details = AuditEntry.objects.get(action="civic_budgets.import").details
    assert (details["voters"], details["years"]) == (["age", "sex"], 10)
    result = client.get(f"{page.get_url()}results/json/").getvalue().decode()
    assert verifier.verify({"ballots": text, "result": result})[0] == []
    (tmp_path / "again.pb").write_text(text)
    take_in(tmp_path / "again.pb", home, *TOLD, "--slug", "again")
    assert export(BudgetVotePage.objects.get(slug="again")) == text


@pytest.mark.parametrize(
    ("rows", "options", "smallest"),
    [
        (OF_VOTERS + OTHERS[:-1], (), "–, M” has 9"),
        ([*OF_VOTERS, *OTHERS, ("1", "41", "F")], (), "40-49, F” has 1"),
        (OF_VOTERS + OTHERS, ("--age-years", "1"), "31, F” has 4"),
    ],
    ids=["fewer than ten", "nobody else", "steps too small"],
)
def test_what_few_have_in_common_is_refused(file, home, rows, options, smallest):
    with pytest.raises(CommandError, match=f"fewer than 10 ballots; “{smallest}"):
        take_in(file(rows), home, *TOLD, *options)

    assert not Ballot.objects.exists()


def test_a_column_the_file_does_not_have_is_named(home):
    with pytest.raises(CommandError, match="sex"):
        take_in(DATA / "neulbom-approval.pb", home, "--tell-voters", "sex", "--despite-warning")
