"""Money and outcomes in templates: ``{% load civic_budgets %}``."""

from __future__ import annotations

from typing import Any

from django import template

from civic_sourcing.budgets.area_map import drawn_areas
from civic_sourcing.budgets.booth.views_rules import run_with_rules
from civic_sourcing.budgets.models import Project
from civic_sourcing.budgets.projects.shown import cost_text
from civic_sourcing.budgets.turnout import turnout_of
from civic_sourcing.core.money import format_money
from civic_sourcing.processes.models import Process

register = template.Library()

TONES = {
    Project.Outcome.UNDECIDED: "info",
    Project.Outcome.FUNDED: "success",
    Project.Outcome.NOT_FUNDED: "neutral",
    Project.Outcome.WITHDRAWN: "neutral",
}


@register.filter
def money(amount: int, currency: str) -> str:
    """Write ``amount`` (minor units) of ``currency`` as the active language does."""
    return format_money(amount, currency)


@register.filter
def cost(project: Project, currency: str) -> str:
    """Write the cost of ``project``, or the range of its cost, as the active language does."""
    return cost_text(project.cost, project.cost_least, currency)


@register.filter
def outcome_tone(outcome: str) -> str:
    """Return the tone of the badge for a project's outcome."""
    return TONES[Project.Outcome(outcome)]


@register.filter
def notice_tone(outcome: str) -> str:
    """Return the tone of the notice that explains a project's outcome."""
    return "success" if outcome == Project.Outcome.FUNDED else "info"


@register.inclusion_tag("civic_sourcing/budgets/turnout.html")
def turnout(process: Process | None) -> dict[str, Any]:
    """Say how many have voted, as it was last published; nothing before the first time."""
    return {"turnout": turnout_of(process)}


@register.inclusion_tag("civic_sourcing/budgets/areas.html")
def vote_areas(process: Process | None) -> dict[str, Any]:
    """Draw the areas of a vote that have an outline; nothing where none has."""
    return {"areas": drawn_areas(process)}


@register.inclusion_tag("civic_sourcing/budgets/rules_frozen.html")
def frozen_rules(page: Any, url: str = "") -> dict[str, Any]:
    """Say that the rules of a vote are frozen, with their fingerprint; nothing before."""
    return {"run": run_with_rules(page), "url": f"{url or page.url}rules/"}
