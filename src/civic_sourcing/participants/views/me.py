from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from civic_sourcing.core import clock
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.personal_records import personal_records
from civic_sourcing.participants.actions import AnswerAgeQuestion, ChangeProfile
from civic_sourcing.participants.age import needs_guardian, open_request
from civic_sourcing.participants.forms import ProfileForm
from civic_sourcing.participants.models import Participant
from civic_sourcing.participants.standing import suspension_at
from civic_sourcing.participants.views.answers import for_oneself, show, status_of


@require_safe
@for_oneself
def me(request: HttpRequest, participant: Participant) -> HttpResponse:
    """Everything kept about oneself, room by room, and where to change it."""
    at = clock.now()
    lines = [line for records in personal_records() for line in records.summary(participant)]
    context = {
        "participant": participant,
        "lines": lines,
        "standing": participant.standing_at(at),
        "suspension": suspension_at(participant, None, at),
        "needs_guardian": needs_guardian(participant),
        "guardian_request": open_request(participant),
    }
    return show(request, "me", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_oneself
def profile(request: HttpRequest, participant: Participant) -> HttpResponse:
    """Public name, interest, language; and the age question while it is open."""
    form = ProfileForm(request.POST or None, participant=participant)
    if request.method != "POST" or not form.is_valid():
        return show(request, "profile", {"form": form, "participant": participant})
    try:
        keep_profile(request, participant, form)
    except ActionRefused as refused:
        context = {"form": form, "participant": participant, "refused": refused.message}
        return show(request, "profile", context, status=status_of(refused))
    messages.success(request, _("Your profile is saved."), fail_silently=True)
    if form.of_age is False:
        return redirect("civic_participants:ask_guardian")
    return redirect("civic_participants:me")


def keep_profile(request: HttpRequest, participant: Participant, form: ProfileForm) -> None:
    with transaction.atomic():
        ChangeProfile(participant, by=request.user, **form.profile).execute()
        if form.of_age is not None:
            AnswerAgeQuestion(participant, by=request.user, of_age=form.of_age).execute()
