"""What somebody typed before signing in, kept in their session until it is filed."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

SESSION_KEY = "civic_ideas_drafts"
FIELDS = (
    "title",
    "description",
    "tags",
    "licence",
    "third_party",
    "third_party_note",
    "made_on_duty",
    "request_key",
    "difference",
    "offered",
)
LONGEST = 20_000
"""Code points kept of a field, so that nobody fills the session store."""
FORUMS_KEPT = 3


def keep_draft(request: HttpRequest, forum: Any, typed: Mapping[str, Any]) -> None:
    """Remember ``typed`` for ``forum``; the oldest draft goes when there are too many."""
    drafts = request.session.get(SESSION_KEY, {})
    drafts.pop(_name(forum), None)
    drafts[_name(forum)] = {field: str(typed.get(field, ""))[:LONGEST] for field in FIELDS}
    request.session[SESSION_KEY] = dict(list(drafts.items())[-FORUMS_KEPT:])


def draft_for(request: HttpRequest, forum: Any) -> dict[str, str]:
    """What was typed for ``forum``; empty if nothing was."""
    return dict(request.session.get(SESSION_KEY, {}).get(_name(forum), {}))


def drop_draft(request: HttpRequest, forum: Any) -> None:
    drafts = request.session.get(SESSION_KEY, {})
    if drafts.pop(_name(forum), None) is not None:
        request.session[SESSION_KEY] = drafts


def _name(forum: Any) -> str:
    return str(forum.process.uuid)
