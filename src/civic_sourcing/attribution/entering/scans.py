"""Who may see the scan of a card."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from civic_sourcing.attribution.models import Scan
from civic_sourcing.core.uploads import Upload, register_uploads
from civic_sourcing.processes.roles import roles_of


def register_scans() -> None:
    register_uploads(Scan._meta.label_lower, find=find_scan, may_see=may_see_scan)


def find_scan(uuid: UUID) -> Upload | None:
    return (
        Scan.objects.select_related("contribution__author", "contribution__process")
        .filter(uuid=uuid)
        .first()
    )


def may_see_scan(user: Any, upload: Upload) -> bool:
    """Staff with a role there, and whoever is the author by now."""
    contribution = upload.contribution  # type: ignore[attr-defined]
    if not user.is_authenticated:
        return False
    author = contribution.author
    return bool((author and author.user_id == user.pk) or roles_of(user, contribution))
