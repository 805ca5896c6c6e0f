"""Projects as contributions: what ideas become, and where credits end."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

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
        """The project's page in the language it was entered in, else in another one."""
        pages = BudgetProjectPage.objects.live().filter(project__contribution=contribution)
        found = sorted(
            pages.select_related("locale"),
            key=lambda page: (page.locale.language_code != contribution.language, page.pk),
        )
        return (found[0].get_url() or "") if found else ""

    def urls(self, contributions: Sequence[Contribution]) -> Mapping[int, str]:
        """The same for all of them at once."""
        languages = {contribution.pk: contribution.language for contribution in contributions}
        pages = BudgetProjectPage.objects.live().filter(project__contribution__in=languages)
        found: dict[int, str] = {}
        for page in sorted(
            pages.select_related("locale", "project"),
            key=lambda page: (
                page.locale.language_code != languages[page.project.contribution_id],
                page.pk,
            ),
        ):
            found.setdefault(page.project.contribution_id, page.get_url() or "")
        return found

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
