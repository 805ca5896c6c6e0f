"""The list of a vote's projects in Wagtail's explorer: what each is called, costs, belongs to."""

from __future__ import annotations

from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BaseColumn, Column
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn, PageTitleColumn
from wagtail.admin.views.pages.listing import ExplorableIndexView
from wagtail.admin.viewsets.pages import PageViewSet

from civic_sourcing.budgets.models import BudgetProjectPage, BudgetRules
from civic_sourcing.budgets.projects.facts import Facts, FactsDraft
from civic_sourcing.budgets.projects.shown import cost_text


class ProjectsView(ExplorableIndexView):
    """Projects in the order of the ballot paper, drafts last."""

    default_ordering = "project__position"

    @cached_property
    def columns(self) -> list[BaseColumn]:
        return [
            BulkActionsColumn("bulk_actions"),
            Column("number", label=_("Number"), accessor=number_of, sort_key="project__position"),
            PageTitleColumn("title", label=_("Title"), sort_key="title", classname="title"),
            Column("cost", label=_("Cost"), accessor=self.cost_of, sort_key="project__cost"),
            Column("area", label=_("Area"), accessor=area_of),
            Column("outcome", label=_("Outcome"), accessor=outcome_of),
            PageStatusColumn("status", label=_("Status"), sort_key="live"),
        ]

    @property
    def explorable_columns(self) -> list[BaseColumn]:
        """Projects have no pages below them to go on to."""
        return self.columns

    @cached_property
    def currency(self) -> str:
        process = getattr(self.parent_page, "process_id", None)
        rules = BudgetRules.objects.filter(process=process).first() if process else None
        return rules.currency if rules else ""

    def annotate_queryset(self, pages: Any) -> Any:
        pages = super().annotate_queryset(pages)
        return pages.prefetch_related("project__area", "project__process")

    def cost_of(self, page: Any) -> str:
        facts = facts_of(page)
        if facts.cost is None or not self.currency:
            return "–"
        return cost_text(facts.cost, facts.cost_least, self.currency)


class BudgetProjectViewSet(PageViewSet):
    """
    How projects are listed below their vote. For a project page type of your own, subclass it with
    that ``model`` and register it with the hook ``register_admin_viewset``.
    """

    model = BudgetProjectPage
    index_view_class = ProjectsView
    columns = PageViewSet.UNDEFINED


def facts_of(page: Any) -> Facts:
    """The facts in force; of a draft those that were typed."""
    draft = FactsDraft.from_json(page.facts_draft) if page.project is None else None
    return draft.facts if draft else Facts.of(page.project)


def number_of(page: Any) -> str:
    return facts_of(page).number or "–"


def area_of(page: Any) -> str:
    return str(page.project.area) if page.project and page.project.area else "–"


def outcome_of(page: Any) -> str:
    return page.project.get_outcome_display() if page.project else "–"
