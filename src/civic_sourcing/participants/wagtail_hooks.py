from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.snippets.models import register_snippet

from civic_sourcing.participants.eligibility.admin.viewset import EligibilityViewSet
from civic_sourcing.participants.models import LegalText
from civic_sourcing.participants.permissions import register_policies
from civic_sourcing.participants.viewsets import LegalTextViewSet, ParticipantViewSet

register_policies()
register_snippet(LegalTextViewSet)


@hooks.register("register_admin_viewset")
def offer_participants() -> ParticipantViewSet:
    return ParticipantViewSet()


@hooks.register("register_admin_viewset")
def offer_eligibility() -> EligibilityViewSet:
    return EligibilityViewSet()


@hooks.register("before_delete_snippet")
def keep_published_texts(request: HttpRequest, instances: Sequence[Any]) -> HttpResponse | None:
    kept = [row for row in instances if isinstance(row, LegalText) and row.published_at]
    if not kept:
        return None
    messages.error(request, _("A published text is not deleted: people have agreed to it."))
    return redirect(LegalText.snippet_viewset.get_url_name("list"))
