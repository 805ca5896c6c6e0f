"""Asking a guardian (signed in) and the guardian's own page (without an account)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.participants.actions import (
    AskGuardian,
    ConsentAsGuardian,
    RefuseAsGuardian,
    WithdrawAsGuardian,
)
from civic_sourcing.participants.age import matters_of, needs_guardian, open_request
from civic_sourcing.participants.conf import conf
from civic_sourcing.participants.forms import GuardianForm
from civic_sourcing.participants.guardians import find_by_token
from civic_sourcing.participants.models import GuardianConsent, Participant
from civic_sourcing.participants.views.answers import for_oneself, show, status_of

ANSWERS = {
    "consent": ConsentAsGuardian,
    "refuse": RefuseAsGuardian,
    "withdraw": WithdrawAsGuardian,
}


@require_http_methods(["GET", "HEAD", "POST"])
@for_oneself
def ask_guardian(request: HttpRequest, participant: Participant) -> HttpResponse:
    """The form for a guardian's address, and whether somebody was asked already."""
    if not needs_guardian(participant):
        return redirect("civic_participants:me")
    form = GuardianForm(request.POST or None)
    context: dict[str, Any] = {
        "form": form,
        "request_open": open_request(participant),
        "days": conf.GUARDIAN_DAYS,
    }
    if request.method != "POST" or not form.is_valid():
        return show(request, "ask_guardian", context)
    address = form.cleaned_data["address"]
    try:
        AskGuardian(participant, by=request.user, address=address).execute()
    except ActionRefused as refused:
        form.add_error("address", refused.message)
        return show(request, "ask_guardian", context, status=status_of(refused))
    messages.success(request, _("The letter is on its way."), fail_silently=True)
    return redirect("civic_participants:ask_guardian")


@never_cache
@sensitive_variables("token")
@require_http_methods(["GET", "HEAD", "POST"])
def guardian(request: HttpRequest, token: str) -> HttpResponse:
    """What a child wants to publish, and a guardian's answer. The link alone changes nothing."""
    consent = find_by_token(token)
    if consent is None:
        raise Http404
    refused = answer(request, consent, token) if request.method == "POST" else None
    consent.refresh_from_db()
    context = {
        "consent": consent,
        "participant": consent.participant,
        "matters": matters_of(consent.participant),
        "refused": refused.message if refused else "",
        "age_limit": conf.AGE_LIMIT,
    }
    response = show(request, "guardian", context, status=status_of(refused) if refused else 200)
    # Not "no-referrer": browsers would then send "Origin: null", which fails the CSRF check.
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex"
    return response


def answer(request: HttpRequest, consent: GuardianConsent, token: str) -> ActionRefused | None:
    step = ANSWERS.get(request.POST.get("answer", ""))
    if step is None:
        return None
    by = request.user if request.user.is_authenticated else None
    try:
        step(consent, by=by, token=token).execute()
    except ActionRefused as refused:
        return refused
    return None
