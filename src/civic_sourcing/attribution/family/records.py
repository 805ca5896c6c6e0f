"""Writing derivations: one at a time in the whole town, so that no circle can close."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import connections
from django.utils.translation import gettext_lazy as _

from civic_sourcing.attribution.family.locks import ADVISORY_LOCK
from civic_sourcing.attribution.family.queries import leads_to
from civic_sourcing.attribution.models import Contribution, Derivation
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.participants.models import Participant


def derive(
    source: Contribution,
    target: Contribution,
    kind: str,
    *,
    at: datetime,
    by: Participant | None,
    using: str = "default",
) -> Derivation:
    """
    Record that ``target`` was made of ``source``, inside the caller's transaction.

    Raises ``ActionRefused``: ``itself``, ``derived-already`` or ``in-a-circle``.
    """
    if source.pk == target.pk:
        raise ActionRefused(_("Nothing is made of itself."), code="itself")
    take_lock(using)
    titles: dict[str, Any] = {"source": source.title, "target": target.title}
    if Derivation.objects.filter(source=source, target=target).exists():
        raise ActionRefused(
            _("It is known already that “%(target)s” was made of “%(source)s”."),
            code="derived-already",
            **titles,
        )
    if leads_to(target.pk, source.pk):
        raise ActionRefused(
            _("“%(source)s” was itself made of “%(target)s”, so it cannot be the other way round."),
            code="in-a-circle",
            **titles,
        )
    return Derivation.objects.create(source=source, target=target, kind=kind, by=by, at=at)


def take_lock(using: str) -> None:
    """Wait until nobody else writes a derivation. SQLite has one writer at a time anyway."""
    connection = connections[using]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ADVISORY_LOCK])
