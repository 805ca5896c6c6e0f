"""The page of winners, a winner's own award, and feedback to solvers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from civic_sourcing.challenges.awards.actions import AcceptAward, DeclineAward
from civic_sourcing.challenges.awards.policies import may_take
from civic_sourcing.challenges.entering.places import address
from civic_sourcing.challenges.models import Award, AwardState, ChallengeFacts, Decision, Entry
from civic_sourcing.challenges.policies import is_on_team
from civic_sourcing.challenges.winners.display import decided_rounds
from civic_sourcing.challenges.winners.feedback import feedback_of
from civic_sourcing.core import clock
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.money import format_money
from civic_sourcing.core.policies import Occasion
from civic_sourcing.processes.trail import trail_to

FOLDER = "civic_sourcing/challenges/winners"
STEPS = {"accept": AcceptAward, "decline": DeclineAward}


@require_safe
def winners(request: HttpRequest, page: Any) -> HttpResponse:
    """Who won, by phase; 404 until two people have decided one."""
    at = clock.of_request(request)
    decided = decided_rounds(page.process, at) if page.process_id else []
    if not decided:
        raise Http404("No phase of this challenge is decided.")
    taken_back = Decision.objects.filter(
        round__process=page.process, withdrawn_at__isnull=False, confirmed_at__isnull=False
    )
    context = {
        "decided": decided,
        "taken_back": list(taken_back.select_related("round")),
        "facts": page.facts,
    }
    return _shown(request, page, "winners", context)


@require_http_methods(["GET", "HEAD", "POST"])
def award(request: HttpRequest, page: Any, uuid: UUID) -> HttpResponse:
    """One award, for its team: accept, decline, see what is paid when."""
    rows = Award.objects.filter(placement__entry__process=page.process)
    found = rows.select_related("placement__entry__captain", "placement__prize")
    mine = found.filter(uuid=uuid).first()
    if mine is None or not is_on_team(request.user, mine.placement.entry):
        raise Http404("No award of this visitor's here.")
    refused = ""
    if request.method == "POST":
        try:
            _step(request)(mine, by=request.user).execute()
        except ActionRefused as error:
            refused = error.message
        else:
            messages.success(request, _("Thank you. The city knows."))
            return redirect(address(page, "award", uuid, request=request))
    return _shown(
        request, page, "award", _award_context(request, mine, refused), 409 if refused else 200
    )


def _step(request: HttpRequest) -> Any:
    step = STEPS.get(request.POST.get("step", ""))
    if step is None:
        raise Http404("No such step.")
    return step


def _award_context(request: HttpRequest, mine: Award, refused: str) -> dict[str, Any]:
    currency = ChallengeFacts.objects.of(mine.process).currency
    is_captain = may_take.allows(Occasion(request.user, mine, clock.of_request(request)))
    return {
        "award": mine,
        "money": format_money(mine.amount, currency) if mine.amount else "",
        "instalments": [
            (each, format_money(each.amount, currency)) for each in mine.instalments.all()
        ],
        "can_accept": is_captain and mine.state == AwardState.OFFERED,
        "can_decline": is_captain and mine.state in (AwardState.OFFERED, AwardState.ACCEPTED),
        "refused": refused,
    }


@require_safe
def feedback(request: HttpRequest, page: Any, uuid: UUID) -> HttpResponse:
    """How an entry was judged, for its own team; 404 for all others."""
    entry = Entry.objects.of(page.process).filter(uuid=uuid).first()
    if entry is None or not is_on_team(request.user, entry):
        raise Http404("No entry of this visitor's here.")
    found = feedback_of(entry)
    if not found:
        raise Http404("Nothing is decided yet.")
    return _shown(request, page, "feedback", {"entry": entry, "phases": found})


def _shown(
    request: HttpRequest, page: Any, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    known = {
        "page": page,
        "self": page,
        "trail": [*trail_to(page, request), {"title": page.title, "url": page.get_url(request)}],
        "winners_url": address(page, "winners", request=request),
    }
    response = TemplateResponse(
        request, f"{FOLDER}/{template}.html", {**known, **context}, status=status
    )
    if template != "winners":
        response.headers["Cache-Control"] = "private, no-store"
    return response
