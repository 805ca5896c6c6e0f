"""Projects as contributions: what ideas become, and where credits end."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from civic_sourcing.attribution.kinds import ContributionKind
from civic_sourcing.budgets.models import BudgetProjectPage, Project
from civic_sourcing.core.exceptions import ActionRefused

if TYPE_CHECKING:
    from civic_sourcing.attribution.models import Contribution

KIND = "project"


class ProjectContribution(ContributionKind):
    """
    A project on the ballot paper, the same in every language.

    It is the city's own: neither hidden nor masked nor moved, since people vote on it as it is.
    """

    key = KIND
    label = gettext_lazy("Project")
    is_followed_for_delivery = True

    def contents(self, contributions: Iterable[Contribution]) -> Mapping[int, Project]:
        keys = [contribution.pk for contribution in contributions]
        projects = Project.objects.filter(contribution__in=keys)
        return {project.contribution_id: project for project in projects if project.contribution_id}

    def url(self, contribution: Contribution) -> str:
        """
        The project's page in the reader's language, else in the one it was entered in, else in
        another one.
        """
        return self.urls([contribution]).get(contribution.pk, "")

    def urls(self, contributions: Sequence[Contribution]) -> Mapping[int, str]:
        """The same for all of them at once."""
        return {key: page.get_url() or "" for key, page in _pages_of(contributions).items()}

    def translated(self, contributions: Sequence[Contribution]) -> Mapping[int, str]:
        """The titles of their pages in the reader's language, where there are such pages."""
        language = get_language()
        return {
            key: page.title
            for key, page in _pages_of(contributions).items()
            if page.locale.language_code == language
        }

    def context(self, contribution: Contribution) -> Mapping[str, Any]:
        page = BudgetProjectPage.objects.filter(project__contribution=contribution).first()
        vote = page.get_parent() if page else None
        return {"parent": vote, "place": vote.title if vote else ""}

    def canonical(self, contribution: Contribution) -> tuple[str, str]:
        version = contribution.versions.order_by("number").last()
        return (version.title, version.text) if version else (contribution.title, "")

    def hide(self, contribution: Contribution) -> None:
        raise ActionRefused(
            _("A project stands on the ballot paper, so it is withdrawn there and not hidden."),
            code="on-the-paper",
        )

    def restore(self, contribution: Contribution) -> None:
        """Nothing was hidden."""

    def show(self, contribution: Contribution) -> None:
        """Its page is published by editors."""

    def blank(self, contribution: Contribution) -> None:
        """Its words are the city's, on pages that editors keep."""

    def visible(self, contributions: Iterable[Contribution]) -> Collection[int]:
        return self.contents(contributions).keys()


def _pages_of(contributions: Sequence[Contribution]) -> dict[int, BudgetProjectPage]:
    """Of each the page its reader would like best, by key."""
    own = {contribution.pk: contribution.language for contribution in contributions}
    reader = get_language()

    def liking(page: BudgetProjectPage) -> tuple[bool, bool, int]:
        language = page.locale.language_code
        return language != reader, language != own[page.project.contribution_id], page.pk

    pages = BudgetProjectPage.objects.live().filter(project__contribution__in=own)
    found: dict[int, BudgetProjectPage] = {}
    for page in sorted(pages.select_related("locale", "project"), key=liking):
        found.setdefault(page.project.contribution_id, page)
    return found
