"""Ballots: what was cast, never who cast it."""

import json
import uuid
from collections import Counter
from typing import Any

from django.db import models
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from civic_sourcing.processes.models import Process


class BallotQuerySet(models.QuerySet):
    def of(self, process: Process) -> "BallotQuerySet":
        """Ballots of one vote, in all its languages."""
        return self.filter(process=process)

    def tally(self) -> Counter[str]:
        """
        Return how often each content was cast.

        Equal ballots come back once with their number, so that a count reads few rows however many
        voted.
        """
        rows = self.order_by().values_list("content").annotate(number=Count("*"))
        return Counter(dict(rows))


class Ballot(models.Model):
    """
    One ballot, written in one piece and never changed.

    ``content`` is canonical JSON: ``{"vote": [number, …]}`` in the order of the paper, with
    ``"points"`` running parallel to it where points are given. Nothing here leads to a voter: the
    key is random, there is no time and no sequence. Never registered as snippet, viewset, page or
    API field.
    """

    class Channel(models.TextChoices):
        IMPORTED = "imported", _("imported")
        ONLINE = "online", _("online")

    uuid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    process = models.ForeignKey(
        "civic_processes.Process", on_delete=models.PROTECT, related_name="ballots", editable=False
    )
    channel = models.CharField(max_length=16, choices=Channel.choices, editable=False)
    content = models.TextField(editable=False)

    objects = BallotQuerySet.as_manager()

    class Meta:
        verbose_name = _("ballot")
        verbose_name_plural = _("ballots")

    def __str__(self) -> str:
        return str(self.uuid)


def canonical_json(document: Any) -> str:
    """
    Return ``document`` as JSON with sorted keys and without spaces: equal documents, equal text.
    """
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
