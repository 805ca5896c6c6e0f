"""What the documentation says about addresses, settings and commands is what there is."""

import ast
import re
import unicodedata
from pathlib import Path

import pytest
from django.core.management import get_commands

from civic_sourcing.core.conf import Settings

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
ROW = re.compile(r"^\| `([A-Z_]+)` \| `(.+?)` \| `(.+?)` \| (.+?) \|", re.MULTILINE)


def name_of(page):
    return page.relative_to(ROOT).as_posix()


def anchors(page):
    """Anchors of a page's headings, as the usual renderers make them."""
    prose = BLOCK.sub("", page.read_text("utf-8"))
    for heading in HEADING.findall(prose):
        words = re.sub(r"[^\w\- ]", "", unicodedata.normalize("NFC", heading).lower())
        yield words.replace(" ", "-")


def broken_links(page):
    for link in LINK.findall(BLOCK.sub("", page.read_text("utf-8"))):
        path, _, anchor = link.partition("#")
        if re.match(r"[a-z]+:", link):
            continue
        target = (page.parent / path).resolve() if path else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            yield link


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_somewhere(page):
    assert not list(broken_links(page))


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_python_in_the_docs_can_be_compiled(page):
    blocks = BLOCK.findall(page.read_text("utf-8"))

    for code in (code for language, code in blocks if language == "python"):
        ast.parse(code)


def test_every_page_is_reached_from_the_index():
    index = (ROOT / "docs" / "index.md").read_text("utf-8")
    linked = {(ROOT / "docs" / link.partition("#")[0]).resolve() for link in LINK.findall(index)}

    assert {name_of(page) for page in PAGES if page.parent.parent.name == "docs"} == {
        name_of(page) for page in linked
    }


def test_every_picture_is_shown_somewhere():
    text = "".join(page.read_text("utf-8") for page in PAGES)

    assert [p.name for p in ROOT.glob("docs/images/*") if f"images/{p.name})" not in text] == []


def test_the_table_of_settings_is_that_of_the_code():
    page = (ROOT / "docs/reference/settings.md").read_text("utf-8")
    written = ROW.findall(page.replace(r"\|", "|"))

    assert sorted(written) == sorted(
        (name, key.kind_name, repr(key.default), key.unit or "–")
        for room in Settings.rooms.values()
        if room.__module__.startswith("civic_sourcing.")
        for name, key in room.declared().items()
    )


def test_every_management_command_has_its_section():
    ours = {name for name, app in get_commands().items() if app.startswith("civic_sourcing.")}

    assert ours <= set(anchors(ROOT / "docs/reference/commands.md"))
