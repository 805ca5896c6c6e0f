"""What the screens about the projects of one vote share."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import FormView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from civic_sourcing.budgets.models import (
    BudgetRules,
    BudgetVotePage,
    Project,
    VoteArea,
    VoteCategory,
)
from civic_sourcing.budgets.models.projects import project_page_models
from civic_sourcing.budgets.projects.new import NewProject
from civic_sourcing.budgets.projects.policies import MayAddProjects
from civic_sourcing.core import clock
from civic_sourcing.core.money import format_money
from civic_sourcing.core.policies import Occasion
from civic_sourcing.processes.models import Process


class ProjectsScreen(WagtailAdminTemplateMixin, FormView):
    """A form in Wagtail's admin with its way back."""

    header_icon = "list-ul"
    _show_breadcrumbs = True

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": self.back_url, "label": self.get_page_subtitle()},
            {"url": "", "label": self.page_title},
        ]

    @property
    def back_url(self) -> str:
        raise NotImplementedError

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "back_url": self.back_url}


class VoteScreen(ProjectsScreen):
    """A screen about the vote whose page is in the address, for who may add projects there."""

    def dispatch(self, *args: Any, **kwargs: Any) -> Any:
        if not MayAddProjects().allows(Occasion(self.request.user, self.page, clock.now())):
            raise PermissionDenied
        return super().dispatch(*args, **kwargs)

    @cached_property
    def page(self) -> Any:
        """The page projects are put below; one that takes none says so in its editor."""
        page = get_object_or_404(BudgetVotePage, pk=self.kwargs["page"])
        if not page.takes_projects():
            raise Http404
        return page

    @cached_property
    def process(self) -> Process:
        process: Process = self.page.process
        return process

    @cached_property
    def names(self) -> dict[str, dict[str, str]]:
        """What areas and categories are called, by code."""
        models = {"area": VoteArea, "category": VoteCategory}
        return {
            kind: {row.code: row.name for row in model.objects.of(self.process)}
            for kind, model in models.items()
        }

    @cached_property
    def currency(self) -> str:
        rules = BudgetRules.objects.filter(process=self.process).first()
        return rules.currency if rules else ""

    def row(self, project: NewProject) -> dict[str, Any]:
        """What is shown of a project on its way in."""
        facts = project.facts
        return {
            "project": project,
            "cost": self.amounts(facts.cost_least, facts.cost),
            "running_cost": self.amounts(facts.running_cost),
            "area": self.names["area"].get(facts.area, ""),
            "category": self.names["category"].get(facts.category, project.category_text),
        }

    def amounts(self, *amounts: int | None) -> str:
        if not self.currency:
            return ""
        return " – ".join(format_money(each, self.currency) for each in amounts if each is not None)

    def get_page_subtitle(self) -> str:
        title: str = self.page.get_admin_display_title()
        return title

    @property
    def back_url(self) -> str:
        return reverse("wagtailadmin_explore", args=[self.page.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "vote": self.page,
            "has_areas": bool(self.names["area"]),
            "may_publish": self.page.permissions_for_user(self.request.user).can_publish_subpage(),
        }


class OneProjectScreen(ProjectsScreen):
    """A screen about the project whose number in the ledger is in the address."""

    @cached_property
    def project(self) -> Project:
        rows = Project.objects.select_related("process", "contribution__process")
        return get_object_or_404(rows, contribution__uuid=self.kwargs["uuid"])

    @cached_property
    def page(self) -> Any:
        """Its first page, whatever type of page the site has made for projects."""
        models = project_page_models()
        pages = (model._default_manager.filter(project=self.project) for model in models)
        found = [page for rows in pages for page in rows.filter(alias_of=None).order_by("pk")[:1]]
        if not found:
            raise Http404
        return found[0]

    def get_page_subtitle(self) -> str:
        title: str = self.page.get_admin_display_title()
        return title

    @property
    def back_url(self) -> str:
        return reverse("wagtailadmin_pages:edit", args=[self.page.pk])
