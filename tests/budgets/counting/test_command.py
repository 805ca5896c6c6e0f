"""The command line, as a stranger without Django runs it."""

import json
import subprocess
import sys
import textwrap
from decimal import Decimal

import pytest

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
