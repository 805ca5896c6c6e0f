"""Leaving the booth: what is not cast is said clearly, and nothing stays behind."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from civic_sourcing.budgets.booth.draft import Draft
from civic_sourcing.budgets.booth.entrance import Visit, at_booth, redirect_to
from civic_sourcing.budgets.booth.forms import AddressForm
from civic_sourcing.budgets.booth.receipts import throw_away
from civic_sourcing.budgets.booth.reminders import has_asked, remind
from civic_sourcing.budgets.booth.runs import leave_rehearsal
from civic_sourcing.budgets.booth.voters import let_out

REMIND = "remind"
"""Name of the button that asks for a reminder instead of leaving."""


@sensitive_post_parameters("address")
@require_http_methods(["GET", "HEAD", "POST"])
@at_booth
def leave(visit: Visit) -> HttpResponse:
    """Say what becomes of a ballot that is not cast; then leave, or ask for one reminder first."""
    if visit.voter is None:
        return redirect_to(visit.page.get_url(visit.request) or "/")
    if visit.request.method != "POST" and visit.is_over:
        return visit.show_closed()
    if visit.request.method != "POST":
        return _show(visit, AddressForm(initial={"address": _own_address(visit)}))
    if REMIND in visit.request.POST:
        return _remind(visit)
    return _go(visit)


def _remind(visit: Visit) -> HttpResponse:
    form = AddressForm(visit.request.POST)
    if visit.is_over or not form.is_valid():
        return _show(visit, form)
    remind(visit, form.cleaned_data["address"])
    messages.success(visit.request, _("You will get one reminder."), fail_silently=True)
    return redirect_to(visit.address("leave"))


def _go(visit: Visit) -> HttpResponse:
    if not visit.is_over:
        messages.info(visit.request, _parting_words(visit), fail_silently=True)
    response = redirect_to(visit.page.get_url(visit.request) or "/")
    Draft.forget(response, visit.run)
    throw_away(response, visit.run)
    let_out(visit.request, visit.run)
    if visit.is_rehearsal:
        leave_rehearsal(visit.request, visit.run.process)
    return response


def _parting_words(visit: Visit) -> str:
    if visit.has_voted:
        return _("You have left. Your ballot stays in the box.")
    return _("You have left without voting. Nothing was cast.")


def _show(visit: Visit, form: AddressForm) -> HttpResponse:
    draft = Draft.load(visit.request, visit.run, visit.voter_key, keys=visit.keys)
    can_vote = not visit.is_over and not visit.is_early
    return visit.show(
        "leave",
        title=_("Leave the booth"),
        has_voted=visit.has_voted,
        has_draft=bool(draft.typed) and not draft.was_cast and can_vote,
        can_vote=can_vote,
        form=form,
        has_asked=has_asked(visit),
        is_account=visit.known_voter.user is not None,
    )


def _own_address(visit: Visit) -> str:
    return str(getattr(visit.known_voter.user, "email", "") or "")
