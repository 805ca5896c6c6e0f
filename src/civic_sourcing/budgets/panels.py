"""What editors see of a vote but cannot type: figures that must stay as they were published."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from wagtail.admin.panels import Panel

from civic_sourcing.attribution.credits.policies import may_merge
from civic_sourcing.core import clock
from civic_sourcing.core.policies import Occasion


class _FactsPanel(Panel):
    """A panel without fields; ``template_name`` gets the page as ``page``."""

    template_name: str

    class BoundPanel(Panel.BoundPanel):
        @property
        def template_name(self) -> str:
            return self.panel.template_name

        def is_shown(self) -> bool:
            return self.instance.pk is not None and super().is_shown()

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            return {**super().get_context_data(parent_context), "page": self.instance}


class VoteFactsPanel(_FactsPanel):
    """Money, ballot, rule, number of ballots and the latest count of an imported vote."""

    template_name = "civic_sourcing/budgets/admin/vote_facts.html"

    class BoundPanel(_FactsPanel.BoundPanel):
        def is_shown(self) -> bool:
            rules = self.instance.rules
            return rules is not None and rules.imported and super().is_shown()


class ProjectFactsPanel(Panel):
    """The facts of a project: typed here, in force when the page is published."""

    def classes(self) -> list[str]:
        return [*super().classes(), "w-panel--nested"]

    class BoundPanel(Panel.BoundPanel):
        template_name = "civic_sourcing/budgets/admin/project_facts.html"

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            page, form = self.instance, getattr(self.form, "facts", None)
            url = _origins_url(page, self.request.user) if self.request else ""
            return {**context, "page": page, "facts": form, "origins_url": url}


def _origins_url(page: Any, user: Any) -> str:
    """Where officials say what the project was made of; empty while it is not in the ledger."""
    contribution = page.project.contribution if page.project else None
    if contribution is None or not may_merge.allows(Occasion(user, contribution, clock.now())):
        return ""
    return reverse("civic_budgets_projects:origins", args=[contribution.uuid])
