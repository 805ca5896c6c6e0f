"""What a judge is asked to do: invitations, and the entries of each panel."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from civic_sourcing.challenges.models import Assignment, Judge, JudgeState
from civic_sourcing.challenges.panel.actions import AcceptJudging, DeclineJudging, StepDown
from civic_sourcing.challenges.panel.forms import AcceptForm
from civic_sourcing.challenges.panel.invitations import find_by_token
from civic_sourcing.challenges.panel.news import title_of
from civic_sourcing.challenges.panel.tasks import panels_of, tasks_of
from civic_sourcing.challenges.panel.views.answers import for_judge, show
from civic_sourcing.core import clock
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.participants.standing import participant_of


@require_safe
@never_cache
@login_required
def index(request: HttpRequest) -> HttpResponse:
    """Every panel this person is on or is asked to join."""
    return show(request, "index", {"panels": panels_of(participant_of(request.user))})


@never_cache
@sensitive_variables("token")
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the link of a letter. The link alone changes nothing."""
    judge = find_by_token(token)
    if judge is None or judge.state != JudgeState.INVITED:
        raise Http404
    response = answer(request, judge, token)
    response["Referrer-Policy"] = "same-origin"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@for_judge
def panel(request: HttpRequest, judge: Judge) -> HttpResponse:
    """One panel: the invitation while it is open, then what there is to judge."""
    if judge.state == JudgeState.INVITED:
        return answer(request, judge, "")
    if request.method == "POST":
        raise Http404
    return show(request, "panel", panel_context(judge), judge=judge)


def panel_context(judge: Judge) -> dict[str, Any]:
    at = clock.now()
    tasks = tasks_of(judge, at)
    done = sum(task.is_done for task in tasks)
    return {
        "judge": judge,
        "title": title_of(judge.process),
        "tasks": tasks,
        "done": done,
        "total": sum(not task.is_closed for task in tasks),
        "is_member": judge.state == JudgeState.ACCEPTED,
    }


def answer(request: HttpRequest, judge: Judge, token: str) -> HttpResponse:
    """Accept or decline; whoever accepts has to be signed in."""
    form = AcceptForm(request.POST if request.POST.get("step") == "accept" else None)
    context = {
        "judge": judge,
        "form": form,
        "title": title_of(judge.process),
        "rounds": list(judge.process.rounds.order_by("number")),
        "login_url": redirect_to_login(request.get_full_path()).url,
    }
    steps = {"accept": AcceptJudging, "decline": DeclineJudging}
    step = steps.get(request.POST.get("step", ""))
    if step is None:
        return show(request, "invitation", context)
    if step is AcceptJudging and not form.is_valid():
        return show(request, "invitation", context, invalid=True)
    by = request.user if request.user.is_authenticated else None
    extra = {"promised": True} if step is AcceptJudging else {}
    try:
        step(judge, by=by, token=token, **extra).execute()
    except ActionRefused as refused:
        return show(request, "invitation", context, refused=refused)
    if step is DeclineJudging:
        messages.success(request, _("Thank you for telling us."), fail_silently=True)
        return redirect("civic_judging:index" if by else "/")
    messages.success(request, _("You are on the panel."), fail_silently=True)
    return redirect("civic_judging:panel", judge.uuid)


@require_http_methods(["GET", "HEAD", "POST"])
@for_judge
def step_down(request: HttpRequest, judge: Judge) -> HttpResponse:
    """Leave a panel, after asking once."""
    if judge.state != JudgeState.ACCEPTED:
        raise Http404
    left = Assignment.objects.open().filter(judge=judge).count()
    context = {"judge": judge, "title": title_of(judge.process), "left": left}
    if request.method != "POST":
        return show(request, "step_down", context, judge=judge)
    try:
        StepDown(judge, by=request.user).execute()
    except ActionRefused as refused:
        return show(request, "step_down", context, judge=judge, refused=refused)
    messages.success(request, _("You have left the panel."), fail_silently=True)
    return redirect("civic_judging:index")
