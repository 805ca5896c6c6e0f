from __future__ import annotations

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from civic_sourcing.core.exceptions import ActionRefused, RateLimited
from civic_sourcing.participants.actions import EraseParticipant
from civic_sourcing.participants.forms import PASSWORD_TRIES, EraseForm
from civic_sourcing.participants.models import Participant
from civic_sourcing.participants.views.answers import for_oneself, show, status_of


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
@for_oneself
def erase(request: HttpRequest, participant: Participant) -> HttpResponse:
    """Ask how, ask for the password where there is one, and let the person go."""
    if request.method != "POST":
        form = EraseForm(user=request.user)
        return show(request, "erase", {"form": form, "participant": participant})
    form = EraseForm(request.POST, user=request.user)
    context = {"form": form, "participant": participant}
    try:
        PASSWORD_TRIES.hit(participant.uuid)
        if not form.is_valid():
            return show(request, "erase", context)
        leave(request, participant, blank_texts=form.cleaned_data["texts"] == "blank")
    except ActionRefused as refused:
        context["refused"] = refused.message
        if isinstance(refused, RateLimited):
            context["form"] = EraseForm(user=request.user)
        return show(request, "erase", context, status=status_of(refused))
    return redirect("civic_participants:erased")


def leave(request: HttpRequest, participant: Participant, *, blank_texts: bool) -> None:
    EraseParticipant(participant, by=request.user, blank_texts=blank_texts).execute()
    logout(request)


@require_safe
def erased(request: HttpRequest) -> HttpResponse:
    """The last word, to somebody who is nobody here any more."""
    return show(request, "erased", {"title": _("Your account is deleted")})
