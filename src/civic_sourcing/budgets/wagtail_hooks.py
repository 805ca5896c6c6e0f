from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import include, path
from wagtail import hooks
from wagtail.admin import messages

from civic_sourcing.budgets.booth_desk.screens import VoteDeskViewSet
from civic_sourcing.budgets.desk.names import NAMESPACE
from civic_sourcing.budgets.desk.urls import ADDRESSES
from civic_sourcing.budgets.keeping import refusal_to_remove
from civic_sourcing.budgets.models import BudgetProjectMixin
from civic_sourcing.budgets.polling_desk.viewset import PollingViewSet
from civic_sourcing.budgets.projects import hooks as _project_hooks  # noqa: F401

hooks.register("register_admin_viewset", PollingViewSet)
hooks.register("register_admin_viewset", VoteDeskViewSet)


@hooks.register("before_delete_page")
def keep_project(request: HttpRequest, page: Any) -> HttpResponse | None:
    return _answer(request, [page])


@hooks.register("before_unpublish_page")
def keep_project_published(request: HttpRequest, page: Any) -> HttpResponse | None:
    return _answer(request, [page], unpublish=True)


@hooks.register("before_bulk_action")
def keep_projects(
    request: HttpRequest, action_type: str, objects: Sequence[Any], action: Any
) -> HttpResponse | None:
    pages = [page for page in objects if hasattr(page, "specific_class")]
    if action_type in {"delete", "unpublish"}:
        return _answer(request, pages, unpublish=action_type == "unpublish")
    return None


@hooks.register("register_admin_urls")
def add_desk() -> list[object]:
    return [path("civic/votes/", include((ADDRESSES, NAMESPACE)))]


def _answer(
    request: HttpRequest, pages: Sequence[Any], *, unpublish: bool = False
) -> HttpResponse | None:
    projects = (page.specific for page in pages)
    for page in projects:
        if not isinstance(page, BudgetProjectMixin):
            continue
        if refusal := refusal_to_remove(page, unpublish=unpublish):
            messages.error(request, refusal.message)
            return redirect("wagtailadmin_explore", page.get_parent().pk)
    return None
