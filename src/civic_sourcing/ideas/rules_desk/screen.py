"""The screen on which editors say what holds in a forum."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import path
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from civic_sourcing.core import clock
from civic_sourcing.ideas.actions.rules import SetForumRules
from civic_sourcing.ideas.models import ForumRules, ThresholdRule
from civic_sourcing.ideas.recipes import find_recipe, recipes
from civic_sourcing.ideas.rules_desk.forms import (
    ForumRulesForm,
    ThresholdFormSet,
    initial_of,
    rows_of,
)
from civic_sourcing.processes.process_screens import ProcessScreen

PREFIX = "thresholds"


class ForumRulesView(ProcessScreen):
    """
    Say what holds in a forum. For people who may publish one of its pages.

    ``?recipe=`` fills the form from a preset; nothing holds before it is sent.
    """

    form_class = ForumRulesForm
    template_name = "civic_sourcing/ideas/admin/forum_rules.html"
    page_title = _("Rules of the forum")
    header_icon = "list-ul"
    done = _("The rules of the forum are changed.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "process": self.process}

    def get_initial(self) -> dict[str, Any]:
        return initial_of(ForumRules.objects.of(self.process), self.recipe)

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.get_form()
        if form.is_valid() & self.thresholds.is_valid():
            return self.form_valid(form)
        return self.form_invalid(form)

    def settle(self, form: ForumRulesForm) -> None:
        thresholds = self.thresholds.thresholds(self.rows)
        SetForumRules(
            self.process, by=self.request.user, thresholds=thresholds, **form.values()
        ).execute()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return {
            **context,
            "thresholds": self.thresholds,
            "recipes": recipes(),
            "recipe": self.recipe,
            "ended": [rule for rule in self._all if rule not in self.rows],
            "media": self.thresholds.media + context["form"].media,
        }

    @cached_property
    def recipe(self) -> Any:
        return find_recipe(self.request.GET.get("recipe", ""))

    @cached_property
    def rows(self) -> list[ThresholdRule]:
        """Thresholds that hold now or later; those that have ended are history."""
        at = clock.now()
        return [rule for rule in self._all if rule.valid_to is None or rule.valid_to > at]

    @cached_property
    def thresholds(self) -> Any:
        return ThresholdFormSet(
            self.request.POST if self.request.method == "POST" else None,
            prefix=PREFIX,
            initial=rows_of(self.rows, self.recipe),
        )

    @cached_property
    def _all(self) -> list[ThresholdRule]:
        return list(ThresholdRule.objects.of(self.process))


ADDRESSES = [
    path("processes/<uuid:uuid>/rules/", ForumRulesView.as_view(), name="forum_rules"),
]
