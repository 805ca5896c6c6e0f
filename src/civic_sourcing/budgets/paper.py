"""The ballot paper: a vote's projects as a page in one language shows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest

    from civic_sourcing.budgets.models import Project


@dataclass(frozen=True)
class Entry:
    """
    One project on the paper.

    ``title`` is empty where no page tells about the project in any language, ``language`` is the
    code its title is written in where that is not the language of the paper.
    """

    project: Project
    title: str
    language: str
    url: str
    category: str = ""
    place: str = ""
    area: str = ""

    @property
    def number(self) -> str:
        return self.project.number

    @property
    def withdrawn(self) -> bool:
        return self.project.outcome == self.project.Outcome.WITHDRAWN

    @property
    def has_cost(self) -> bool:
        """False for a withdrawn project: published files give it a cost nobody could pay."""
        return not self.withdrawn

    @property
    def name(self) -> str:
        """What to call the project; its number where it has no title."""
        return self.title or self.number


def ballot_paper(vote: Any, request: HttpRequest | None = None) -> list[Entry]:
    """
    Return the projects of ``vote`` in the order of the paper.

    A project is called as its published page in the vote's language calls it; where there is none,
    as its first page in another language does. One without a published page is shown only in a vote
    that came from a file. Two queries, however many projects there are.
    """
    if not vote.process_id:
        return []
    pages = _page_of_each_project(vote)
    projects = vote.process.projects.select_related("area", "category").order_by("position")
    is_complete = bool(vote.rules and vote.rules.imported)
    return [
        _entry(vote, project, pages.get(project.pk), request)
        for project in projects
        if is_complete or project.pk in pages
    ]


def titles_on(vote: Any) -> dict[str, str]:
    """What the projects of ``vote`` are called, by number."""
    return {entry.number: entry.name for entry in ballot_paper(vote)}


def _page_of_each_project(vote: Any) -> dict[int, Any]:
    pages: Iterable[Any] = (
        vote.project_pages()
        .select_related("locale")
        .only(
            "title", "slug", "url_path", "locale", "project", "text_language", "category", "place"
        )
        .order_by("pk")
    )
    chosen: dict[int, Any] = {}
    for page in pages:
        if page.locale_id == vote.locale_id or page.project_id not in chosen:
            chosen[page.project_id] = page
    return chosen


def _entry(vote: Any, project: Project, page: Any, request: HttpRequest | None) -> Entry:
    if page is None:
        return Entry(project=project, title="", language="", url="")
    language = page.text_locale
    return Entry(
        project=project,
        title=page.title,
        language="" if language == vote.locale.language_code else language,
        url=page.get_url(request) or "",
        category=str(project.category or page.category),
        place=page.place,
        area=str(project.area or ""),
    )
