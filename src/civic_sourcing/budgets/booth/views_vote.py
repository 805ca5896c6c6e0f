"""The page on which a ballot is filled in: ``vote/``."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from civic_sourcing.budgets.booth.draft import Draft
from civic_sourcing.budgets.booth.entrance import Visit, at_booth
from civic_sourcing.budgets.booth.filling import FOR, Filling, is_htmx
from civic_sourcing.budgets.casting.sealing import SealBroken


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@at_booth
def vote(visit: Visit) -> HttpResponse:
    """Fill in a ballot. What is marked is kept on the device, whatever becomes of the session."""
    if visit.request.method != "POST":
        return visit.turned_away() or Filling(visit).open()
    if visit.voter is None and not visit.is_over:
        return rescued(visit)
    answer = visit.turned_away() or Filling(visit).receive()
    if is_htmx(visit.request) and answer.headers.get("Civic-Part") != "counters":
        return whole_page(visit)
    return answer


def whole_page(visit: Visit) -> HttpResponse:
    """Have the browser open the page anew, as the counters alone would not tell what happened."""
    return HttpResponse(status=204, headers={"HX-Redirect": visit.address("vote")})


def rescued(visit: Visit) -> HttpResponse:
    """
    Keep what was marked by somebody whose session ended meanwhile, and ask who votes.

    The form says, sealed, whom it was made for; the draft opens for them alone.
    """
    sent = visit.request.POST
    try:
        voter_key = visit.keys.unseal(sent.get(FOR, ""), place=FOR)
    except SealBroken:
        return whole_page(visit) if is_htmx(visit.request) else visit.show_identify()
    draft = Draft.load(visit.request, visit.run, voter_key, keys=visit.keys)
    draft.take((name, value) for name, values in sent.lists() for value in values)
    if is_htmx(visit.request):
        response = whole_page(visit)
    else:
        said = _("You were signed out meanwhile. Your choices are kept on this device.")
        response = visit.show_identify(said=said)
    draft.save(response)
    return response
