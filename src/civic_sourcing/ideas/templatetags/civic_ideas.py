"""What pages say of forums and ideas: ``{% load civic_ideas %}``."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString

from civic_sourcing.core import clock
from civic_sourcing.core.stencils import stencil_of
from civic_sourcing.ideas import outlook
from civic_sourcing.ideas.listing.cards import TONES, Card, with_gaps
from civic_sourcing.ideas.models import Stage
from civic_sourcing.ideas.vocabulary import Words, words_of

register = template.Library()

CARD = "civic_sourcing/ideas/idea_card.html"
ON_CARDS = [
    f"civic_sourcing/core/elements/{name}.html" for name in ("badge", "card", "icon", "meta")
]


@register.filter
def words(page: Any) -> Words:
    """What the forum calls its ideas: ``{% with words=page|words %}``."""
    return words_of(getattr(page, "process", None))


@register.filter
def support_in_words(page: Any, number: int) -> str:
    """“12 people support this idea.”"""
    return words_of(page.process).support_in_words(number)


@register.simple_tag(takes_context=True)
def idea_card(context: Any, idea: Card) -> SafeString:
    """Draw ``idea_card.html`` for an idea of a list."""
    shown = context.template.engine.get_template(CARD)
    stencil = stencil_of(shown, idea.shape, lambda: with_gaps(idea), parts=ON_CARDS)
    if stencil is None:
        return shown.render(context.new({"idea": idea}))
    return stencil.fill(idea.words)


@register.inclusion_tag("civic_sourcing/ideas/forum_facts.html", takes_context=True)
def forum_facts(context: Any, page: Any) -> dict[str, Any]:
    """How the forum works: problem, owner, conditions, thresholds. Nothing where nothing is set."""
    request = context["request"]
    if page.process is None:
        return {}
    at = clock.of_request(request)
    return {"facts": outlook.facts_of(page.process, request.user, at)}


@register.inclusion_tag("civic_sourcing/ideas/idea_way.html", takes_context=True)
def idea_way(context: Any, page: Any) -> dict[str, Any]:
    """Everything that happened to an idea, as a timeline."""
    return {"steps": outlook.steps_of(page, context.get("request"), context.get("standing"))}


@register.inclusion_tag("civic_sourcing/ideas/idea_outlook.html", takes_context=True)
def idea_outlook(context: Any, page: Any) -> dict[str, Any]:
    """What more support would bring about, and a debate that is open."""
    request = context.get("request")
    at = clock.of_request(request) if request else clock.now()
    return {"outlook": outlook.outlook_of(page, at), "page": page}


@register.inclusion_tag("civic_sourcing/ideas/stage_badge.html")
def stage_badge(page: Any) -> dict[str, Any]:
    """The stage of an idea, once it is more than published."""
    if page.stage == Stage.PUBLISHED:
        return {}
    return {"label": page.get_stage_display(), "tone": TONES.get(page.stage, "neutral")}
