"""The way from a vote to what became of its funded projects."""

from __future__ import annotations

from typing import Any

from django import template

from civic_sourcing.budgets.delivery.views import delivery_url

register = template.Library()


@register.inclusion_tag("civic_sourcing/budgets/delivery_door.html")
def delivery_door(page: Any) -> dict[str, Any]:
    """A button to the list of what the vote has brought about; nothing before it has."""
    return {"url": delivery_url(page.process)}
