"""System checks of notifications."""

import re
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.core.mail.backends.smtp import EmailBackend as SmtpBackend

from civic_sourcing.notifications.categories import KEY_LENGTH, Category, Mail, categories
from civic_sourcing.notifications.conf import conf
from civic_sourcing.notifications.mail_server import mail_backend

KEY = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*")


def register_checks() -> None:
    """Register the checks; called when the room is ready."""
    register(check_categories, Tags.compatibility)
    register(check_mail, Tags.security, deploy=True)


def check_categories(**kwargs: Any) -> list[CheckMessage]:
    """Name categories with a key (E001), default (E002) or label (E003) that cannot be."""
    return [
        Error(complaint, id=f"civic_notifications.{number}")
        for category in categories()
        for number, complaint in _complaints(category)
    ]


def _complaints(category: Category) -> Iterator[tuple[str, str]]:
    if not KEY.fullmatch(category.key) or len(category.key) > KEY_LENGTH:
        yield (
            "E001",
            "The key of a category is lower-case words joined by dots, such as "
            f"'civic_ideas.news', of at most {KEY_LENGTH} characters, not {category.key!r}.",
        )
    if category.default_mail not in Mail.values:
        yield (
            "E002",
            f"default_mail of category {category.key!r} must be one of {Mail.values!r}, "
            f"not {category.default_mail!r}.",
        )
    if not str(category.label).strip():
        yield "E003", f"Category {category.key!r} needs a label that people can choose it by."


def check_mail(**kwargs: Any) -> list[CheckMessage]:
    """Warn of mail nobody can answer for (W001) and of a server waited for without end (W002)."""
    found: list[CheckMessage] = []
    sender = conf.MAIL_FROM or settings.DEFAULT_FROM_EMAIL
    if sender.endswith("@localhost"):
        found.append(
            Warning(
                f"Mail would come from {sender!r}.",
                hint="Set DEFAULT_FROM_EMAIL, or CIVIC_SOURCING['MAIL_FROM'].",
                id="civic_notifications.W001",
            )
        )
    if _waits_too_long():
        found.append(
            Warning(
                "A mail server that never answers would hold a message longer than its lease.",
                hint="Set EMAIL_TIMEOUT (Django 6.1: in MAILERS) to some seconds, such as 30.",
                id="civic_notifications.W002",
            )
        )
    return found


def _waits_too_long() -> bool:
    backend = mail_backend()
    if not isinstance(backend, SmtpBackend):
        return False
    return backend.timeout is None or backend.timeout >= conf.OUTBOX_LEASE_SECONDS
