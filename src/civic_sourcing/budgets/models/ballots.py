"""Ballots: what was cast, never who cast it."""

import json
import uuid
from collections import Counter
from typing import Any

from django.db import models
from django.db.models import Count, Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from civic_sourcing.processes.models import Process

from .casting import VoteRun
from .polling import PaperBatch
from .two_people import SetAside


class BallotQuerySet(models.QuerySet):
    def of(self, process: Process) -> "BallotQuerySet":
        """Ballots of one vote, in all its languages, without those of rehearsals."""
        return self.filter(process=process).exclude(run__kind=VoteRun.Kind.REHEARSAL)

    def counted(self) -> "BallotQuerySet":
        """Without those two people have set aside, and without sheets that were corrected."""
        set_aside = SetAside.objects.filter(
            run=OuterRef("run"), mark=OuterRef("mark"), approved_at__isnull=False
        )
        return self.standing().exclude(Exists(set_aside))

    def standing(self) -> "BallotQuerySet":
        """Without sheets of a batch that another one has taken the place of."""
        return self.filter(batch__replacement__accepted_at__isnull=True)

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
    One ballot of a closed vote, written in one piece and never changed.

    ``content`` is canonical JSON: ``{"vote": [number, …]}`` in the order of the paper, with
    ``"points"`` running parallel to it where points are given. Nothing here leads to a voter: the
    key is random, there is no time and no sequence, and rows are written in random order when the
    vote is closed; before that they are ``Envelope``s. ``mark`` is a keyed value by which the
    ballot of a tracker can be set aside; sheets of paper have none, but the ``batch`` they came in.
    ``area`` is the code of the area whose paper it is where areas have papers of their own, and
    ``group`` that of the voter's group where groups weigh differently; both are empty elsewhere.
    ``voter`` (JSON) is empty but for imported ballots of which somebody has decided that age or sex
    are told.
    Never registered as snippet, viewset, page or API field.
    """

    class Channel(models.TextChoices):
        IMPORTED = "imported", _("imported")
        ONLINE = "online", _("online")
        PAPER = "paper", _("on paper")

    uuid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    process = models.ForeignKey(
        "civic_processes.Process", on_delete=models.PROTECT, related_name="ballots", editable=False
    )
    channel = models.CharField(max_length=16, choices=Channel.choices, editable=False)
    run = models.ForeignKey(
        VoteRun, on_delete=models.PROTECT, related_name="ballots", editable=False
    )
    mark = models.CharField(max_length=64, blank=True, editable=False)
    batch = models.ForeignKey(
        PaperBatch, on_delete=models.PROTECT, null=True, related_name="ballots", editable=False
    )
    area = models.CharField(max_length=64, blank=True, editable=False)
    group = models.CharField(max_length=64, blank=True, editable=False)
    voter = models.CharField(max_length=64, blank=True, editable=False)
    content = models.TextField(editable=False)

    objects = BallotQuerySet.as_manager()

    class Meta:
        verbose_name = _("ballot")
        verbose_name_plural = _("ballots")
        constraints = [
            models.UniqueConstraint(
                fields=["run", "mark"],
                condition=~models.Q(mark=""),
                name="civic_ballot_mark_once",
            )
        ]

    def __str__(self) -> str:
        return str(self.uuid)


def canonical_json(document: Any) -> str:
    """
    Return ``document`` as JSON with sorted keys and without spaces: equal documents, equal text.
    """
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
