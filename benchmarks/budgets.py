"""
Import the largest published elections, and ask for the pages of the votes they become.

Needs ``../shared/data/pabulib`` beside the repository; without it the tables say so.
"""

import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.counting import LARGEST, SHARED
from benchmarks.harness import Table, measure

IMPORT_HEADINGS = ("file", "projects", "ballots", "seconds", "ballots/s")


def tables() -> Iterator[Table]:
    """Import time of the largest files, then their results page, vote page and one project."""
    files = sorted((SHARED / "pabulib").glob("*.pb"), key=lambda file: -file.stat().st_size)
    if not files:
        yield Table("Budget votes: no election files found", IMPORT_HEADINGS, [])
        return
    imported = [_imported(file) for file in files[:LARGEST]]
    yield Table("Import of published elections", IMPORT_HEADINGS, [row for row, _vote in imported])
    yield Table.of("Pages of budget votes", (_page(*page) for page in _pages(imported)))


def _imported(file: Path) -> tuple[list[str], object]:
    from wagtail.models import Page, Site

    from civic_sourcing.budgets.actions import ImportElection
    from civic_sourcing.budgets.published import PublishedElection

    home = Site.objects.get(is_default_site=True).root_page
    began = time.perf_counter()
    published = PublishedElection.read(file)
    vote = ImportElection(Page.objects.get(pk=home.pk), by=None, published=published).execute()
    seconds = time.perf_counter() - began
    election = published.election
    cells = [
        file.name,
        str(len(election.projects)),
        str(election.ballot_count),
        f"{seconds:.1f}",
        f"{election.ballot_count / seconds:.0f}",
    ]
    return cells, vote


def _pages(imported: list[tuple[list[str], object]]) -> Iterator[tuple[str, str]]:
    from civic_sourcing.budgets.models import BudgetProjectPage, BudgetVotePage

    for cells, vote in imported:
        assert isinstance(vote, BudgetVotePage)
        about = f"{cells[1]} projects, {cells[2]} ballots"
        yield f"results, {about}", vote.results_url()
        yield f"vote, {about}", vote.get_url()
        yield f"a project, {about}", BudgetProjectPage.objects.child_of(vote).first().get_url()


def _page(what: str, url: str) -> object:
    return measure(url, what=what)
