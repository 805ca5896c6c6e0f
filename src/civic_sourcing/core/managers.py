from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import models

from civic_sourcing.core.conf import conf


class AuditEntryQuerySet(models.QuerySet[Any]):
    """Entries of the audit log. There is nothing here to change them with."""

    def of_chain(self, chain: UUID) -> "AuditEntryQuerySet":
        """Entries of one chain, from its first."""
        return self.filter(chain=chain).order_by("sequence")

    def about(self, kind: str, identifier: object) -> "AuditEntryQuerySet":
        """Entries on one subject, such as ``("civic_ideas.ideapage", idea.uuid)``."""
        return self.filter(subject_kind=kind, subject_id=str(identifier))


class IdempotencyKeyQuerySet(models.QuerySet[Any]):
    """Requests that were carried out."""

    def expired(self, at: datetime) -> "IdempotencyKeyQuerySet":
        """Keys whose repetition at ``at`` (aware) no longer gets the first result."""
        return self.filter(created_at__lt=at - timedelta(hours=conf.IDEMPOTENCY_HOURS))

    def purge(self, at: datetime) -> int:
        """Delete the keys that have expired at ``at`` (aware). Return how many."""
        deleted, _ = self.expired(at).delete()
        return deleted
