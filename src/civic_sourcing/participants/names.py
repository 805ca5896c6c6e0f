"""
What a public name may be: plain, visible, and not that of somebody who acts for the city.

Two citizens may share a name; nobody may pass for an official, a moderator or another member of
staff, whatever letters they write it with.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from civic_sourcing.core.text import graphemes, single_line
from civic_sourcing.core.text.characters import BROKEN, INVISIBLE
from civic_sourcing.participants.conf import conf
from civic_sourcing.participants.confusables import skeleton
from civic_sourcing.participants.models.participants import NAME_COLUMN, Participant

_CONTROL = re.compile(rf"[{BROKEN}\t\n]")
_DIRECTION = re.compile(r"[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]")
_HIDDEN = re.compile(rf"[{INVISIBLE}]")
_ADDRESS = re.compile(r"[^\s@]+@[^\s@]+|\w+://|\bwww\.", re.IGNORECASE)
_TOMBSTONES = ("former participant", "탈퇴한 참여자")


class NameRefused(ValidationError):
    """A name that cannot be taken, with a sentence for its bearer and a code."""


SENTENCES = {
    "control-characters": _(
        "This name contains control characters, such as a tab or a line break. "
        "Please type it again without them."
    ),
    "direction-characters": _(
        "This name contains characters that turn the direction of writing. "
        "Please type it again without them."
    ),
    "invisible-characters": _(
        "This name contains invisible characters. Please type it again without them."
    ),
    "blank": _("Nobody could see this name. Please use letters."),
    "no-letters": _("A name needs at least one letter. Please add one."),
    "too-long": _(
        "This name is too long: it has %(length)s characters, and at most %(limit)s are possible."
    ),
    "address": _(
        "This looks like an e-mail or web address, and everybody would see it. "
        "Please use a name instead."
    ),
    "protected": _(
        "This name looks like that of somebody who works here for the city. "
        "Please choose another one, so that nobody is misled."
    ),
    "tombstone": _("Deleted accounts are named like this. Please choose another name."),
}


def check_name(name: str, *, bearer: Any = None) -> str:
    """
    Return ``name`` as it may be stored, or raise ``NameRefused``.

    ``bearer`` is the user who would be called so. Who holds a role may bear the name of another who
    does: people who work for the city can be namesakes.
    """
    name = check_characters(name)
    if _ADDRESS.search(name):
        raise refused("address")
    look = skeleton(name)
    if any(look.startswith(skeleton(words)) for words in _TOMBSTONES):
        raise refused("tombstone")
    if not holds_role(bearer) and look in set(protected_skeletons(bearer)):
        raise refused("protected")
    return name


def check_characters(name: str) -> str:
    """Return ``name`` composed, in one line, or raise ``NameRefused`` for what is wrong in it."""
    name = name.strip()
    count = graphemes(name[: 4 * NAME_COLUMN])
    if count > conf.NAME_LENGTH or len(unicodedata.normalize("NFC", name)) > NAME_COLUMN:
        raise refused("too-long", length=count, limit=conf.NAME_LENGTH)
    if not _visible(name):
        raise refused("blank")
    for code, unwanted in _UNWANTED:
        if unwanted.search(name):
            raise refused(code)
    name = single_line(name, max_length=NAME_COLUMN)
    if not any(character.isalpha() for character in name):
        raise refused("no-letters")
    return name


_UNWANTED = (
    ("control-characters", _CONTROL),
    ("direction-characters", _DIRECTION),
    ("invisible-characters", _HIDDEN),
)


def default_name(user: Any) -> str:
    """Return the account's full name or user name, or ``""`` if neither may be shown."""
    for name in (user.get_full_name(), user.get_username()):
        try:
            return check_name(str(name), bearer=user)
        except ValidationError:
            continue
    return ""


def holds_role(user: Any) -> bool:
    """Whether ``user`` acts for the city: superuser, staff, or with a role on some page."""
    if user is None or user.pk is None:
        return False
    return role_holders().filter(pk=user.pk).exists()


def role_holders() -> Any:
    """Active users who are superusers, staff, or in a group with a role on some page."""
    users = get_user_model()
    acting = Q(pk=None)
    for name, condition in (
        ("is_superuser", Q(is_superuser=True)),
        ("is_staff", Q(is_staff=True)),
        ("groups", Q(groups__civic_roles__isnull=False)),
    ):
        if _has_field(users, name):
            acting |= condition
    return users._base_manager.filter(acting, is_active=True).distinct()


def protected_skeletons(bearer: Any = None) -> Iterator[str]:
    """Skeletons of all names that stand for the city, without those of ``bearer``."""
    yield from map(skeleton, conf.PROTECTED_NAMES)
    others = role_holders()
    if bearer is not None and bearer.pk is not None:
        others = others.exclude(pk=bearer.pk)
    chosen = Participant.objects.filter(user__in=others).exclude(name="")
    yield from map(skeleton, chosen.values_list("name", flat=True))
    for user in others:
        yield from filter(None, map(skeleton, (user.get_full_name(), user.get_username())))


def refused(code: str, **params: Any) -> NameRefused:
    return NameRefused(SENTENCES[code], code=code, params=params)


def _visible(name: str) -> bool:
    seen = _HIDDEN.sub("", _DIRECTION.sub("", _CONTROL.sub("", name)))
    return any(unicodedata.category(character)[0] in "LNPS" for character in seen)


def _has_field(model: Any, name: str) -> bool:
    try:
        model._meta.get_field(name)
    except FieldDoesNotExist:
        return False
    return True
