"""What editors see of a vote but cannot type: figures that must stay as they were published."""

from __future__ import annotations

from typing import Any

from wagtail.admin.panels import Panel


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
    """Money, ballot, rule, number of ballots and the latest count of a vote."""

    template_name = "civic_sourcing/budgets/admin/vote_facts.html"


class ProjectFactsPanel(_FactsPanel):
    """Number, cost and outcome of a project."""

    template_name = "civic_sourcing/budgets/admin/project_facts.html"
