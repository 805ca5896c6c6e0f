"""Paper: polling places, who voted there, and batches of sheets that two people enter."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from civic_sourcing.processes.models import Process

from .casting import RollEntry, VoteRun
from .two_people import Proposal


class PollingPlace(models.Model):
    """
    A booth of one run where people vote on paper.

    ``listed_at``: its list of voters is complete, and the vote can be closed. ``counted_at``: its
    sheets are entered, and lists and sheets agree or ``note`` says publicly why they do not.
    """

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    run = models.ForeignKey(
        VoteRun, on_delete=models.PROTECT, related_name="polling_places", editable=False
    )
    name = models.CharField(_("name"), max_length=100)
    listed_at = models.DateTimeField(null=True, editable=False)
    counted_at = models.DateTimeField(null=True, editable=False)
    note = models.TextField(_("public note"), blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("polling place")
        verbose_name_plural = _("polling places")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "name"],
                name="civic_polling_place_once",
                violation_error_message=_("There is already a polling place of this name."),
            ),
            models.CheckConstraint(
                condition=models.Q(counted_at=None) | models.Q(listed_at__isnull=False),
                name="civic_polling_place_in_order",
                violation_error_message=_("A list is complete before its sheets are counted."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def process(self) -> Process:
        return self.run.process


class PaperVoter(models.Model):
    """
    Somebody was given a ballot paper at a polling place.

    ``envelope`` is the number on the envelope the sheet lies in, where the later ballot counts and
    a sheet must be found again unopened; else empty. ``area`` is where this person lives, if the
    vote knows it. There is no time, and who it is stands in ``PaperKey`` alone.
    """

    class State(models.TextChoices):
        COUNTS = "counts", pgettext_lazy("paper ballot", "counts")
        REPLACED = "replaced", _("replaced by a later ballot online")
        MISTAKEN = "mistaken", _("listed by mistake")

    uuid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    run = models.ForeignKey(
        VoteRun, on_delete=models.PROTECT, related_name="paper_voters", editable=False
    )
    place = models.ForeignKey(
        PollingPlace, on_delete=models.PROTECT, related_name="voters", editable=False
    )
    envelope = models.PositiveIntegerField(null=True, editable=False)
    area = models.CharField(max_length=50, blank=True, editable=False)
    state = models.CharField(
        max_length=16, choices=State.choices, default=State.COUNTS, editable=False
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("voter on paper")
        verbose_name_plural = _("voters on paper")
        constraints = [
            models.UniqueConstraint(fields=["place", "envelope"], name="civic_paper_envelope_once")
        ]

    def __str__(self) -> str:
        return str(self.uuid)


class PaperKeyQuerySet(models.QuerySet["PaperKey"]):
    """Keyed hashes of people who voted on paper."""

    def superseded(self, run: VoteRun) -> models.QuerySet[RollEntry]:
        """Entries of the roll whose ballot online does not count, as the one on paper does."""
        mine = self.filter(run=run, voter_key=models.OuterRef("voter_key"), counts=True)
        return RollEntry.objects.using(self.db).filter(models.Exists(mine), run=run)


class PaperKey(models.Model):
    """
    One way in which a voter on paper could also vote online, as the roll keeps it: a keyed hash.

    ``counts`` as long as the paper does; nobody has two papers that count.
    """

    uuid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    run = models.ForeignKey(
        VoteRun, on_delete=models.PROTECT, related_name="paper_keys", editable=False
    )
    voter = models.ForeignKey(
        PaperVoter, on_delete=models.PROTECT, related_name="keys", editable=False
    )
    voter_key = models.CharField(max_length=64, editable=False)
    counts = models.BooleanField(default=True, editable=False)

    objects = PaperKeyQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("key of a voter on paper")
        verbose_name_plural = _("keys of voters on paper")
        constraints = [
            models.UniqueConstraint(
                fields=["run", "voter_key"],
                condition=models.Q(counts=True),
                name="civic_paper_voter_once",
            )
        ]

    def __str__(self) -> str:
        return str(self.uuid)


class PaperBatchQuerySet(models.QuerySet["PaperBatch"]):
    def standing(self) -> PaperBatchQuerySet:
        """Without those another batch has taken the place of."""
        return self.filter(replacement__accepted_at__isnull=True)

    def in_force(self) -> PaperBatchQuerySet:
        """Those that stand, without corrections that are not accepted yet."""
        return self.standing().exclude(replaces__isnull=False, accepted_at__isnull=True)


class PaperBatch(models.Model):
    """
    Sheets counted by hand at a polling place, with the cover sheet's totals.

    ``sheets`` is how many there are, ``void`` how many of them are void, ``totals`` what was
    counted by hand for single projects (number to marks or points); the latter two are empty where
    nobody counted. ``area`` is the code of the area whose ballot paper these sheets are, ``group``
    that of the group of voters who filled them in; empty: the first group, if there are any.
    ``replaces`` is the batch that two people found wrong and that this one takes the place of, once
    it is accepted. ``first_by`` and ``second_by`` enter every sheet, each by themselves and until
    they say they are done.
    """

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    place = models.ForeignKey(
        PollingPlace, on_delete=models.PROTECT, related_name="batches", editable=False
    )
    number = models.PositiveIntegerField(_("number"), editable=False)
    area = models.CharField(_("ballot paper of"), max_length=64, blank=True)
    group = models.CharField(_("group of voters"), max_length=64, blank=True)
    sheets = models.PositiveIntegerField(_("sheets"))
    void = models.PositiveIntegerField(_("void sheets"), null=True, blank=True)
    totals = models.JSONField(_("counted by hand"), default=dict, blank=True)
    first_by = models.UUIDField(null=True, editable=False)
    first_done_at = models.DateTimeField(null=True, editable=False)
    second_by = models.UUIDField(null=True, editable=False)
    second_done_at = models.DateTimeField(null=True, editable=False)
    accepted_by = models.UUIDField(null=True, editable=False)
    accepted_at = models.DateTimeField(null=True, editable=False)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="replacement", editable=False
    )

    objects = PaperBatchQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("batch of sheets")
        verbose_name_plural = _("batches of sheets")
        ordering = ["place", "number"]
        constraints = [
            models.UniqueConstraint(fields=["place", "number"], name="civic_paper_batch_number"),
            models.CheckConstraint(
                condition=models.Q(second_by=None)
                | ~models.Q(second_by=models.F("first_by")) & models.Q(first_by__isnull=False),
                name="civic_paper_batch_by_two",
                violation_error_message=_("Two different people enter a batch."),
            ),
            models.CheckConstraint(
                condition=models.Q(accepted_at=None)
                | models.Q(first_done_at__isnull=False, second_done_at__isnull=False),
                name="civic_paper_batch_entered_twice",
                violation_error_message=_("A batch is entered twice before it is accepted."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place} · {self.number}"

    @property
    def run(self) -> VoteRun:
        return self.place.run

    @property
    def process(self) -> Process:
        return self.place.run.process

    @property
    def is_entered(self) -> bool:
        """Whether both people have finished."""
        return self.first_done_at is not None and self.second_done_at is not None

    def turn_of(self, actor: Any) -> int | None:
        """Which of the two entries is this person's: 1, 2, or ``None`` if two others do it."""
        if actor is None:
            return None
        if self.first_by in (None, actor):
            return 1
        return 2 if self.second_by in (None, actor) else None

    def is_done(self, turn: int) -> bool:
        return (self.first_done_at if turn == 1 else self.second_done_at) is not None


