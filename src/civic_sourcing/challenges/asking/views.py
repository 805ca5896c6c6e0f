"""The page of questions and replies."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from civic_sourcing.challenges.asking.actions import AskQuestion, while_questions_are_taken
from civic_sourcing.challenges.asking.forms import AskForm
from civic_sourcing.challenges.doors import Door, register_door
from civic_sourcing.challenges.entering.places import address
from civic_sourcing.challenges.entering.visits import Visit, of_challenge, status_of
from civic_sourcing.challenges.models import SolverQuestion
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.limits import client_ip
from civic_sourcing.core.policies import Occasion


def replied(process: Any) -> Any:
    """What everybody reads, in the order in which it was asked."""
    return SolverQuestion.objects.filter(process=process).exclude(reply="")


@require_http_methods(["GET", "HEAD", "POST"])
@of_challenge
def questions(visit: Visit) -> HttpResponse:
    """Questions with their replies, one's own that wait, and the form."""
    if visit.request.method != "POST":
        return show(visit, AskForm())
    form = AskForm(visit.request.POST)
    if not visit.request.user.is_authenticated:
        return redirect_to_login(visit.url("questions"))
    if not form.is_valid():
        return show(visit, form, status=422)
    user, ip = visit.request.user, client_ip(visit.request)
    try:
        AskQuestion(visit.process, by=user, text=form.cleaned_data["text"], ip=ip).execute()
    except ActionRefused as refused:
        return show(visit, form, refused=refused.message, status=status_of(refused))
    said = _("Your question is asked. You are told when it is answered.")
    messages.success(visit.request, said, fail_silently=True)
    return visit.lead_to("questions")


def show(visit: Visit, form: AskForm, *, refused: str = "", status: int = 200) -> HttpResponse:
    mine: Any = []
    if visit.participant:
        rows = SolverQuestion.objects.filter(process=visit.process, participant=visit.participant)
        mine = rows.filter(reply="")
    refusal = while_questions_are_taken.refusal(
        Occasion(visit.request.user, visit.process, visit.at)
    )
    context = {
        "form": form,
        "refused": refused,
        "questions": replied(visit.process),
        "mine": mine,
        "no_more": str(refusal.message) if refusal else "",
    }
    return visit.show("questions", context, status=status)


def register() -> None:
    register_door(door_to_questions, order=20)


def door_to_questions(page: Any, request: HttpRequest, at: datetime) -> Iterator[Door]:
    """While questions are taken, and afterwards where any were answered."""
    if page.process is None or page.facts.external_url:
        return
    open_now = while_questions_are_taken.allows(Occasion(request.user, page.process, at))
    if open_now or replied(page.process).exists():
        url = address(page, "questions", request=request)
        yield Door(_("Questions and answers"), url, variant="secondary", icon="comment")
