from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from civic_sourcing.participants.consents import name_of
from civic_sourcing.participants.models import LegalText, Participant
from civic_sourcing.participants.views.answers import for_oneself, show


@require_safe
def legal_text(request: HttpRequest, kind: str, version: int | None = None) -> HttpResponse:
    """A published text in the visitor's language: one version, or the one in force."""
    texts = LegalText.objects.published().filter(kind=kind)
    if version is not None:
        texts = texts.filter(version=version)
    text = texts.order_by("-version").first()
    body = text.body_for() if text else None
    if text is None or body is None:
        raise Http404
    newest = LegalText.objects.current().filter(kind=kind).first()
    context = {"text": text, "body": body, "newest": newest if newest != text else None}
    return show(request, "legal_text", context)


@require_safe
@for_oneself
def consents(request: HttpRequest, participant: Participant) -> HttpResponse:
    """What one agreed to, and what others vouched for."""
    records = [
        {
            "label": name_of(record),
            "record": record,
            "is_legal_text": record.kind in LegalText.Kind.values,
        }
        for record in participant.consents.order_by("-at", "-pk")
    ]
    context = {
        "title": _("Texts you agreed to"),
        "consents": records,
        "attributes": participant.verified_attributes.order_by("key"),
    }
    return show(request, "consents", context)
