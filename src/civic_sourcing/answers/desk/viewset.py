"""The screens of officials in Wagtail's admin, and their place in the menu."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import include, path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from civic_sourcing.answers.desk import adoptions, answers, promises
from civic_sourcing.answers.desk.adoption_lists import AdoptionsView, GapsView
from civic_sourcing.answers.desk.contribution import ContributionView
from civic_sourcing.answers.desk.names import URL_NAME
from civic_sourcing.answers.desk.queue import QueueView
from civic_sourcing.answers.places import answers_somewhere, promises_for


class AnswersMenuItem(MenuItem):
    """For officials only, with how much is overdue."""

    def is_shown(self, request: HttpRequest) -> bool:
        return answers_somewhere(request.user)

    def render_component(self, request: HttpRequest) -> Any:
        component = super().render_component(request)
        number = promises_for(request.user).overdue(timezone.now()).count()
        if number:
            component.label = f"{self.label} ({number})"
        return component


def named(steps: dict[str, tuple[Any, str]]) -> list[Any]:
    return [path(address, view.as_view(), name=name) for address, (view, name) in steps.items()]


ABOUT_CONTRIBUTION = {
    "": (ContributionView, "contribution"),
    "promise/": (promises.MakePromiseView, "promise"),
    "promises/<uuid:promise>/hand-over/": (promises.AssignView, "assign"),
    "promises/<uuid:promise>/extend/": (promises.ExtendView, "extend"),
    "promises/<uuid:promise>/waive/": (promises.WaiveView, "waive"),
    "answer/": (answers.DraftView, "draft"),
    "adopt/": (adoptions.AdoptView, "adopt"),
}
ABOUT_ANSWER = {
    "": (answers.PreviewView, "answer"),
    "change/": (answers.ReviseView, "revise"),
    "discard/": (answers.DiscardView, "discard"),
    "correct/": (answers.CorrectView, "correct"),
    "parts/<int:part>/": (answers.PartView, "part"),
}
ABOUT_ADOPTION = {
    "": (adoptions.AdoptionView, "adoption"),
    "plan/": (adoptions.PlanView, "plan"),
    "status/": (adoptions.StatusView, "status"),
    "news/": (adoptions.NewsView, "news"),
    "milestones/": (adoptions.AddMilestoneView, "add_milestone"),
    "milestones/<uuid:milestone>/": (adoptions.MilestoneView, "milestone"),
    "milestones/<uuid:milestone>/remove/": (adoptions.RemoveMilestoneView, "remove_milestone"),
}


class AnswersViewSet(ViewSet):
    """Answers: what is owed, one contribution, adoptions, gaps."""

    name = URL_NAME
    url_prefix = "civic/answers"
    icon = "mail"
    menu_label = _("Answers")
    menu_name = "civic-answers"
    menu_order = 245
    add_to_admin_menu = True
    menu_item_class = AnswersMenuItem

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", QueueView.as_view(), name="index"),
            path("results/", QueueView.as_view(results_only=True), name="index_results"),
            path("adopted/", AdoptionsView.as_view(), name="adoptions"),
            path(
                "adopted/results/",
                AdoptionsView.as_view(results_only=True),
                name="adoptions_results",
            ),
            path("gaps/", GapsView.as_view(), name="gaps"),
            path("gaps/results/", GapsView.as_view(results_only=True), name="gaps_results"),
            path("adopted/<uuid:adoption>/", include(named(ABOUT_ADOPTION))),
            path("<uuid:uuid>/", include(named(ABOUT_CONTRIBUTION))),
            path("<uuid:uuid>/answers/<uuid:answer>/", include(named(ABOUT_ANSWER))),
        ]
