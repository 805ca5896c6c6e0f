"""A forum an agency begins is not published before people know why, who answers, and by when."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages

from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.ideas.actions.rules import incomplete
from civic_sourcing.ideas.models import ForumRules, IdeaForumMixin


def refusal_to_publish(page: Any) -> ActionRefused | None:
    """Why this page cannot be published yet, or ``None``."""
    if not isinstance(page, IdeaForumMixin) or not page.lacks_rules():
        return None
    return incomplete(ForumRules.objects.of(page.process))


def refuse_in_editor(request: HttpRequest, page: Any) -> HttpResponse | None:
    """Answer a press on “Publish” with what is missing; what was typed is saved as a draft."""
    refusal = refusal_to_publish(page)
    if refusal is None or page.live:
        return None
    messages.error(request, refusal.message)
    return redirect("wagtailadmin_pages:edit", page.pk)


def refuse_in_bulk(
    request: HttpRequest, action_type: str, objects: Sequence[Any], action: Any
) -> HttpResponse | None:
    if request.method != "POST" or action_type != "publish":
        return None
    chosen = [page.specific for page in objects]
    if request.POST.get("include_descendants"):
        chosen += [below for page in objects for below in page.get_descendants().specific()]
    for page in chosen:
        refusal = None if page.live else refusal_to_publish(page)
        if refusal:
            messages.error(request, f"{page.get_admin_display_title()}: {refusal.message}")
            return redirect("wagtailadmin_pages:edit", page.pk)
    return None
