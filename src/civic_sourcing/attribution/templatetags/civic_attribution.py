"""What pages show of the ledger: who is behind a contribution, and what machines read of it."""

from __future__ import annotations

from typing import Any

from django import template
from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from civic_sourcing.attribution.certificates.linked_data import creative_work, script
from civic_sourcing.attribution.credits.flow import Credits, credits_for
from civic_sourcing.attribution.credits.shares import percent
from civic_sourcing.attribution.family.relatives import relatives_of
from civic_sourcing.attribution.models import Contribution

register = template.Library()

register.filter("percent", percent)


@register.inclusion_tag(
    "civic_sourcing/attribution/includes/credits_panel.html", takes_context=True
)
def credits_panel(context: Any, contribution: Contribution) -> dict[str, Any]:
    """Show who is behind ``contribution``, what it was made of and what became of it."""
    request = context.get("request")
    return {
        "request": request,
        "contribution": contribution,
        "credits": gathered(contribution, request),
        "relatives": relatives_of(contribution, request),
    }


@register.simple_tag(takes_context=True)
def linked_data(context: Any, contribution: Contribution, url: str = "") -> SafeString:
    """
    Describe a public contribution for machines (JSON-LD); nothing for any other.

    ``url`` is the address of the page it stands on; looked up where it is not given.
    """
    request: HttpRequest | None = context.get("request")
    if request is None or not contribution.is_public:
        return mark_safe("")
    credits = gathered(contribution, request)
    return script(creative_work(contribution, credits, request.build_absolute_uri, url=url))


def gathered(contribution: Contribution, request: HttpRequest | None) -> Credits:
    """Return the credits, gathered once for a page that shows them in two places."""
    if request is None:
        return credits_for(contribution)
    kept: dict[int, Credits] = request.__dict__.setdefault("_civic_credits", {})
    if contribution.pk not in kept:
        kept[contribution.pk] = credits_for(contribution, request)
    return kept[contribution.pk]
