"""What somebody typed before signing in, kept in their session until it is posted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

SESSION_KEY = "civic_comments_drafts"
FIELDS = ("text", "position", "quoted", "request_key")
LONGEST = 20_000
"""Code points kept of a field, so that nobody fills the session store."""
PLACES_KEPT = 3


def keep_draft(request: HttpRequest, name: str, typed: Mapping[str, Any]) -> None:
    """Remember ``typed`` for the form called ``name``; the oldest goes when there are too many."""
    drafts = request.session.get(SESSION_KEY, {})
    drafts.pop(name, None)
    drafts[name] = {field: str(typed.get(field, ""))[:LONGEST] for field in FIELDS}
    request.session[SESSION_KEY] = dict(list(drafts.items())[-PLACES_KEPT:])


def draft_for(request: HttpRequest, name: str) -> dict[str, str]:
    """What was typed on the form called ``name``; empty if nothing was."""
    return dict(request.session.get(SESSION_KEY, {}).get(name, {}))


def drop_draft(request: HttpRequest, name: str) -> None:
    drafts = request.session.get(SESSION_KEY, {})
    if drafts.pop(name, None) is not None:
        request.session[SESSION_KEY] = drafts
