"""The public vote and the scoring among solvers. Pages call these by route."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from civic_sourcing.challenges.crowd import policies
from civic_sourcing.challenges.crowd.actions import CastVote, ScorePeers
from civic_sourcing.challenges.crowd.ballots import TURN, Ballot
from civic_sourcing.challenges.crowd.forms import ChoiceForm, PointsForm
from civic_sourcing.challenges.crowd.results import result_of
from civic_sourcing.challenges.crowd.votes import (
    VoterEligibility,
    entries_on,
    runs,
    shown_entries,
    vote_at,
)
from civic_sourcing.challenges.entering.visits import Visit, of_challenge, signed_in, status_of
from civic_sourcing.challenges.models import CrowdKind, CrowdScore, CrowdVote
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.limits import client_ip
from civic_sourcing.core.policies import Occasion

forms_too = require_http_methods(["GET", "HEAD", "POST"])


@forms_too
@of_challenge
def vote(visit: Visit) -> HttpResponse:
    """The entries to choose from while the vote runs; before and after when it was, and what of."""
    held, posted = held_here(visit, CrowdKind.PUBLIC), visit.request.POST
    if visit.request.method != "POST":
        return show_vote(visit, held, number=visit.request.GET.get("page", 1))
    if TURN in posted:
        return show_vote(visit, held, number=posted[TURN], chosen=posted.getlist("choices"))
    if not visit.request.user.is_authenticated:
        return redirect_to_login(visit.url("vote"))
    return take_vote(visit, held)


def take_vote(visit: Visit, held: CrowdVote) -> HttpResponse:
    """Keep what was chosen on all pages, or show what speaks against it."""
    posted = visit.request.POST
    chosen = posted.getlist("choices")
    ballot = ballot_of(visit, held, number=posted.get("page", 1), chosen=chosen)
    form = ChoiceForm(posted, ballot=ballot)
    if not form.is_valid():
        return show_vote(visit, held, form=form, status=422)
    keys = [str(UUID(key)) for key in form.cleaned_data["choices"]]
    ip = client_ip(visit.request)
    try:
        number = CastVote(held, by=visit.request.user, choices=keys, ip=ip).execute()
    except ActionRefused as refused:
        return show_vote(visit, held, form=form, refused=refused)
    said = ngettext(
        "Your vote counts for one entry.", "Your vote counts for %(number)d entries.", number
    )
    if not number:
        said = _("You have taken your vote back.")
    messages.success(visit.request, said % {"number": number}, fail_silently=True)
    return visit.lead_to("vote")


def held_here(visit: Visit, kind: str) -> CrowdVote:
    """The vote that runs, comes next or was last; 404 where there is none."""
    held = vote_at(visit.process, kind, visit.at)
    if held is None:
        raise Http404("No vote of this kind here.")
    return held


def ballot_of(visit: Visit, held: CrowdVote, *, number: Any, chosen: Collection[str]) -> Ballot:
    """Empty before the vote begins and once it is over: what wins is published then."""
    is_open = runs(held, visit.at)
    return Ballot(held, visit.participant, is_open=is_open, number=number, chosen=chosen)


def show_vote(
    visit: Visit,
    held: CrowdVote,
    *,
    number: Any = 1,
    chosen: Collection[str] | None = None,
    form: ChoiceForm | None = None,
    refused: ActionRefused | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page ``number`` of the ballot; ``chosen`` (else the vote that counts) is ticked."""
    counted = counted_for(visit, held)
    if form is None:
        chosen = counted if chosen is None else chosen
        ballot = ballot_of(visit, held, number=number, chosen=chosen)
        form = ChoiceForm(initial={"choices": list(chosen)}, ballot=ballot)
    hindered = hindrance(visit, held, policies.may_vote)
    context = {
        "held": held,
        "form": form,
        "chosen": len(counted),
        "refused": refused.message if refused else hindered,
        "can_vote": bool(form.entries) and not hindered,
        "eligibility": VoterEligibility(visit.request.user, held, visit.at),
        "runs": runs(held, visit.at),
        "is_over": held.closes_at is not None and held.closes_at <= visit.at,
        "result": result_of(held, visit.at),
    }
    status = status_of(refused) if refused else status
    return visit.show("vote", context, status=status, folder=FOLDER)


def counted_for(visit: Visit, held: CrowdVote) -> list[str]:
    """The keys of what this visitor has voted for."""
    if visit.participant is None:
        return []
    mine = CrowdScore.objects.filter(round=held.round, kind=held.kind, points=1)
    uuids = mine.filter(participant=visit.participant).values_list("entry__uuid", flat=True)
    return [uuid.hex for uuid in uuids]


FOLDER = "civic_sourcing/challenges/crowd"
FIRST = frozenset({"sign-in", "not-open-yet", "closed"})
"""What the page says in its own words."""


def hindrance(visit: Visit, held: CrowdVote, policy: Any) -> str:
    """Why this visitor, once signed in, could not vote now: suspended, not eligible, a judge."""
    user = visit.request.user
    if not user.is_authenticated:
        return ""
    refusal = policy.refusal(Occasion(user, held, visit.at))
    return str(refusal.message) if refusal and refusal.code not in FIRST else ""


@forms_too
@of_challenge
@signed_in
def peers(visit: Visit) -> HttpResponse:
    """The entries of others this solver scores; 404 for everybody without any."""
    held = held_here(visit, CrowdKind.PEER)
    rows = CrowdScore.objects.filter(
        round=held.round, kind=held.kind, participant=visit.participant
    )
    given = {row.entry_id: row.points for row in rows}
    if not given:
        raise Http404("No entries to score.")
    entries = []
    if runs(held, visit.at):
        entries = shown_entries(held, entries_on(held).filter(pk__in=given), visit.participant)
    if visit.request.method != "POST":
        initial = {one.key: given[one.entry.pk] for one in entries}
        return show_peers(visit, held, PointsForm(initial=initial, entries=entries))
    form = PointsForm(visit.request.POST, entries=entries)
    if not form.is_valid():
        return show_peers(visit, held, form, status=422)
    user, ip = visit.request.user, client_ip(visit.request)
    try:
        number = ScorePeers(held, by=user, points=form.given, ip=ip).execute()
    except ActionRefused as refused:
        return show_peers(visit, held, form, refused=refused.message, status=status_of(refused))
    said = _("Kept: %(number)d of %(all)d are scored.") % {"number": number, "all": len(given)}
    messages.success(visit.request, said, fail_silently=True)
    return visit.lead_to("peers")


def show_peers(
    visit: Visit, held: CrowdVote, form: PointsForm, *, refused: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "held": held,
        "form": form,
        "refused": refused or hindrance(visit, held, policies.may_score),
        "runs": runs(held, visit.at),
    }
    return visit.show("peers", context, status=status, folder=FOLDER)
