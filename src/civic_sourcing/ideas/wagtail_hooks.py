"""The page buttons of the admin, turned into the ledger's steps: hide and restore."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import include, path
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages

from civic_sourcing.attribution.actions import HideContribution, RestoreContribution
from civic_sourcing.attribution.models import State
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.ideas import host_lists
from civic_sourcing.ideas.desk.bulk import BULK_ACTIONS
from civic_sourcing.ideas.desk.listing import IdeaViewSet
from civic_sourcing.ideas.desk.ways import BULK_ACTIONS as WAYS_ON
from civic_sourcing.ideas.form_desk.screen import ADDRESSES as FORM
from civic_sourcing.ideas.models import IdeaMixin
from civic_sourcing.ideas.places_desk.screen import ADDRESSES as PLACES
from civic_sourcing.ideas.rules_desk import publishing
from civic_sourcing.ideas.rules_desk.screen import ADDRESSES

STEPS = {"unpublish": HideContribution, "publish": RestoreContribution}


@hooks.register("before_unpublish_page")
def hide_instead(request: HttpRequest, page: Any) -> HttpResponse | None:
    """Hide an idea where a page would be unpublished; refuse to take ideas below along."""
    if isinstance(page.specific, IdeaMixin):
        return _answer(request, [page.specific], "unpublish")
    if request.method == "POST" and request.POST.get("include_descendants"):
        return _refuse_descendants(request, page)
    return None


@hooks.register("before_publish_page")
def restore_first(request: HttpRequest, page: Any) -> HttpResponse | None:
    """Put a hidden idea back before its changes are published."""
    if not isinstance(page, IdeaMixin) or page.contribution.state != State.HIDDEN:
        return None
    refusal = _step(page, request.user, "publish")
    if refusal is None:
        page.contribution.refresh_from_db()
        return None
    messages.error(request, refusal.message)
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("before_bulk_action")
def hide_or_restore_many(
    request: HttpRequest, action_type: str, objects: Sequence[Any], action: Any
) -> HttpResponse | None:
    """Do the ledger's step for every idea chosen; pages of other kinds are left to Wagtail."""
    if request.method != "POST" or action_type not in STEPS:
        return None
    ideas = [page.specific for page in objects if isinstance(page.specific, IdeaMixin)]
    if ideas and len(ideas) == len(objects):
        return _answer(request, ideas, action_type)
    if ideas:
        messages.error(
            request, _("Please choose either contributions or other pages, not both at once.")
        )
        return _back(request, ideas[0])
    if action_type == "unpublish" and request.POST.get("include_descendants"):
        answers = (_refuse_descendants(request, page) for page in objects)
        return next((answer for answer in answers if answer), None)
    return None


def _answer(request: HttpRequest, ideas: list[Any], step: str) -> HttpResponse | None:
    if request.method != "POST":
        return None
    for idea in ideas:
        refusal = _step(idea, request.user, step)
        if refusal:
            messages.error(request, refusal.message)
        elif step == "unpublish":
            messages.success(request, _("“%(idea)s” is hidden.") % {"idea": idea.title})
        else:
            messages.success(request, _("“%(idea)s” can be seen again.") % {"idea": idea.title})
    return _back(request, ideas[0])


def _step(idea: Any, user: Any, step: str) -> ActionRefused | None:
    try:
        STEPS[step](idea.contribution, by=user).execute()
    except ActionRefused as refused:
        return refused
    return None


def _refuse_descendants(request: HttpRequest, page: Any) -> HttpResponse | None:
    below = page.get_descendants().live().type(IdeaMixin)
    if not below.exists():
        return None
    sentence = _(
        "“%(page)s” cannot be unpublished with all pages below: there are contributions among "
        "them, and people must be able to see what they handed in."
    )
    messages.error(request, sentence % {"page": page.get_admin_display_title()})
    return _back(request, page)


def _back(request: HttpRequest, page: Any) -> HttpResponse:
    parent = page.get_parent()
    return redirect("wagtailadmin_explore", parent.pk if parent else page.pk)


for bulk_action in (*BULK_ACTIONS, *WAYS_ON):
    hooks.register("register_bulk_action", bulk_action)
hooks.register("register_admin_viewset", IdeaViewSet)
hooks.register("before_publish_page", publishing.refuse_in_editor)
hooks.register("before_bulk_action", publishing.refuse_in_bulk)
hooks.register("construct_explorer_page_queryset", host_lists.for_explorer)
hooks.register("construct_page_chooser_queryset", host_lists.for_chooser)
hooks.register("construct_homepage_summary_items", host_lists.count_own_pages, order=100)


@hooks.register("register_admin_urls")
def add_process_addresses() -> list[object]:
    return [path("civic/", include(([*ADDRESSES, *FORM, *PLACES], "civic_ideas_processes")))]
