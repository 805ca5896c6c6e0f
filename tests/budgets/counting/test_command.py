"""The command line, as a stranger without Django runs it."""

import json
import subprocess
import sys
import textwrap
from decimal import Decimal

import pytest

from civic_sourcing.budgets.counting import RULES
from tests.shared import ROOT

from .elections import small

RUN = "import runpy; runpy.run_module('civic_sourcing.budgets.counting', run_name='__main__')"
BARE = textwrap.dedent(
    """
    import sys

    class Absent:
        def find_spec(self, name, path=None, target=None):
            if name.partition(".")[0] in ("django", "wagtail", "modelcluster", "taggit"):
                raise ModuleNotFoundError(f"{name} is not installed here")

    sys.meta_path.insert(0, Absent())
    sys.path.insert(0, sys.argv.pop(1))
    """
)


def counting(*arguments: object, code: str = RUN) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-I", "-S", "-c", BARE + code, ROOT / "src", *arguments]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)


def test_json_has_exactly_the_promised_keys():
    run = counting(small("approval"), "--json")

    result = json.loads(run.stdout)
    assert (run.returncode, run.stderr) == (0, "")
    assert list(result) == [
        *("selected", "spent", "left", "scores", "steps", "rule", "threshold", "ballots")
    ]
    assert list(result["steps"][0]) == [
        *("project", "score", "cost", "left_before", "outcome", "reason")
    ]


def test_json_tells_who_won_and_what_was_left_at_each_step():
    result = json.loads(counting(small("approval"), "--json").stdout)

    assert result["selected"] == ["lanterns", "benches", "swings"]
    assert (result["spent"], result["left"], result["ballots"]) == (1000, 0, 6)
    assert [step["left_before"] for step in result["steps"]] == [1000, 400, 400, 100]
    assert (result["rule"], result["threshold"]) == ("greedy", 0)


def test_json_writes_decimals_exactly():
    run = counting(small("scoring"), "--json")

    result = json.loads(run.stdout, parse_float=Decimal)
    assert result["spent"] == Decimal("100.3")
    assert result["scores"] == {"x": Decimal("0.3"), "y": Decimal("0.3"), "z": Decimal("0.05")}


def test_table_says_what_became_of_each_project():
    run = counting(small("single-choice"))

    assert run.returncode == 0
    assert "was withdrawn" in run.stdout
    assert "costs more than is left, the count ends here" in run.stdout


def test_columns_of_the_table_are_aligned():
    lines = counting(small("cumulative")).stdout.splitlines()

    head, *rows = lines[5:]
    assert len(rows) == 4
    for column in ("project", "name", "why"):
        start = head.index(column)
        assert all(row[start - 2 : start] == "  " and row[start] != " " for row in rows)


def test_named_rule_and_threshold_replace_the_announced_ones():
    run = counting(small("cumulative"), "--rule", "greedy-no-skip", "--threshold", "16", "--json")

    result = json.loads(run.stdout)
    assert (result["rule"], result["threshold"], result["selected"]) == ("greedy-no-skip", 16, [])


@pytest.mark.parametrize("option", ["-1", "many", "1e3", "nan"])
def test_threshold_that_is_no_number_is_refused(option):
    run = counting(small("approval"), f"--threshold={option}")

    assert run.returncode == 2
    assert "expected a number of at least 0" in run.stderr


def test_loser_is_explained_in_plain_words():
    run = counting(small("approval"), "--explain", "garden")

    assert run.stdout == (
        "garden: not funded. It had 3 points. When its turn came, 400 were left and it costs 500. "
        "With 1 more it would have come in time.\n"
    )


def test_reason_as_json_has_its_numbers():
    run = counting(small("approval"), "--explain", "garden", "--json", "--threshold", "4")

    reason = json.loads(run.stdout)
    assert (reason["outcome"], reason["funded"]) == ("below-threshold", False)
    assert (reason["numbers"]["needed"], reason["numbers"]["missing"]) == (4, 1)


def test_project_that_is_not_there_cannot_be_explained():
    run = counting(small("approval"), "--explain", "moon\x1b")

    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr == f"{small('approval')}: there is no project “moon\ufffd”\n"


def test_all_rules_are_compared_side_by_side():
    table = counting(small("approval"), "--compare").stdout
    listed = json.loads(counting(small("approval"), "--compare", "--json").stdout)

    names = [" ".join(filter(None, (e["rule"], e["utility"], e["completion"]))) for e in listed]
    assert [name for name in names if name not in table] == []
    assert {name.split()[0] for name in names} == set(RULES)
    assert (listed[0]["selected"], listed[0]["served"]) == (["lanterns", "benches", "swings"], 5)
    assert (listed[0]["served_share"], listed[0]["satisfaction"]) == (0.8333, 1)


def test_tie_rule_of_the_command_decides():
    run = counting(small("approval"), "--tie", "cost", "--json")

    assert json.loads(run.stdout)["selected"][0] == "garden"


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        pytest.param(["--tie", "lot"], "--seed", id="a lot without seed"),
        pytest.param(["--explain", "garden", "--compare"], "not allowed", id="two questions"),
        pytest.param(["--utility", "cost"], "equal-shares", id="an option of another rule"),
        pytest.param(["--tie", "dice"], "invalid choice", id="an unknown tie rule"),
    ],
)
def test_options_that_cannot_be_are_refused(options, complaint):
    run = counting(small("approval"), *options)

    assert (run.returncode, run.stdout) == (2, "")
    assert complaint in run.stderr


def test_assumption_is_said_beside_the_json_not_in_it():
    run = counting(small("ordinal"), "--json")

    assert json.loads(run.stdout)["rule"] == "greedy"
    assert "which projects exclude each other" in run.stderr


def test_broken_file_ends_in_one_line_and_status_2(tmp_path):
    broken = tmp_path / "broken.pb"
    broken.write_text(small("approval").read_text().replace("benches;300", "benches;-300"))

    run = counting(broken, "--json")

    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr == f'{broken}: line 18, field "cost": must not be negative: “-300”\n'


@pytest.mark.parametrize("kind", ["missing", "folder"])
def test_file_that_cannot_be_opened_ends_in_one_line_and_status_2(tmp_path, kind):
    path = tmp_path / "none.pb" if kind == "missing" else tmp_path

    run = counting(path)

    assert run.returncode == 2
    assert run.stderr.startswith(f"{path}: ")
    assert run.stderr.count("\n") == 1


def test_control_characters_of_a_file_never_reach_the_terminal(tmp_path):
    sly = tmp_path / "sly.pb"
    sly.write_text(small("approval").read_text().replace("Swings", "\x1b[2JSw\u202eings"))

    run = counting(sly)

    assert run.returncode == 0
    assert "\x1b" not in run.stdout
    assert "\u202e" not in run.stdout


def test_counting_imports_nothing_but_the_standard_library():
    code = (
        "import civic_sourcing.budgets.counting, sys; "
        "names = {name.partition('.')[0] for name in sys.modules}; "
        "print(sorted(names - sys.stdlib_module_names - {'__main__'}))"
    )

    run = counting(code=code)

    assert run.stdout == "['civic_sourcing']\n"
