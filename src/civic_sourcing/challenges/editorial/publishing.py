"""The editor's button “Publish”: a challenge goes out when it is approved, by its own step."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages

from civic_sourcing.challenges.actions.review import PublishChallenge
from civic_sourcing.challenges.freezing import OUT
from civic_sourcing.challenges.models import ChallengeFacts, ChallengeMixin, EditorialState
from civic_sourcing.challenges.roles import STEWARD
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.processes.roles import roles_of

NOT_APPROVED = _(
    "A challenge is published once a steward has approved it. What you typed is saved; send it to "
    "the review in its section “Review”."
)


IN_REVIEW = _(
    "The challenge is being reviewed. Take it back from the review if you want to change it."
)


def refuse_in_editor(request: HttpRequest, page: Any) -> HttpResponse | None:
    """
    Answer a press on “Publish” of a challenge that is not out yet.

    Where it is approved this is the step itself; otherwise a sentence says the way.
    """
    if not isinstance(page, ChallengeMixin) or page.process is None:
        return None
    facts = ChallengeFacts.objects.of(page.process)
    if facts.state in OUT:
        return None
    if facts.state != EditorialState.APPROVED:
        messages.error(request, NOT_APPROVED)
    elif refusal := _publish(page, request.user):
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("The challenge is published."))
    return redirect("civic_challenges_desk:review", page.process.uuid)


def keep_in_review(request: HttpRequest, page: Any) -> HttpResponse | None:
    """While stewards read a challenge, its page is not changed by the editor either."""
    if request.method != "POST" or not isinstance(page, ChallengeMixin) or page.process is None:
        return None
    facts = ChallengeFacts.objects.of(page.process)
    if facts.state != EditorialState.IN_REVIEW or STEWARD in roles_of(request.user, page):
        return None
    messages.error(request, IN_REVIEW)
    return redirect("civic_challenges_desk:review", page.process.uuid)


def refuse_in_bulk(
    request: HttpRequest, action_type: str, objects: Sequence[Any], action: Any
) -> HttpResponse | None:
    """Publishing many pages at once lets no challenge through that is not out yet."""
    if request.method != "POST" or action_type != "publish":
        return None
    chosen = [page.specific for page in objects]
    if request.POST.get("include_descendants"):
        chosen += [below for page in objects for below in page.get_descendants().specific()]
    for page in chosen:
        if isinstance(page, ChallengeMixin) and not page.live and not is_out(page):
            messages.error(request, f"{page.get_admin_display_title()}: {NOT_APPROVED}")
            return redirect(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    return None


def is_out(page: Any) -> bool:
    """Whether people may see this challenge."""
    return ChallengeFacts.objects.filter(process=page.process_id, state__in=OUT).exists()


def _publish(page: Any, user: Any) -> ActionRefused | None:
    try:
        PublishChallenge(page.process, by=user).execute()
    except ActionRefused as refusal:
        return refusal
    return None
