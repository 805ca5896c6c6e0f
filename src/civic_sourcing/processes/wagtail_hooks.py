from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.log_actions import LogFormatter

from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.processes.group_panel import RoleAssignmentFormSet
from civic_sourcing.processes.holdings import refusal_to_delete, refusal_to_unpublish
from civic_sourcing.processes.pages import ProcessPageMixin
from civic_sourcing.processes.signal_handlers import RULES_NOT_APPLIED
from civic_sourcing.processes.unpublishing import EXPIRY_REFUSED


@hooks.register("register_group_permission_panel")
def offer_roles() -> type:
    return RoleAssignmentFormSet


@hooks.register("before_delete_page")
def keep_page(request: HttpRequest, page: Any) -> HttpResponse | None:
    return _answer(request, page, refusal_to_delete(_with_translations([page], "delete")))


@hooks.register("before_unpublish_page")
def keep_page_published(request: HttpRequest, page: Any) -> HttpResponse | None:
    return _answer(request, page, _first_refusal(_with_translations([page], "unpublish")))


@hooks.register("before_bulk_action")
def keep_pages(
    request: HttpRequest, action_type: str, objects: Sequence[Any], action: Any
) -> HttpResponse | None:
    if not objects or not hasattr(objects[0], "translation_key") or not hasattr(objects[0], "path"):
        return None
    if action_type == "delete":
        return _answer(request, objects[0], refusal_to_delete(objects))
    if action_type == "unpublish":
        return _answer(request, objects[0], _first_refusal(objects))
    return None


@hooks.register("register_log_actions")
def name_log_actions(actions: Any) -> None:
    @actions.register_action(RULES_NOT_APPLIED)
    class RulesNotApplied(LogFormatter):
        label = _("Rules not put into force")

        def format_message(self, entry: Any) -> str:
            return _("The rules of this version were not put into force: %(reason)s") % {
                "reason": entry.data.get("reason", "")
            }

    @actions.register_action(EXPIRY_REFUSED)
    class ExpiryRefused(LogFormatter):
        label = _("Kept published after its date")

        def format_message(self, entry: Any) -> str:
            return _("This page was due to expire and stays published: %(reason)s") % {
                "reason": entry.data.get("reason", "")
            }


def _first_refusal(pages: Sequence[Any]) -> ActionRefused | None:
    specific = (page.specific for page in pages)
    found = (refusal_to_unpublish(p) for p in specific if isinstance(p, ProcessPageMixin))
    return next((refusal for refusal in found if refusal), None)


def _with_translations(pages: list[Any], action: str) -> list[Any]:
    """What Wagtail will act on besides: translations, where the site keeps its trees alike."""
    more = [
        page
        for construct in hooks.get_hooks("construct_translated_pages_to_cascade_actions")
        for found in (construct(pages, action) or {}).values()
        for page in found
    ]
    return [*pages, *more]


def _answer(request: HttpRequest, page: Any, refusal: ActionRefused | None) -> HttpResponse | None:
    if refusal is None:
        return None
    messages.error(request, refusal.message)
    parent = page.get_parent()
    return redirect("wagtailadmin_explore", parent.pk if parent else page.pk)
