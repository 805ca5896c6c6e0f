from __future__ import annotations

from typing import Any

from civic_sourcing.participants.models import Participant


def chosen_languages(users: list[Any]) -> dict[Any, str]:
    """Return the language each of ``users`` chose in their profile, by primary key."""
    keys = [user.pk for user in users]
    chosen = Participant.objects.filter(user__in=keys).exclude(language="")
    return dict(chosen.values_list("user_id", "language"))
