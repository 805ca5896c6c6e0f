"""What becomes of the host's account when its person is erased."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import ProtectedError, RestrictedError
from wagtail.models import ModelLogEntry

from civic_sourcing.participants.conf import conf
from civic_sourcing.participants.models import Participant

BESIDE_THE_ACCOUNT = (
    ("wagtailusers", "UserProfile"),
    ("account", "EmailAddress"),
    ("socialaccount", "SocialAccount"),
)
"""Rows of other packages that belong to an account and hold personal values: field ``user``."""

_cleaners: list[Callable[[Any], None]] = []


def register_account_cleaner(function: Callable[[Any], None]) -> None:
    """
    Have ``function(user)`` take a host's own values away when an account is made anonymous.

    It runs inside the transaction of the erasure. Not called where the account is deleted: then
    the foreign keys of the host say what goes with it.
    """
    if function not in _cleaners:
        _cleaners.append(function)


def remove_account(user: Any, person: Participant) -> None:
    """
    Delete the account, or make it anonymous where the host wants so or still needs the row.

    A row is needed where something of the host points at it with ``PROTECT``.
    """
    forget_log_labels(user, person)
    if conf.ERASE_DELETES_USER:
        try:
            with transaction.atomic():
                user.delete()
                return
        except (ProtectedError, RestrictedError):
            pass
    make_anonymous(user, person)


def make_anonymous(user: Any, person: Participant) -> None:
    """Leave an account that nobody can sign in to and that says nothing of anybody."""
    values: dict[str, Any] = {
        user.USERNAME_FIELD: f"former-{person.uuid.hex[:16]}",
        user.get_email_field_name(): "",
        "first_name": "",
        "last_name": "",
        "is_active": False,
        "is_staff": False,
        "last_login": None,
    }
    if user.get_email_field_name() == user.USERNAME_FIELD:
        values[user.USERNAME_FIELD] = f"former-{person.uuid.hex[:16]}@invalid.invalid"
    known = {field.name for field in user._meta.concrete_fields}
    for name, value in values.items():
        if name in known:
            setattr(user, name, value)
    user.set_unusable_password()
    user.save()
    if hasattr(user, "groups"):
        user.groups.clear()
    for label, name in BESIDE_THE_ACCOUNT:
        if apps.is_installed(label) or label in apps.app_configs:
            apps.get_model(label, name)._base_manager.filter(user=user).delete()
    for function in _cleaners:
        function(user)


def forget_log_labels(user: Any, person: Participant) -> None:
    """Take the person's names out of Wagtail's log of what was edited in the admin."""
    for row in (user, person):
        ModelLogEntry.objects.filter(
            content_type=ContentType.objects.get_for_model(row, for_concrete_model=False),
            object_id=str(row.pk),
        ).update(label="", data={})
