from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from civic_sourcing.core.exceptions import ActionForbidden, ActionRefused
from civic_sourcing.participants.actions import AskForExport, FetchExport
from civic_sourcing.participants.conf import conf
from civic_sourcing.participants.models import DataExport, Participant
from civic_sourcing.participants.views.answers import for_oneself, show, status_of


@require_http_methods(["GET", "HEAD", "POST"])
@for_oneself
def my_data(request: HttpRequest, participant: Participant) -> HttpResponse:
    """Ask for a download of one's data, and see how far it is."""
    if request.method != "POST":
        return show_data(request, participant)
    try:
        AskForExport(participant, by=request.user).execute()
    except ActionRefused as refused:
        return show_data(request, participant, refused)
    return redirect("civic_participants:my_data")


def show_data(
    request: HttpRequest, participant: Participant, refused: ActionRefused | None = None
) -> HttpResponse:
    context = {
        "export": participant.exports.open().first(),
        "days": conf.EXPORT_DAYS,
        "refused": refused.message if refused else "",
    }
    return show(request, "my_data", context, status=status_of(refused) if refused else 200)


@require_POST
@for_oneself
def fetch_data(request: HttpRequest, participant: Participant, uuid: UUID) -> HttpResponse:
    """Send the file to its owner, once. Everybody else learns nothing, not even that it is."""
    export = DataExport.objects.filter(uuid=uuid, participant=participant).first()
    if export is None:
        raise Http404
    try:
        content = FetchExport(export, by=request.user).execute()
    except ActionForbidden as forbidden:
        raise Http404 from forbidden
    except (ActionRefused, FileNotFoundError):
        sentence = _("This download is no longer there. Please ask for a new one.")
        messages.warning(request, sentence, fail_silently=True)
        return redirect("civic_participants:my_data")
    return HttpResponse(
        content,
        content_type="application/zip",
        headers={
            "Content-Disposition": 'attachment; filename="my-data.zip"',
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        },
    )
