"""A run of a vote: its roll, its sealed ballots, its bulletin. Nothing here knows a person."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from civic_sourcing.processes.models import Process


class VoteRunQuerySet(models.QuerySet["VoteRun"]):
    """Runs of votes."""

    def in_earnest(self) -> VoteRunQuerySet:
        """Without rehearsals."""
        return self.exclude(kind=VoteRun.Kind.REHEARSAL)

    def of(self, process: Process | int) -> VoteRun | None:
        """The run that counts for ``process`` (or its key), or ``None``."""
        return self.in_earnest().filter(process=process).first()


class VoteRun(models.Model):
    """
    One holding of one vote, in all its languages: from the opening to the destroyed key.

    At opening the ``rulebook`` (canonical JSON) is written with its SHA-256 and the times; from
    then on the database lets nothing of it change but ``closes_at``, by a ``Lengthening``. The
    state only moves forward. A rehearsal has its own roll, bulletin and log, and can be erased.
    """

    class Kind(models.TextChoices):
        REAL = "real", _("real vote")
        REHEARSAL = "rehearsal", _("rehearsal")
        IMPORTED = "imported", _("imported")

    class State(models.TextChoices):
        PREPARED = "prepared", _("prepared")
        OPEN = "open", pgettext_lazy("vote", "open")
        CLOSED = "closed", pgettext_lazy("vote", "closed")
        COUNTED = "counted", pgettext_lazy("vote", "counted")
        DESTROYED = "destroyed", _("counted, key destroyed")

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    process = models.ForeignKey(
        "civic_processes.Process", on_delete=models.PROTECT, related_name="vote_runs"
    )
    kind = models.CharField(max_length=16, choices=Kind.choices, editable=False)
    state = models.CharField(
        max_length=16, choices=State.choices, default=State.PREPARED, editable=False
    )
    rulebook = models.TextField(blank=True, editable=False)
    digest = models.CharField(max_length=64, blank=True, editable=False)
    opens_at = models.DateTimeField(null=True, editable=False)
    closes_at = models.DateTimeField(null=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)

    objects = VoteRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("run of a vote")
        verbose_name_plural = _("runs of votes")
        constraints = [
            models.UniqueConstraint(
                fields=["process"],
                condition=~models.Q(kind="rehearsal"),
                name="civic_vote_run_once",
                violation_error_message=_("This vote was already prepared."),
            ),
            models.CheckConstraint(
                condition=models.Q(kind="imported")
                | models.Q(state="prepared")
                | models.Q(opens_at__lt=models.F("closes_at")),
                name="civic_vote_run_has_times",
                violation_error_message=_("A vote closes after it opens."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.uuid)

    @property
    def chain(self) -> uuid.UUID:
        """The audit chain: a rehearsal has its own, outside that of the process."""
        return self.uuid if self.kind == self.Kind.REHEARSAL else self.process.uuid


class RunKey(models.Model):
    """
    The database's half of the key of a run; deleted for good by ``DestroyKey``.

    ``proof`` tells whether the other half, a setting, is still the same.
    """

    run = models.OneToOneField(VoteRun, on_delete=models.PROTECT, related_name="key")
    secret = models.CharField(max_length=64, editable=False)
    proof = models.CharField(max_length=64, editable=False)

    class Meta:
        verbose_name = _("key of a vote")
        verbose_name_plural = _("keys of votes")

    def __str__(self) -> str:
        return str(self.run_id)


class RollEntry(models.Model):
    """
    Somebody has voted in this run: once per run and ``voter_key``, a keyed hash of who.

    The key is random; there is no time, no sequence and no tracker. ``area`` is the code of the
    area this person lives in, if the vote knows it: turnout is told by area.
    """

    uuid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    process = models.ForeignKey(
        "civic_processes.Process", on_delete=models.PROTECT, related_name="roll", editable=False
    )
    run = models.ForeignKey(VoteRun, on_delete=models.PROTECT, related_name="roll", editable=False)
    voter_key = models.CharField(max_length=64, editable=False)
    area = models.CharField(max_length=50, blank=True, editable=False)

    class Meta:
        verbose_name = _("entry of the roll")
        verbose_name_plural = _("entries of the roll")
        constraints = [
            models.UniqueConstraint(fields=["run", "voter_key"], name="civic_roll_voter_once")
        ]

    def __str__(self) -> str:
        return str(self.uuid)


class Envelope(models.Model):
    """
    A ballot while the vote is open: sealed under the run's key, found again by ``link`` alone.

    ``link`` is a keyed hash of the roll entry's key. Closing the vote takes all envelopes away.
    """

    uuid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    run = models.ForeignKey(
        VoteRun, on_delete=models.PROTECT, related_name="envelopes", editable=False
    )
    link = models.CharField(max_length=64, editable=False)
    sealed = models.TextField(editable=False)

    class Meta:
        verbose_name = _("envelope")
        verbose_name_plural = _("envelopes")
        constraints = [
            models.UniqueConstraint(fields=["run", "link"], name="civic_envelope_link_once")
        ]

    def __str__(self) -> str:
        return str(self.uuid)


class CastRequest(models.Model):
    """A cast that was carried out, as keyed hashes, so that its repetition gets its receipt."""

    uuid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    run = models.ForeignKey(
        VoteRun, on_delete=models.PROTECT, related_name="requests", editable=False
    )
    digest = models.CharField(max_length=64, editable=False)
    content = models.CharField(max_length=64, editable=False)

    class Meta:
        verbose_name = _("cast carried out")
        verbose_name_plural = _("casts carried out")
        constraints = [
            models.UniqueConstraint(fields=["run", "digest"], name="civic_cast_request_once")
        ]

    def __str__(self) -> str:
        return str(self.uuid)


class Notice(models.Model):
    """What the bulletin will say with its next batches, sealed until then."""

    uuid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    run = models.ForeignKey(
        VoteRun, on_delete=models.PROTECT, related_name="notices", editable=False
    )
    sealed = models.TextField(editable=False)

    class Meta:
        verbose_name = _("notice for the bulletin")
        verbose_name_plural = _("notices for the bulletin")

    def __str__(self) -> str:
        return str(self.uuid)


class BulletinQuerySet(models.QuerySet["BulletinEntry"]):
    """Entries of public bulletins."""

    def of(self, run: VoteRun) -> BulletinQuerySet:
        """Entries of one run, from its first."""
        return self.filter(run=run).order_by("sequence")

    def about(self, tracker: str) -> BulletinQuerySet:
        """What became of one tracker."""
        return self.filter(tracker=tracker)


class BulletinEntry(models.Model):
    """
    One line of the public bulletin: append-only, numbered and hash-chained per run.

    ``fingerprint`` is the SHA-256 over all that stands here, ``previous`` that of the line before.
    """

    class Kind(models.TextChoices):
        CAST = "cast", _("cast")
        CHANGED = "changed", _("replaced by its voter")
        VOID = "void", pgettext_lazy("ballot", "void")
        SET_ASIDE = "set_aside", _("set aside")
        PAPER = "paper", _("left out: voted on paper")

    uuid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    run = models.ForeignKey(
        VoteRun, on_delete=models.PROTECT, related_name="bulletin", editable=False
    )
    sequence = models.PositiveBigIntegerField(editable=False)
    kind = models.CharField(max_length=16, choices=Kind.choices, editable=False)
    tracker = models.CharField(max_length=32, db_index=True, editable=False)
    released_at = models.DateTimeField(editable=False)
    previous = models.CharField(max_length=64, editable=False)
    fingerprint = models.CharField(max_length=64, editable=False)

    objects = BulletinQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry of the bulletin")
        verbose_name_plural = _("entries of the bulletin")
        constraints = [
            models.UniqueConstraint(fields=["run", "sequence"], name="civic_bulletin_sequence"),
            models.UniqueConstraint(
                fields=["run", "kind", "tracker"], name="civic_bulletin_said_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.kind} {self.tracker}"
