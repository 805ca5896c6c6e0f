"""What a card says about an idea."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest

from civic_sourcing.ideas.listing.filters import Filters
from civic_sourcing.ideas.models import IdeaTally, Stage

SAFE = "!$&'()*+,;=/~:@"
"""Characters an address keeps as they are, as Django's ``reverse`` does."""

TONES = {
    Stage.REVIEW: "info",
    Stage.SHORTLISTED: "info",
    Stage.BALLOT: "info",
    Stage.PROGRESS: "info",
    Stage.ACCEPTED: "success",
    Stage.DONE: "success",
    Stage.REFERRED: "warning",
    Stage.DECLINED: "neutral",
    Stage.WITHDRAWN: "neutral",
    Stage.MERGED: "neutral",
}


class Addresses:
    """Addresses of many ideas: below one forum they differ in the last part only."""

    def __init__(self, request: HttpRequest | None) -> None:
        self.request = request
        self._forums: dict[str, str | None] = {}

    def of(self, idea: Any) -> str:
        forum, end = idea.path[: -idea.steplen], quote(idea.slug, safe=SAFE) + "/"
        if forum not in self._forums:
            address = idea.get_url(self.request) or ""
            found = address.removesuffix(end) if address.endswith(f"/{end}") else None
            self._forums[forum] = found
        before = self._forums[forum]
        return idea.get_url(self.request) or "" if before is None else before + end


def dressed(
    ideas: Sequence[Any],
    forum: Any,
    request: HttpRequest | None,
    filters: Filters | None = None,
    *,
    supports_shown: bool = True,
) -> list[Any]:
    """
    Give ``ideas`` what ``idea_card.html`` shows: ``supporters`` (``None`` where that is not told),
    ``comments``, ``address``, ``in_other_language``, ``language_name``, ``stage_badge``,
    ``category_shown`` and ``district_shown``. One query.
    """
    rows = IdeaTally.objects.filter(pk__in=[idea.contribution_id for idea in ideas])
    numbers = {row.pk: row for row in rows}
    addresses = Addresses(request)
    for idea in ideas:
        row = numbers.get(idea.contribution_id)
        idea.supporters = (row.supports if row else 0) if supports_shown else None
        idea.comments = row.comments if row else 0
        idea.address = addresses.of(idea)
        idea.in_other_language = idea.locale_id != forum.locale_id
        idea.language_name = idea.locale.get_display_name() if idea.in_other_language else ""
        idea.stage_badge = _badge(idea)
        idea.category_shown = filters.category(idea.category_id) if filters else None
        idea.district_shown = filters.district(idea.district_id) if filters else None
    return list(ideas)


def _badge(idea: Any) -> dict[str, Any] | None:
    """How far it has come, once that is more than being published."""
    if idea.stage == Stage.PUBLISHED:
        return None
    return {"label": idea.get_stage_display(), "tone": TONES.get(idea.stage, "neutral")}
