"""What the two sides of a claim see. Everybody else gets 404: that there is a claim is private."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from civic_sourcing.attribution.actions.claim_decisions import AcceptDecision, AppealClaim
from civic_sourcing.attribution.actions.claims import AnswerClaim, FileClaim, WithdrawClaim
from civic_sourcing.attribution.claims.display import can, outcome_sentence, statements_of, steps_of
from civic_sourcing.attribution.claims.forms import StatementForm
from civic_sourcing.attribution.claims.steps import Speaking
from civic_sourcing.attribution.models import Claim, ClaimQuerySet, Contribution
from civic_sourcing.core import clock
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.participants.models import Participant
from civic_sourcing.participants.views.answers import for_oneself, show_below

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
@for_oneself
def new_claim(request: HttpRequest, participant: Participant, uuid: UUID) -> HttpResponse:
    """The form, and what is going to happen. What was typed outlives a refusal."""
    contribution = get_object_or_404(Contribution.objects.published(), uuid=uuid)
    form = StatementForm(
        request.POST or None,
        request.FILES or None,
        label=_("Why is it yours?"),
        help_text=_("Say what was taken from you, and since when you have had it."),
    )
    context = {
        "form": form,
        "contribution": contribution,
        "contribution_url": contribution.kind_of.url(contribution),
        "title": _("Claim that this is yours"),
    }
    made, refused = take_step(request, form, FileClaim, contribution)
    if made is None:
        return show(request, "new_claim", context, refused=refused)
    messages.success(request, _("We have received your claim."), fail_silently=True)
    return redirect("civic_attribution:claim", made.uuid)


@require_safe
@for_oneself
def claims(request: HttpRequest, participant: Participant) -> HttpResponse:
    """The claims somebody filed or has to answer."""
    mine = Claim.objects.of_party(participant).select_related("contribution", "claimant__user")
    rows = [
        {"claim": claim, "filed": claim.claimant_id == participant.pk}
        for claim in mine.order_by("-filed_at")
    ]
    return show(request, "claims", {"rows": rows})


@require_safe
@for_oneself
def claim(request: HttpRequest, participant: Participant, uuid: UUID) -> HttpResponse:
    return show_claim(request, participant, find_claim(participant, uuid))


@require_http_methods(METHODS)
@for_oneself
def answer_claim(request: HttpRequest, participant: Participant, uuid: UUID) -> HttpResponse:
    """Say one's side."""
    return statement_page(
        request,
        participant,
        find_claim(participant, uuid),
        AnswerClaim,
        wish="answer",
        label=_("Your answer"),
        title=_("Answer"),
        done=_("Thank you. Your answer is with the steward."),
    )


@require_http_methods(METHODS)
@for_oneself
def appeal_claim(request: HttpRequest, participant: Participant, uuid: UUID) -> HttpResponse:
    """Ask another steward."""
    return statement_page(
        request,
        participant,
        find_claim(participant, uuid),
        AppealClaim,
        wish="appeal",
        label=_("Why is the decision wrong?"),
        title=pgettext("claim", "Appeal"),
        done=_("We have received your appeal."),
    )


@require_POST
@for_oneself
def accept_decision(request: HttpRequest, participant: Participant, uuid: UUID) -> HttpResponse:
    found = find_claim(participant, uuid)
    return press(request, participant, found, AcceptDecision, done=_("You accepted the decision."))


@require_POST
@for_oneself
def withdraw_claim(request: HttpRequest, participant: Participant, uuid: UUID) -> HttpResponse:
    found = find_claim(participant, uuid)
    return press(request, participant, found, WithdrawClaim, done=_("Your claim is withdrawn."))


def statement_page(
    request: HttpRequest,
    participant: Participant,
    found: Claim,
    action: type[Speaking[Any]],
    *,
    wish: str,
    label: str,
    title: str,
    done: str,
) -> HttpResponse:
    if request.method != "POST" and not can(found, participant, clock.now())[wish]:
        return redirect("civic_attribution:claim", found.uuid)
    form = StatementForm(request.POST or None, request.FILES or None, label=label)
    made, refused = take_step(request, form, action, found)
    if made is None:
        context = {"form": form, "claim": found, "title": title}
        return show(request, "claim_statement", context, refused=refused)
    messages.success(request, done, fail_silently=True)
    return redirect("civic_attribution:claim", found.uuid)


def take_step(
    request: HttpRequest, form: StatementForm, action: type[Speaking[Any]], subject: Any
) -> tuple[Any, ActionRefused | None]:
    """Return what was made, or why not; neither while the form is not filled in well."""
    if request.method != "POST" or not form.is_valid():
        return None, None
    key = str(form.cleaned_data["request_key"])
    step = action(subject, by=request.user, idempotency_key=key, **form.words)
    try:
        return step.execute(), None
    except ActionRefused as refused:
        if refused.code == "not-public":
            raise Http404 from refused
        return None, refused


def press(
    request: HttpRequest,
    participant: Participant,
    found: Claim,
    action: Callable[..., Any],
    *,
    done: str,
) -> HttpResponse:
    try:
        action(found, by=request.user).execute()
    except ActionRefused as refused:
        return show_claim(request, participant, find_claim(participant, found.uuid), refused)
    messages.success(request, done, fail_silently=True)
    return redirect("civic_attribution:claim", found.uuid)


def show_claim(
    request: HttpRequest,
    participant: Participant,
    found: Claim,
    refused: ActionRefused | None = None,
) -> HttpResponse:
    contribution = found.contribution
    decisions = found.decisions.select_related("claim__claimant__user", "steward__user")
    context = {
        "claim": found,
        "participant": participant,
        "contribution_url": contribution.kind_of.url(contribution)
        if contribution.is_public
        else "",
        "statements": statements_of(found),
        "decisions": [
            {"decision": decision, "sentence": outcome_sentence(decision)} for decision in decisions
        ],
        "steps": steps_of(found),
        "can": can(found, participant, clock.now()),
    }
    return show(request, "claim", context, refused=refused)


def find_claim(participant: Participant, uuid: UUID) -> Claim:
    rows: ClaimQuerySet = Claim.objects.of_party(participant)
    return get_object_or_404(
        rows.select_related("contribution__process", "claimant__user"), uuid=uuid
    )


def show(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    refused: ActionRefused | None = None,
) -> HttpResponse:
    """Answer with a template of this room, below its list under “My page”."""
    above = (_("Ownership claims"), reverse("civic_attribution:claims"))
    name = f"civic_sourcing/attribution/{template}.html"
    below = None if template == "claims" else above
    return show_below(request, name, context, above=below, refused=refused)
