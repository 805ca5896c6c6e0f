"""Offering to improve a contribution, and what becomes of the offer."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from civic_sourcing.attribution.actions.offers import (
    AcceptOffer,
    DeclineOffer,
    OfferToImprove,
    WithdrawOffer,
)
from civic_sourcing.attribution.credits.forms import OfferForm
from civic_sourcing.attribution.credits.offers import obstacle
from civic_sourcing.attribution.credits.policies import may_decline_offer, may_offer
from civic_sourcing.attribution.family.visibility import public_keys
from civic_sourcing.attribution.models import Contribution, ImprovementOffer
from civic_sourcing.attribution.views.answers import place_of, readable, show, status_of
from civic_sourcing.core import clock
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.policies import Occasion
from civic_sourcing.participants.models import Participant
from civic_sourcing.participants.views.answers import for_oneself

METHODS = ["GET", "HEAD", "POST"]
ANSWERS = {
    "accept": (AcceptOffer, gettext_lazy("Thank you. The person is named as improver now.")),
    "decline": (DeclineOffer, gettext_lazy("You have declined the offer. The person is told.")),
}


@require_http_methods(METHODS)
@for_oneself
def offer_to_improve(request: HttpRequest, participant: Participant, uuid: UUID) -> HttpResponse:
    """The form, or why there is none. What was typed outlives a refusal."""
    contribution = readable(request, uuid)
    if contribution.pk not in public_keys([contribution], request):
        raise Http404
    if request.method != "POST":
        return ask(request, contribution, OfferForm(), obstacle=barred(participant, contribution))
    form = OfferForm(request.POST)
    if not form.is_valid():
        return ask(request, contribution, form, status=422)
    key = str(form.cleaned_data["request_key"] or "")
    text = form.cleaned_data["text"]
    try:
        OfferToImprove(contribution, by=request.user, idempotency_key=key, text=text).execute()
    except ActionRefused as refused:
        return ask(request, contribution, form, refused=refused.message, status=status_of(refused))
    messages.success(request, _("Thank you. Your offer is on its way."), fail_silently=True)
    return redirect("civic_attribution:credits", uuid)


@require_POST
@for_oneself
def answer_offer(request: HttpRequest, participant: Participant, uuid: UUID) -> HttpResponse:
    """Accept or decline; who may do neither does not learn that there is an offer."""
    offer = offer_of(uuid)
    step, sentence = ANSWERS.get(request.POST.get("answer", ""), (None, ""))
    may_answer = may_decline_offer.allows(Occasion(request.user, offer, clock.now()))
    if step is None or not may_answer:
        raise Http404
    try:
        step(offer, by=request.user).execute()
        messages.success(request, str(sentence), fail_silently=True)
    except ActionRefused as refused:
        messages.error(request, refused.message, fail_silently=True)
    return redirect("civic_attribution:credits", offer.contribution.uuid)


@require_http_methods(METHODS)
@for_oneself
def withdraw_offer(request: HttpRequest, participant: Participant, uuid: UUID) -> HttpResponse:
    """Take one's offer back, after a question."""
    offer = offer_of(uuid)
    if offer.participant != participant:
        raise Http404
    contribution = offer.contribution
    if request.method != "POST" and offer.is_open:
        context = {"contribution": contribution, "trail": [place_of(contribution)]}
        return show(request, "offer_confirm_withdraw", context)
    try:
        WithdrawOffer(offer, by=request.user).execute()
        messages.success(request, _("Your offer is taken back."), fail_silently=True)
    except ActionRefused as refused:
        messages.error(request, refused.message, fail_silently=True)
    return redirect("civic_attribution:credits", contribution.uuid)


def ask(
    request: HttpRequest,
    contribution: Contribution,
    form: OfferForm,
    *,
    status: int = 200,
    **sentences: Any,
) -> HttpResponse:
    context = {
        "form": form,
        "contribution": contribution,
        "trail": [place_of(contribution)],
        **sentences,
    }
    return show(request, "offer_to_improve", context, status=status)


def barred(participant: Participant, contribution: Contribution) -> Any:
    """Return the sentence why the form would be refused whatever is typed, or an empty one."""
    refusal = may_offer.refusal(Occasion(participant.user, contribution, clock.now()))
    if refusal is not None:
        return refusal.message
    refused = obstacle(contribution, participant)
    return refused.message if refused else ""


def offer_of(uuid: UUID) -> ImprovementOffer:
    offers = ImprovementOffer.objects.select_related(
        "contribution__process", "contribution__author__user", "participant__user"
    )
    return get_object_or_404(offers, uuid=uuid)
