"""Where the screens about projects are found in Wagtail's admin. Imported by ``wagtail_hooks``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import include, path, reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.widgets import Button
from wagtail.log_actions import LogFormatter

from civic_sourcing.budgets.models import BudgetProjectMixin, BudgetVoteMixin
from civic_sourcing.budgets.policies import MayRunVote
from civic_sourcing.budgets.projects.list_screen import ProjectListView
from civic_sourcing.budgets.projects.listing import BudgetProjectViewSet, facts_of
from civic_sourcing.budgets.projects.origin_screen import OriginsView
from civic_sourcing.budgets.projects.proposal_screen import ChooseVoteView, ProposalsView
from civic_sourcing.budgets.projects.settling import FACTS_NOT_APPLIED
from civic_sourcing.budgets.projects.withdrawal_screen import WithdrawView
from civic_sourcing.core import clock
from civic_sourcing.core.policies import Occasion

NAMESPACE = "civic_budgets_projects"
ADDRESSES = [
    path("choose/", ChooseVoteView.as_view(), name="choose_vote"),
    path("<int:page>/proposals/", ProposalsView.as_view(), name="proposals"),
    path("<int:page>/list/", ProjectListView.as_view(), name="list"),
    path("<uuid:uuid>/origins/", OriginsView.as_view(), name="origins"),
    path("<uuid:uuid>/withdraw/", WithdrawView.as_view(), name="withdraw"),
]

hooks.register("register_admin_viewset", BudgetProjectViewSet)


@hooks.register("register_admin_urls")
def add_project_screens() -> list[object]:
    return [path("civic/projects/", include((ADDRESSES, NAMESPACE)))]


@hooks.register("register_page_header_buttons")
def offer_screens(
    page: Any, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """“Projects from a list” on a vote's page, “Withdraw” on that of a project in the running."""
    found = getattr(page, "specific", page)
    if isinstance(found, BudgetVoteMixin) and found.takes_projects():
        if page.permissions_for_user(user).can_add_subpage():
            url = reverse(f"{NAMESPACE}:list", args=[page.pk])
            yield Button(_("Projects from a list"), url, icon_name="upload", priority=17)
    elif isinstance(found, BudgetProjectMixin) and may_withdraw(found, user):
        url = reverse(f"{NAMESPACE}:withdraw", args=[found.project.contribution.uuid])
        yield Button(_("Withdraw the project"), url, icon_name="cross", priority=55)


@hooks.register("before_bulk_action")
def ask_for_facts(
    request: HttpRequest, action_type: str, objects: Sequence[Any], action: Any
) -> HttpResponse | None:
    """Say which of the projects chosen cannot be published yet; then none of them is."""
    if request.method != "POST" or action_type != "publish":
        return None
    projects = (page.specific for page in objects if hasattr(page, "specific_class"))
    for page in projects:
        if isinstance(page, BudgetProjectMixin) and not page.live and not _has_facts(page):
            title = page.get_admin_display_title()
            sentence = _now("“%(page)s” needs a number and a cost before it can be published.")
            messages.error(request, sentence % {"page": title})
            return redirect("wagtailadmin_pages:edit", page.pk)
    return None


@hooks.register("register_log_actions")
def name_log_actions(actions: Any) -> None:
    @actions.register_action(FACTS_NOT_APPLIED)
    class FactsNotApplied(LogFormatter):
        label = _("Facts did not take effect")

        def format_message(self, entry: Any) -> str:
            return _("The facts of this version did not take effect: %(reason)s") % {
                "reason": entry.data.get("reason", "")
            }


def may_withdraw(page: Any, user: Any) -> bool:
    """Whether ``user`` may take this project off the ballot paper, and it stands there."""
    project = page.project
    if project is None or project.contribution is None or project.outcome != "undecided":
        return False
    return MayRunVote().allows(Occasion(user, project, clock.now()))


def _has_facts(page: Any) -> bool:
    return facts_of(page.get_latest_revision_as_object()).complete
