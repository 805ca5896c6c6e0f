"""Counts: what came out, written once and never changed; who published and confirmed them."""

from __future__ import annotations

import hashlib
import json
import uuid
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from civic_sourcing.core import clock
from civic_sourcing.processes.models import Process

from .casting import VoteRun
from .two_people import Proposal


class CountResultQuerySet(models.QuerySet["CountResult"]):
    def of(self, process: Process) -> CountResultQuerySet:
        """Counts of one vote, the latest first."""
        return self.filter(process=process).order_by("-version")

    def latest_of(self, process: Process) -> CountResult | None:
        """The latest count, published or not: for those who run the vote."""
        return self.of(process).first()

    def released(self) -> CountResultQuerySet:
        """Those that are published, as everybody may see."""
        return self.filter(publication__isnull=False).select_related("publication")

    def released_of(self, process: Process) -> CountResult | None:
        """The latest count that is published; ``None`` before the first."""
        return self.of(process).released().first()


class CountResult(models.Model):
    """
    One count of one vote: a numbered document with its SHA-256, never changed.

    A recount is a new version beside the old. ``content`` is canonical JSON, amounts in minor
    units; ``docs/reference/counts.md`` describes it. ``counted_by`` is the random UUID of the
    participant who counted, empty where the system did. Nobody but those who run the vote sees a
    count before its ``CountPublication``.
    """

    process = models.ForeignKey(
        "civic_processes.Process", on_delete=models.PROTECT, related_name="counts", editable=False
    )
    version = models.PositiveIntegerField(editable=False)
    content = models.TextField(editable=False)
    digest = models.CharField(max_length=64, editable=False)
    created_at = models.DateTimeField(editable=False)
    software = models.CharField(max_length=64, editable=False)
    counted_by = models.UUIDField(null=True, editable=False)

    objects = CountResultQuerySet.as_manager()

    class Meta:
        verbose_name = _("count")
        verbose_name_plural = _("counts")
        constraints = [
            models.UniqueConstraint(
                fields=["process", "version"],
                name="civic_count_version_once",
                violation_error_message=_("This vote has a count with this version."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version} ({self.digest[:8]})"

    @cached_property
    def document(self) -> dict[str, Any]:
        """The count as a dictionary; not to be changed."""
        return json.loads(self.content)

    def step_of(self, number: str) -> dict[str, Any] | None:
        """The step in which the project with that number had its turn."""
        return next((step for step in self.document["steps"] if step["project"] == number), None)

    @property
    def is_released(self) -> bool:
        """Whether everybody may see it."""
        return CountPublication.objects.filter(count=self.pk).exists()

    @property
    def confirmation(self) -> Confirmation | None:
        """The confirmation by two people, if there is one: until then a count is provisional."""
        return self.confirmations.filter(approved_at__isnull=False).first()

    @property
    def is_intact(self) -> bool:
        """Whether the content still has the digest it was stored with."""
        return content_digest(self.content) == self.digest


class CountPublication(models.Model):
    """
    A count was published: provisional from ``published_at`` on, and open to objections before
    ``objections_until``. Never changed.
    """

    count = models.OneToOneField(
        CountResult, on_delete=models.PROTECT, related_name="publication", editable=False
    )
    published_at = models.DateTimeField(editable=False)
    published_by = models.UUIDField(null=True, editable=False)
    objections_until = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("publication of a count")
        verbose_name_plural = _("publications of counts")

    def __str__(self) -> str:
        return self.published_at.isoformat()


class CountedBallots(models.Model):
    """
    Some rows of the file of all ballots of a count, as anybody may fetch it. Never changed.

    The text of ``place`` 0 is the head of the rows, which says what their columns are.
    """

    count = models.ForeignKey(
        CountResult, on_delete=models.PROTECT, related_name="ballot_rows", editable=False
    )
    place = models.PositiveIntegerField(editable=False)
    ballots = models.PositiveIntegerField(editable=False)
    text = models.TextField(editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("ballots of a count")
        verbose_name_plural = _("ballots of counts")
        constraints = [
            models.UniqueConstraint(
                fields=["count", "place"],
                name="civic_counted_ballots_once",
                violation_error_message=_("These ballots are written down already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.count_id}/{self.place}"


class Confirmation(Proposal):
    """
    Two people say that a published count holds; ``reason`` says what became of objections.
    """

    count = models.ForeignKey(
        CountResult, on_delete=models.PROTECT, related_name="confirmations", editable=False
    )

    class Meta(Proposal.Meta):
        verbose_name = _("confirmation of a count")
        verbose_name_plural = _("confirmations of counts")
        constraints = [
            *Proposal.Meta.constraints,
            models.UniqueConstraint(
                fields=["count"],
                condition=models.Q(approved_at__isnull=False),
                name="civic_count_confirmed_once",
                violation_error_message=_("This count is already confirmed."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.count_id)

    @property
    def process(self) -> Process:
        return self.count.process

    @property
    def run_id(self) -> int:
        """The run that was counted."""
        return VoteRun.objects.in_earnest().get(process=self.count.process_id).pk


SILENCE = timedelta(minutes=5)
"""Without a sign of life for so long, whoever was counting is taken for cut off."""


class CountJobQuerySet(models.QuerySet["CountJob"]):
    def alive(self) -> CountJobQuerySet:
        """Those that wait or run; of a run there is one at most."""
        return self.filter(state__in=(CountJob.State.WAITING, CountJob.State.RUNNING))

    def cut_off(self, at: datetime) -> CountJobQuerySet:
        """Those that run, and have given no sign of life for ``SILENCE``."""
        return self.filter(state=CountJob.State.RUNNING, beat_at__lt=at - SILENCE)


class CountJob(models.Model):
    """
    One going at a count: who asked, how far it is, what became of it. One at a time for each run.

    ``beat_at`` is the last sign of life; one that gave none for ``SILENCE`` is dead, and another
    may begin. ``drawn`` is what came out where ties are drawn by an announced event, ``eligible``
    how many people may vote, where that is known.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("counting")
        DONE = "done", _("counted")
        FAILED = "failed", _("not counted")

    class Stage(models.TextChoices):
        WAITING = "waiting", _("Waiting for its turn")
        READING = "reading", _("Reading the ballots")
        COUNTING = "counting", _("Counting")
        WRITING = "writing", _("Writing down the count")

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    run = models.ForeignKey(
        VoteRun, on_delete=models.PROTECT, related_name="count_jobs", editable=False
    )
    state = models.CharField(
        max_length=16, choices=State.choices, default=State.WAITING, editable=False
    )
    stage = models.CharField(
        max_length=16, choices=Stage.choices, default=Stage.WAITING, editable=False
    )
    done = models.PositiveBigIntegerField(default=0, editable=False)
    total = models.PositiveBigIntegerField(default=0, editable=False)
    asked_by = models.UUIDField(null=True, editable=False)
    asked_at = models.DateTimeField(editable=False)
    beat_at = models.DateTimeField(editable=False)
    drawn = models.CharField(max_length=255, blank=True, editable=False)
    eligible = models.PositiveIntegerField(null=True, editable=False)
    problem = models.CharField(max_length=64, blank=True, editable=False)
    result = models.OneToOneField(
        CountResult, on_delete=models.PROTECT, null=True, related_name="job", editable=False
    )

    objects = CountJobQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("going at a count")
        verbose_name_plural = _("goings at counts")
        constraints = [
            models.UniqueConstraint(
                fields=["run"],
                condition=models.Q(state__in=("waiting", "running")),
                name="civic_count_job_one_at_a_time",
                violation_error_message=_("This vote is being counted already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.uuid)

    @property
    def is_over(self) -> bool:
        return self.state in (self.State.DONE, self.State.FAILED)

    @property
    def percent(self) -> int:
        """How far it is, in whole percent of the ballots read."""
        return min(100, self.done * 100 // self.total) if self.total else 0

    def is_dead(self, at: datetime) -> bool:
        """Whether nobody works on it any more. One that still waits is not dead."""
        return self.state == self.State.RUNNING and at - self.beat_at > SILENCE

    def take_up(self) -> bool:
        """Begin to work on it, unless somebody else does or it is over."""
        now, running = clock.now(), self.State.RUNNING
        waiting = CountJob.objects.filter(pk=self.pk, state=self.State.WAITING)
        if not waiting.update(state=running, beat_at=now):
            return False
        self.refresh_from_db()
        return True

    def beat(self, stage: str, **figures: int) -> None:
        """Give a sign of life, for others to see at once where no transaction is open."""
        CountJob.objects.filter(pk=self.pk, state=self.State.RUNNING).update(
            stage=stage, beat_at=clock.now(), **figures
        )

    def finish(self, result: CountResult) -> None:
        self.state, self.result = self.State.DONE, result
        self.save(update_fields=["state", "result"])

    def give_up(self, problem: str) -> None:
        """Say that nothing came of it; ``problem`` is a code."""
        CountJob.objects.alive().filter(pk=self.pk).update(
            state=self.State.FAILED, problem=problem[:64]
        )


def content_digest(content: str) -> str:
    """Return the SHA-256 of a document's text, in hexadecimal."""
    return hashlib.sha256(content.encode()).hexdigest()
