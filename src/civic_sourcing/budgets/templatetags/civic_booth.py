"""The way into the booth of a vote, in templates: ``{% load civic_booth %}``."""

from __future__ import annotations

from typing import Any

from django import template

from civic_sourcing.budgets.models import VoteRun
from civic_sourcing.core import clock

register = template.Library()


@register.inclusion_tag("civic_sourcing/budgets/booth/door.html", takes_context=True)
def booth_door(context: Any, page: Any) -> dict[str, Any]:
    """
    Lead into the booth while people vote, and to the bulletin from then on; show nothing before,
    and nothing for a vote held elsewhere.
    """
    run = VoteRun.objects.of(page.process) if page.process_id else None
    if run is None or run.kind == VoteRun.Kind.IMPORTED or run.state == VoteRun.State.PREPARED:
        return {}
    request = context.get("request")
    at = clock.of_request(request) if request else clock.now()
    if run.opens_at is None or run.closes_at is None or at < run.opens_at:
        return {}
    address = page.get_url(request) or ""
    return {
        "booth_url": address + page.reverse_subpage("vote") if at < run.closes_at else "",
        "bulletin_url": address + page.reverse_subpage("bulletin"),
    }
