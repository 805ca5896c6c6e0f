"""Where somebody is reached, and in which language: the room that knows it registers how."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.conf import settings

LanguageResolver = Callable[[list[Any]], Mapping[Any, str]]
"""Takes users and returns languages by the primary key of the user; who is missing has none."""

_resolver: LanguageResolver | None = None


def register_language_resolver(function: LanguageResolver | None) -> LanguageResolver | None:
    """
    Let ``function(users)`` tell from now on which languages people chose. Return the one replaced.

    It is asked for many people at once and should cost the same number of queries for any number.
    """
    global _resolver
    previous, _resolver = _resolver, function
    return previous


def languages_of(users: Iterable[Any]) -> dict[Any, str]:
    """Return the language of each user by primary key: the chosen one or ``LANGUAGE_CODE``."""
    people = list(users)
    chosen = _resolver(people) if _resolver else {}
    return {user.pk: spoken(chosen.get(user.pk)) for user in people}


def language_of(user: Any) -> str:
    """Return the language in which ``user`` is written to."""
    return languages_of([user])[user.pk]


def spoken(code: str | None) -> str:
    """Return ``code`` if the site speaks that language, else the site's own."""
    return code if code in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def address_of(user: Any) -> str:
    """Return the mail address of the account as it is now, or the empty string."""
    return getattr(user, user.get_email_field_name(), "") or ""
