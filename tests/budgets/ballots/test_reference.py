"""The reference page says what the package does, and the package stands alone."""

import re
import subprocess
import sys

from civic_sourcing.budgets.ballots import FAULTS, LIMITS, UNREADABLE, AreaUse
from tests.shared import ROOT

from .papers import RULES

PAGE = (ROOT / "docs" / "reference" / "ballot-types.md").read_text("utf-8")


def table(heading):
    """Rows of the first table below a heading, as lists of cells."""
    below = PAGE.split(f"\n## {heading}\n", 1)[1].split("\n## ")[0]
    rows = [line.strip("|").split(" | ") for line in below.splitlines() if line[:3] == "| `"]
    return [[cell.strip() for cell in row] for row in rows]


def codes_in(cell):
    return re.findall(r"`([\w-]+)`", cell)


def test_the_page_names_every_fault_and_which_are_unreadable():
    rows = [(codes_in(row[0]), row[-1]) for row in table("Faults")]

    assert [code for codes, _ in rows for code in codes] == list(FAULTS)
    assert {code for codes, mark in rows if mark == "unreadable" for code in codes} == UNREADABLE


def test_the_page_names_every_kind_with_its_limits():
    rows = [(codes_in(row[0])[0], codes_in(row[1])[0]) for row in table("Kinds of ballot")]

    assert dict(rows) == {kind.value: limits.__name__ for kind, limits in LIMITS.items()}


def test_the_page_names_every_use_of_areas():
    named = {code for row in table("Limits") for code in codes_in(row[0])}

    assert named >= set(AreaUse)


def test_the_example_on_the_page_runs():
    example = re.search(r"```python\n(.*?)```", PAGE, re.DOTALL)[1]
    names = {"document": RULES.document()}

    exec(example, names)

    assert names["sentences"] == [
        "the project “3” is not on this ballot paper",
        "the project “7” is not on this ballot paper",
        "0 chosen, at least 1 needed",
    ]


def test_ballots_need_nothing_but_python_and_counting():
    code = (
        "import sys; sys.modules['django'] = sys.modules['wagtail'] = None\n"
        "import civic_sourcing.budgets.ballots\n"
        "print(*sorted(name for name in sys.modules if name.startswith('civic_sourcing')))"
    )

    loaded = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT / "src",
    ).stdout.split()

    ours = ("civic_sourcing.budgets.ballots", "civic_sourcing.budgets.counting")
    outside = [name for name in loaded if not name.startswith(ours)]
    assert outside == ["civic_sourcing", "civic_sourcing.budgets"]
