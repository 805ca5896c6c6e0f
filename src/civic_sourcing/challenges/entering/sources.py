"""Through which partner somebody came: the code of the invitation their browser session knows."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from civic_sourcing.challenges.models import PartnerInvitation

SESSION_KEY = "civic_challenges_sources"


def remember(request: HttpRequest, invitation: PartnerInvitation) -> None:
    """Let the session know the invitation whose address was opened."""
    known = dict(request.session.get(SESSION_KEY, {}))
    request.session[SESSION_KEY] = {**known, str(invitation.process.uuid): invitation.code}


def source_of(request: HttpRequest, process: Any) -> PartnerInvitation | None:
    """The invitation to ``process`` through which this visitor came, if any."""
    code = request.session.get(SESSION_KEY, {}).get(str(process.uuid))
    rows = PartnerInvitation.objects.filter(process=process, code=code or "")
    return rows.first() if code else None
