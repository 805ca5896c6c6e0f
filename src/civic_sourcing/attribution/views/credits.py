"""The credits page of a contribution: people, family tree, and the steps one may take there."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from civic_sourcing.attribution.actions.credits import (
    AcceptInvitation,
    DeclineInvitation,
    InviteCoAuthor,
    SetShares,
    WithdrawCredit,
)
from civic_sourcing.attribution.credits.flow import credits_for
from civic_sourcing.attribution.credits.forms import InviteForm, SharesForm
from civic_sourcing.attribution.credits.offers import offers_seen_by
from civic_sourcing.attribution.credits.policies import may_invite
from civic_sourcing.attribution.credits.records import circle
from civic_sourcing.attribution.family.drawing import draw
from civic_sourcing.attribution.family.tree import family_of
from civic_sourcing.attribution.models import Contribution, Credit
from civic_sourcing.attribution.views.answers import place_of, readable, show, status_of
from civic_sourcing.core import clock
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.policies import Occasion

ANSWERS = {
    "accept": (AcceptInvitation, gettext_lazy("You are named now.")),
    "decline": (DeclineInvitation, gettext_lazy("You have declined. You are not named.")),
}


@require_safe
def credits(request: HttpRequest, uuid: UUID) -> HttpResponse:
    return show_credits(request, readable(request, uuid))


@login_required
@require_POST
def invite(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Invite somebody; the form comes back with a sentence where that is not possible."""
    contribution = readable(request, uuid)
    form = InviteForm(request.POST)
    if not form.is_valid():
        return show_credits(request, contribution, invite_form=form, status=422)
    try:
        InviteCoAuthor(contribution, by=request.user, **form.cleaned_data).execute()
    except ActionRefused as refused:
        form.add_error("invitee", refused.message)
        return show_credits(request, contribution, invite_form=form, status=status_of(refused))
    messages.success(request, _("The invitation is on its way."), fail_silently=True)
    return redirect("civic_attribution:credits", uuid)


@login_required
@require_POST
def set_shares(request: HttpRequest, uuid: UUID) -> HttpResponse:
    contribution = readable(request, uuid)
    form = SharesForm(request.POST, circle=circle(contribution))
    if not form.is_valid():
        return show_credits(request, contribution, shares_form=form, status=422)
    try:
        SetShares(contribution, by=request.user, shares=form.shares).execute()
    except ActionRefused as refused:
        form.add_error(None, refused.message)
        return show_credits(request, contribution, shares_form=form, status=status_of(refused))
    messages.success(request, _("The shares are set."), fail_silently=True)
    return redirect("civic_attribution:credits", uuid)


@login_required
@require_POST
def answer(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Accept or decline an invitation to a registered person."""
    credit = credit_of(uuid)
    step, sentence = ANSWERS.get(request.POST.get("answer", ""), (None, ""))
    if step is None:
        raise Http404
    try:
        step(credit, by=request.user).execute()
        messages.success(request, str(sentence), fail_silently=True)
    except ActionRefused as refused:
        messages.error(request, refused.message, fail_silently=True)
    return redirect("civic_attribution:credits", credit.contribution.uuid)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_credit(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take one's name back, after a question."""
    credit = credit_of(uuid)
    contribution = readable(request, credit.contribution.uuid)
    if request.method != "POST":
        context = {
            "credit": credit,
            "contribution": contribution,
            "trail": [place_of(contribution)],
        }
        return show(request, "credit_confirm_withdraw", context)
    try:
        WithdrawCredit(credit, by=request.user).execute()
        messages.success(request, _("The name is taken back."), fail_silently=True)
    except ActionRefused as refused:
        messages.error(request, refused.message, fail_silently=True)
    return redirect("civic_attribution:credits", contribution.uuid)


def credit_of(uuid: UUID) -> Credit:
    credit = Credit.objects.select_related("contribution__process", "participant__user")
    found = credit.filter(uuid=uuid).first()
    if found is None:
        raise Http404
    return found


def show_credits(
    request: HttpRequest,
    contribution: Contribution,
    *,
    invite_form: InviteForm | None = None,
    shares_form: SharesForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show people and family, and to whoever may name others the forms for it."""
    family = family_of(contribution, request)
    context: dict[str, Any] = {
        "contribution": contribution,
        "credits": credits_for(contribution, request),
        "family": family,
        "drawing": draw(family) if family.has_relatives else None,
        "outline": family.outline(),
        "trail": [place_of(contribution)],
        **mine(request, contribution),
        **offers_seen_by(request.user, contribution),
    }
    if may_invite.allows(Occasion(request.user, contribution, clock.now())):
        people = circle(contribution)
        context |= {
            "may_name": True,
            "invite_form": invite_form or InviteForm(),
            "shares_form": shares_form or SharesForm(circle=people),
            "has_circle": len(people) > 1,
            "open_invitations": contribution.credits.invitations().select_related(
                "participant__user"
            ),
        }
    return show(request, "credits", context, status=status)


def mine(request: HttpRequest, contribution: Contribution) -> dict[str, Any]:
    """The visitor's own invitations and names, which they can answer or take back."""
    user: Any = request.user
    if not user.is_authenticated:
        return {}
    own = contribution.credits.standing().filter(participant__user=user)
    credits = list(own.select_related("invited_by__user"))
    return {
        "my_invitations": [credit for credit in credits if not credit.is_active],
        "my_credits": [credit for credit in credits if credit.is_active],
    }
