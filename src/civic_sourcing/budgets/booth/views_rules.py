"""The rules of a vote as everybody can read and check them: in words, with their fingerprint."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from civic_sourcing.budgets.ballots import Line, meets
from civic_sourcing.budgets.models import ProjectWithdrawal, VoteRun
from civic_sourcing.budgets.paper import Entry, ballot_paper
from civic_sourcing.budgets.rulebooks import frozen
from civic_sourcing.budgets.saying import Names, sentence_of
from civic_sourcing.processes.trail import trail_to

if TYPE_CHECKING:
    from django.http import HttpRequest

    from civic_sourcing.budgets.ballots import PaperProject, Rulebook

TEMPLATE = "civic_sourcing/budgets/budget_vote_rules.html"

PARTS: tuple[tuple[str | Promise, frozenset[str]], ...] = (
    (_("Money"), frozenset({"money", "areas", "too-dear"})),
    (
        _("Who votes, and when"),
        frozenset({"eligibility", "on-paper-paper", "on-paper-last", "phase", "phase-open"}),
    ),
    (
        _("Which projects are funded"),
        frozenset(
            {"winner", "utility", "completion", "tie", "lot", "threshold-count"}
            | {"threshold-percent", "quorum-count", "quorum-percent", "group", "mandate"}
        ),
    ),
)
"""Headings with the codes of their lines; what no part names is about filling in a ballot."""

BALLOT = _("What you can choose")


@dataclass(frozen=True)
class Part:
    """Some of the rules under a heading."""

    heading: str | Promise
    sentences: list[str]


@dataclass(frozen=True)
class Row:
    """A project as it was frozen, with its title and the page that tells about it."""

    entry: Entry | None
    project: PaperProject
    cost: str
    area: str
    category: str


def run_with_rules(page: Any) -> VoteRun | None:
    """The run of the vote whose rulebook is frozen, or ``None``; an imported vote has none."""
    if page.process_id is None:
        return None
    runs = VoteRun.objects.filter(process=page.process_id, kind=VoteRun.Kind.REAL)
    return runs.exclude(digest="").defer("rulebook").first()


def rules(request: HttpRequest, page: Any) -> HttpResponse:
    """The rules in words; 404 until they are frozen."""
    run = _run(page)
    frozen_rules = frozen(run)
    paper = {entry.number: entry for entry in ballot_paper(page, request)}
    titles = {number: entry.title for number, entry in paper.items()}
    names = Names.of(page.process, frozen_rules, titles)
    answer: HttpResponse = page.render(
        request,
        template=TEMPLATE,
        context_overrides={
            "run": run,
            "parts": parts_of(frozen_rules, names),
            "rows": [_row(project, paper, names) for project in frozen_rules.projects],
            "several_areas": len(frozen_rules.areas) > 1,
            "categories": any(project.category for project in frozen_rules.projects),
            "withdrawals": _withdrawals(run, names),
            "lengthenings": run.lengthenings.exclude(approved_at=None).order_by("approved_at"),
            "file_url": (page.get_url(request) or "") + page.reverse_subpage("rulebook"),
            "trail": [
                *trail_to(page, request),
                {"title": page.title, "url": page.get_url(request)},
            ],
        },
    )
    return answer


def rulebook(request: HttpRequest, page: Any) -> HttpResponse:
    """The very text the fingerprint was made of."""
    return HttpResponse(
        _run(page).rulebook,
        content_type="application/json; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="rulebook.json"'},
    )


def parts_of(rules: Rulebook, names: Names) -> list[Part]:
    """The rules in sentences, each under its heading; what the table of projects says left out."""
    lines = [line for line in meets(rules) if line.code != "withdrawn"]
    placed = frozenset[str]().union(*(codes for _heading, codes in PARTS))
    about_ballot = [line for line in lines if line.code not in placed]
    told = [(heading, [line for line in lines if line.code in codes]) for heading, codes in PARTS]
    told.insert(1, (BALLOT, about_ballot))
    return [Part(heading, _sentences(part, names)) for heading, part in told if part]


def _sentences(lines: Sequence[Line], names: Names) -> list[str]:
    return [sentence_of(line, names) for line in lines]


def _run(page: Any) -> VoteRun:
    run = run_with_rules(page)
    if run is None:
        raise Http404
    return run


def _row(project: PaperProject, paper: dict[str, Entry], names: Names) -> Row:
    return Row(
        entry=paper.get(project.number),
        project=project,
        cost=names.money(project.cost),
        area=names.area(project.area),
        category=names.category(project.category),
    )


def _withdrawals(run: VoteRun, names: Names) -> list[tuple[str, ProjectWithdrawal]]:
    rows = ProjectWithdrawal.objects.filter(project__process=run.process_id)
    return [
        (names.project(row.project.number), row)
        for row in rows.select_related("project").order_by("withdrawn_at")
    ]
