"""Reading what a decision took away, for those who have to judge it. Each look is logged."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.admin import messages

from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.moderation.actions import ReadPreservedText
from civic_sourcing.moderation.models import Decision, PreservedText


def read_preserved(request: HttpRequest, decision: Decision) -> PreservedText | None:
    """Return the original, or say why it cannot be read."""
    try:
        kept: PreservedText | None = ReadPreservedText(decision, by=request.user).execute()
    except ActionRefused as error:
        messages.error(request, error.message)
        return None
    if kept is None:
        messages.info(request, _("What was taken away then is wiped by now."))
    return kept
