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
from civic_sourcing.answers.display.answers import answers_of
from civic_sourcing.answers.display.clocks import clock_of
from civic_sourcing.answers.places import OFFICIAL
from civic_sourcing.answers.told import told_of
from civic_sourcing.attribution.models import Contribution
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
    follow = follow_of(request.user, contribution)
    is_said = any(said.values())
    if not is_said and not desk and not follow:
        return NOTHING
    words = {**said, "desk_url": desk, "follow": follow, "is_said": is_said}
    return render_to_string(TEMPLATE, words, request=request)


def follow_of(user: Any, contribution: Contribution) -> dict[str, Any] | None:
    """
    The button to follow what becomes of it, and whether ``user`` does; ``None`` for kinds that are
    not followed so.
    """
    if not contribution.is_public or not contribution.kind_of.is_followed_for_delivery:
        return None
    follows = (
        user.is_authenticated
        and contribution.delivery_follows.filter(participant__user=user).exists()
    )
    name = "unfollow" if follows else "follow"
    return {"follows": follows, "url": reverse(f"civic_answers:{name}", args=[contribution.uuid])}


def desk_url(user: Any, contribution: Contribution) -> str:
    """Where ``user`` answers it for the city; empty for everybody but officials of the place."""
    if not contribution.is_public or OFFICIAL not in roles_of(user, contribution):
        return ""
    return reverse("civic_answers_admin:contribution", args=[contribution.uuid])


def public_words(contribution: Contribution) -> dict[str, list[Any]]:
    """Clocks, answers and plans of one contribution, as everybody may read them."""
    told, at = told_of(contribution), now()
    clocks = defaultdict(list)
    for row in told.promises:
        clocks[row.contribution_id].append(clock_of(row, at, told.names))
    return {
        "clocks": sorted(clocks[contribution.pk], key=lambda each: not each.promise.is_running),
        "answers": answers_of(told.answers, told.names),
        "plans": [
            plan_of(
                row,
                localdate(),
                told.names,
                clocks=clocks[row.contribution_id],
                beside=str(contribution.public_title),
            )
            for row in told.public_adoptions
        ],
    }
