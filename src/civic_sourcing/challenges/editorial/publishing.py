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
from civic_sourcing.challenges.editorial.points import lacking_texts
from civic_sourcing.challenges.freezing import OUT
from civic_sourcing.challenges.models import ChallengeFacts, ChallengeMixin, EditorialState
from civic_sourcing.challenges.roles import STEWARD
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.processes.roles import roles_of

NOT_APPROVED = _(
    "A challenge is published once a steward has approved it. What you typed is saved; send it to "
    "the review in its section “Review”."
)


LACKING = _("This cannot be published as it is. These texts are missing: %(texts)s.")

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
        return _refuse_lacking(request, page, facts)
    if facts.state != EditorialState.APPROVED:
        messages.error(request, NOT_APPROVED)
    elif refusal := _publish(page, request.user):
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("The challenge is published."))
    return redirect("civic_challenges_desk:review", page.process.uuid)


def _refuse_lacking(request: HttpRequest, page: Any, facts: ChallengeFacts) -> HttpResponse | None:
    if sentence := lacks_of(page, facts):
        messages.error(request, sentence)
        return redirect("wagtailadmin_pages:edit", page.pk)
    return None


def lacks_of(page: Any, facts: ChallengeFacts) -> str:
    """
    Why people may not see ``page`` of a challenge that is out, such as a translation half done.

    Records of challenges held elsewhere stay as they are.
    """
    lacking = [] if facts.imported else lacking_texts(page)
    return str(LACKING) % {"texts": ", ".join(lacking)} if lacking else ""


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
        if not isinstance(page, ChallengeMixin) or page.live:
            continue
        facts = ChallengeFacts.objects.of(page.process)
        latest = page.get_latest_revision_as_object()
        sentence = lacks_of(latest, facts) if facts.state in OUT else NOT_APPROVED
        if sentence:
            messages.error(request, f"{page.get_admin_display_title()}: {sentence}")
            return redirect(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    return None


def _publish(page: Any, user: Any) -> ActionRefused | None:
    try:
        PublishChallenge(page.process, by=user).execute()
    except ActionRefused as refusal:
        return refusal
    return None
