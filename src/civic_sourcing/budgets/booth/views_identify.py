"""Who are you: entering a code, and saying where one lives."""

from __future__ import annotations

from datetime import datetime

from django.db import DEFAULT_DB_ALIAS
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from civic_sourcing.budgets.actions.casting.cast import Voter
from civic_sourcing.budgets.actions.casting.desk import take_ticket
from civic_sourcing.budgets.booth.areas import AreaForm, known_area
from civic_sourcing.budgets.booth.entrance import Visit, at_booth, redirect_to
from civic_sourcing.budgets.booth.memory import Memory
from civic_sourcing.budgets.booth.voters import (
    CODE,
    DESK,
    code_time,
    identity_of_code,
    let_in,
    voter_with_code,
)
from civic_sourcing.budgets.casting.codes import may_vote_with, not_valid
from civic_sourcing.budgets.models import RollEntry
from civic_sourcing.budgets.polling.standing import was_on_paper
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.participants.codes.digests import code_digest
from civic_sourcing.participants.codes.tries import Tries
from civic_sourcing.participants.eligibility.forms import CodeForm
from civic_sourcing.participants.models import VotingCode
from civic_sourcing.participants.views.answers import status_of

NOBODY = "code:0"


@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
@at_booth
@sensitive_variables("form")
def code(visit: Visit) -> HttpResponse:
    """Enter a voting code, or the number a desk gave out; both lead into the same booth."""
    if visit.is_early or visit.is_over:
        return visit.show_closed()
    form = CodeForm(visit.request.POST or None)
    if visit.request.method != "POST" or not form.is_valid():
        return _ask_code(visit, form)
    try:
        tries = Tries(visit.request)
        voter, how, until = _found(visit, form.cleaned_data["code"])
    except ActionRefused as refused:
        return _ask_code(visit, form, said=refused.message, status=status_of(refused))
    tries.was_right()
    let_in(visit.request, visit.run, voter, how=how, until=until)
    return redirect_to(visit.address("vote"))


@require_http_methods(["GET", "HEAD", "POST"])
@at_booth
def area(visit: Visit) -> HttpResponse:
    """Say where one lives, where the vote asks for it and the city does not know."""
    if visit.is_early or visit.is_over or visit.voter is None or visit.refusal is not None:
        return redirect_to(visit.address("vote"))
    voter, process = visit.known_voter, visit.run.process
    if known_area(process, voter):
        return redirect_to(visit.address("vote"))
    form = AreaForm(
        visit.request.POST or None, process=process, initial={"area": voter.area or None}
    )
    if visit.request.method != "POST" or not form.is_valid():
        return visit.show("area", title=_("Where do you live?"), form=form)
    Memory(visit.request, visit.run.uuid).keep(area=form.cleaned_data["area"])
    return redirect_to(visit.address("vote"))


def _ask_code(visit: Visit, form: CodeForm, *, said: str = "", status: int = 200) -> HttpResponse:
    return visit.show("code", title=_("Enter your code"), form=form, said=said, status=status)


def _found(visit: Visit, typed: str) -> tuple[Voter, str, datetime]:
    """
    Return who holds this code, how they come and until when they may stay.

    Every kind of wrong code costs the same look-ups and ends in the same refusal.
    """
    run = visit.run
    found = VotingCode.objects.select_related("batch").filter(digest=code_digest(typed)).first()
    identity = identity_of_code(found) if found else NOBODY
    key = visit.keys.value("voter", identity)
    on_roll = RollEntry.objects.filter(run=run, voter_key=key).exists()
    on_roll |= was_on_paper(run, key, using=DEFAULT_DB_ALIAS)
    ticket = take_ticket(run, visit.keys, typed, visit.at)
    if ticket is not None:
        voter, until = ticket
        return voter, DESK, until
    if found is None or not may_vote_with(found, run, on_roll=on_roll):
        raise not_valid(run.process)
    return voter_with_code(found), CODE, visit.at + code_time()
