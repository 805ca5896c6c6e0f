"""
Single keys of the queue, and the switch that turns them off (WCAG 2.1.4).

The switch is Wagtail's own “Keyboard shortcuts” of the account, so that there is one truth.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.users.models import UserProfile

from civic_sourcing.moderation.models import Outcome
from civic_sourcing.moderation.queue.names import URL_NAME

OUTCOME_KEYS = {
    Outcome.NO_BREACH: "n",
    Outcome.RELEASE: "p",
    Outcome.MASK: "m",
    Outcome.HIDE: "h",
    Outcome.TEMPORARY: "t",
    Outcome.REMOVE: "r",
    Outcome.MOVE: "v",
    Outcome.WARN: "w",
    Outcome.SUSPEND: "s",
    Outcome.LIFT: "l",
}
RULE_KEYS = "1234567890"


def keys_are_on(user: Any) -> bool:
    """Whether single keys do something for ``user``."""
    profile = getattr(user, "wagtail_userprofile", None)
    return profile is None or bool(profile.keyboard_shortcuts)


@require_POST
def switch_keys(request: HttpRequest) -> HttpResponse:
    """Turn single keys on or off for the account."""
    profile = UserProfile.get_for_user(request.user)
    profile.keyboard_shortcuts = not profile.keyboard_shortcuts
    profile.save(update_fields=["keyboard_shortcuts"])
    return redirect(get_valid_next_url_from_request(request) or f"{URL_NAME}:index")
