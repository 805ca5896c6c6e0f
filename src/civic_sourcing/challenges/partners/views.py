"""The address a partner passes on: it counts a visit, and leads to the challenge."""

from __future__ import annotations

from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from civic_sourcing.challenges.editorial.people import pages_of
from civic_sourcing.challenges.entering.sources import SESSION_KEY, remember
from civic_sourcing.challenges.models import PartnerInvitation


@require_safe
def via(request: HttpRequest, code: str) -> HttpResponse:
    """
    Count who comes for the first time in this session, and go on to the page in their language.

    A challenge that is not published yet is not found.
    """
    found = PartnerInvitation.objects.select_related("process", "partner")
    invitation = get_object_or_404(found, code=code)
    pages = [page for page in pages_of(invitation.process) if page.live]
    if not pages:
        raise Http404
    spoken = {page.locale.language_code: page for page in pages}
    page = spoken.get(get_language() or "") or pages[0]
    known = request.session.get(SESSION_KEY, {}).get(str(invitation.process.uuid))
    if known != invitation.code:
        PartnerInvitation.objects.filter(pk=invitation.pk).update(visits=F("visits") + 1)
        remember(request, invitation)
    return redirect(page.get_url(request))
