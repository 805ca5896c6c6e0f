"""Asking those who support an earlier version, and telling followers that it was changed."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from civic_sourcing.ideas.models import IdeaFollow, Support
from civic_sourcing.ideas.stage_news import SUPPORTED, address
from civic_sourcing.notifications.outbox import notify
from civic_sourcing.notifications.texts import filled


def ask_supporters(idea: Any) -> int:
    """
    Ask who supports an earlier version than the last material one, once it can be read.

    Returns how many were told, followers included. Calling it again tells nobody.
    """
    if not idea.live or idea.material_version < 2:
        return 0
    asked = Support.objects.asked(idea).select_related("participant__user")
    supporters = [row.participant.user for row in asked if row.participant.user]
    told = _tell(
        idea,
        supporters,
        _("“%(title)s”, which you support, was changed"),
        _(
            "It says something else than when you supported it. Please look whether you still "
            "support it: you can keep your support or take it back."
        ),
    )
    keys = {user.pk for user in supporters}
    rows = IdeaFollow.objects.filter(contribution=idea.contribution_id)
    people = [row.participant.user for row in rows.select_related("participant__user")]
    followers = [user for user in people if user and user.pk not in keys]
    return told + _tell(idea, followers, _("“%(title)s”, which you follow, was changed"), "")


def _tell(idea: Any, users: list[Any], subject: Any, body: Any) -> int:
    contribution = idea.contribution
    return notify(
        users,
        category=SUPPORTED.key,
        subject=filled(subject, title=contribution.name_in_news),
        body=body,
        url=address(contribution),
        about=contribution.uuid,
        dedupe=f"edit:{contribution.uuid}:{idea.material_version}",
    )