class BatchCorrection(Proposal):
    """
    Two people say that a batch that was counted has to be entered again.

    The batch stays as it is; ``replacement`` is the new one, which counts once it is accepted.
    """

    batch = models.ForeignKey(
        PaperBatch, on_delete=models.PROTECT, related_name="corrections", editable=False
    )

    wagtail_reference_index_ignore = True

    class Meta(Proposal.Meta):
        verbose_name = _("correction of a batch of sheets")
        verbose_name_plural = _("corrections of batches of sheets")

    def __str__(self) -> str:
        return str(self.batch_id)

    @property
    def run(self) -> VoteRun:
        return self.batch.place.run

    @property
    def run_id(self) -> int:
        return self.batch.place.run_id


class Sheet(models.Model):
    """
    What one person read on a sheet of paper.

    ``line`` is what was typed, in its normal form; ``content`` the canonical ballot it makes.
    """

    sheet = models.PositiveIntegerField(editable=False)
    line = models.TextField(blank=True, editable=False)
    content = models.TextField(editable=False)

    class Meta:
        abstract = True


class SheetEntry(Sheet):
    """One of the two entries of a sheet: ``turn`` 1 or 2."""

    batch = models.ForeignKey(
        PaperBatch, on_delete=models.PROTECT, related_name="entries", editable=False
    )
    turn = models.PositiveSmallIntegerField(editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("entry of a sheet")
        verbose_name_plural = _("entries of sheets")
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "sheet", "turn"], name="civic_sheet_entry_once"
            ),
            models.CheckConstraint(
                condition=models.Q(turn__in=(1, 2)), name="civic_sheet_entry_turn"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}/{self.sheet}/{self.turn}"


class SheetDecision(Sheet):
    """What a third person read on a sheet whose two entries differ."""

    batch = models.ForeignKey(
        PaperBatch, on_delete=models.PROTECT, related_name="decisions", editable=False
    )
    decided_by = models.UUIDField(editable=False)
    decided_at = models.DateTimeField(editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("decision on a sheet")
        verbose_name_plural = _("decisions on sheets")
        constraints = [
            models.UniqueConstraint(fields=["batch", "sheet"], name="civic_sheet_decided_once")
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}/{self.sheet}"
