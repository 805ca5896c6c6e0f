"""The page of each rule: it has what a page of a rule needs, and its example comes out."""

import doctest
import re

import pytest

from civic_sourcing.budgets.counting import RULES
from tests.shared import ROOT

PAGES = sorted((ROOT / "docs" / "reference" / "rules").glob("*.md"))
EXAMPLE = re.compile(r"^```pycon\n(.*?)^```$", re.DOTALL | re.MULTILINE)
HEADINGS = ["Definition", "Source", "Ties", "Worked example"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_worked_example_comes_out_as_the_page_says(page):
    text = page.read_text("utf-8")
    code = "\n".join(EXAMPLE.findall(text))
    test = doctest.DocTestParser().get_doctest(code, {}, page.stem, str(page), 0)
    told: list[str] = []

    result = doctest.DocTestRunner().run(test, out=told.append)

    assert (result.failed, "".join(told)) == (0, "")
    assert result.attempted > 3
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == HEADINGS


def test_every_rule_has_its_page():
    assert set(RULES) <= {page.stem for page in PAGES}
