"""Answers, promises and what became of it, on the page of whatever they are about."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.template.context import Context
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.timezone import localdate, now

from civic_sourcing.answers.display.adoptions import plan_of
from civic_sourcing.answers.display.answers import Answer, answers_of
from civic_sourcing.answers.display.clocks import clock_of
from civic_sourcing.answers.display.departments import Names
from civic_sourcing.answers.models import Adoption, OfficialAnswer, Promise
from civic_sourcing.answers.places import OFFICIAL
from civic_sourcing.attribution.models import Contribution
from civic_sourcing.attribution.models.contributions import PUBLIC
from civic_sourcing.processes.roles import roles_of

NOTHING = SafeString("")
TEMPLATE = "civic_sourcing/answers/slot.html"


def show_answers(context: Context, subject: Any) -> SafeString:
    """
    Show what the city owes to ``subject`` and has said about it: a contribution, or its page.

    Three queries where there is nothing; nothing is shown then.
    """
    contribution = getattr(subject, "contribution", subject)
    request = context.get("request")
    if not isinstance(contribution, Contribution) or contribution.pk is None or request is None:
        return NOTHING
    said = public_words(contribution)
    desk = desk_url(request.user, contribution)
    if not any(said.values()) and not desk:
        return NOTHING
    return render_to_string(TEMPLATE, {**said, "desk_url": desk}, request=request)


def desk_url(user: Any, contribution: Contribution) -> str:
    """Where ``user`` answers it for the city; empty for everybody but officials of the place."""
    if not contribution.is_public or OFFICIAL not in roles_of(user, contribution):
        return ""
    return reverse("civic_answers_admin:contribution", args=[contribution.uuid])


def public_words(contribution: Contribution) -> dict[str, list[Any]]:
    """Clocks, answers and plans of one contribution, as everybody may read them."""
    names, at = Names(), now()
    adoptions = list(adoptions_of(contribution))
    clocks = defaultdict(list)
    owed_to = [contribution, *(row.contribution for row in adoptions)]
    for row in promises_to(owed_to):
        clocks[row.contribution_id].append(clock_of(row, at, names))
    return {
        "clocks": sorted(clocks[contribution.pk], key=lambda each: not each.promise.is_running),
        "answers": answers(contribution, names),
        "plans": [
            plan_of(row, localdate(), names, clocks=clocks[row.contribution_id])
            for row in adoptions
        ],
    }


def promises_to(contributions: list[Contribution]) -> Any:
    rows = Promise.objects.filter(contribution__in=contributions).select_related("department")
    return rows.order_by("due_at", "pk")


def answers(contribution: Contribution, names: Names) -> list[Answer]:
    rows = OfficialAnswer.objects.of(contribution).published().select_related("department")
    return answers_of(rows.prefetch_related("parts__department"), names)


def adoptions_of(contribution: Contribution) -> Any:
    rows = Adoption.objects.of(contribution).filter(contribution__state__in=PUBLIC)
    rows = rows.select_related("contribution", "department")
    return rows.prefetch_related("partners", "milestones", "updates__photos", "changes")
