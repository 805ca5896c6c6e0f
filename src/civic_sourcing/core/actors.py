"""
Who acts, as the log may know it: a random UUID and never a user.

The ground floor knows no participants; the room that does registers how to find the UUID.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.exceptions import ImproperlyConfigured

ActorResolver = Callable[[Any], UUID]

_resolver: ActorResolver | None = None


def register_actor_resolver(function: ActorResolver | None) -> ActorResolver | None:
    """Let ``function(user)`` name signed-in users from now on. Return the one it replaces."""
    global _resolver
    previous, _resolver = _resolver, function
    return previous


def actor_uuid(user: Any) -> UUID | None:
    """
    Return the UUID that stands for ``user`` in logs and keys.

    ``None`` and anonymous visitors have none. Raises ``ImproperlyConfigured`` for a signed-in user
    while no room has registered a resolver: an actor must not silently disappear from the log.
    """
    if user is None or not user.is_authenticated:
        return None
    if _resolver is None:
        raise ImproperlyConfigured(
            "No actor resolver is registered. Add 'civic_sourcing.participants' to INSTALLED_APPS "
            "or call civic_sourcing.core.actors.register_actor_resolver()."
        )
    return _resolver(user)
