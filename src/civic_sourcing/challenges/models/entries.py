"""What solvers hand in, alone or as a team."""

from __future__ import annotations

import uuid
from functools import partial
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from civic_sourcing.challenges.models.partners import PartnerInvitation
from civic_sourcing.challenges.models.rounds import EntryQuestion, Round
from civic_sourcing.core.uploads import Upload

TITLE_COLUMN = 200


class EntryState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("entry", "Draft")
    SUBMITTED = "submitted", _("Handed in")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    RETURNED = "returned", _("Returned and erased")


class EntryQuerySet(models.QuerySet["Entry"]):
    def of(self, process: Any) -> EntryQuerySet:
        return self.filter(process=process)

    def handed_in(self) -> EntryQuerySet:
        return self.filter(state=EntryState.SUBMITTED)

    def to_judge(self) -> EntryQuerySet:
        """
        Handed in, opened after the deadline, verified by whoever it was entered for, and not
        waiting for a guardian.
        """
        waits = Q(contribution__held_by__contains="guardian") | Q(
            contribution__state__in=["hidden", "removed"]
        )
        opened = self.handed_in().filter(contribution__isnull=False, verified_at__isnull=False)
        return opened.exclude(waits)

    def with_person(self, participant: Any) -> EntryQuerySet:
        """Those ``participant`` leads or is a member of."""
        present = TeamMember.objects.present().filter(participant=participant)
        return self.filter(Q(captain=participant) | Q(pk__in=present.values("entry")))


class Entry(models.Model):
    """
    One solution, alone (no ``team_name``) or of a team, through all rounds of a challenge.

    ``words`` are the form as it was typed (a draft, or the next version of what is handed in);
    ``handed_in`` what counts: the document (``entering.documents``) of the last submission.
    ``round`` is the one it is in now. Before the deadline nothing of it leaves its team: it gets
    ``contribution``, its row in the ledger, and ``number``, the order of submission in the
    challenge, when entries are opened after it (``opening``). ``receipt`` is told to the solver,
    and is made of the digest of the document. ``verified_at`` is empty while somebody has not said
    yet that what a manager entered for them (``token_digest`` is of the link) is theirs.
    ``refused`` is the code with which the ledger's gate refused it.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    process = models.ForeignKey(
        "civic_processes.Process", on_delete=models.PROTECT, related_name="entries"
    )
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="entries")
    contribution = models.OneToOneField(
        "civic_attribution.Contribution",
        on_delete=models.PROTECT,
        null=True,
        related_name="challenge_entry",
    )
    captain = models.ForeignKey(
        "civic_participants.Participant",
        on_delete=models.PROTECT,
        null=True,
        related_name="captained_entries",
        verbose_name=_("captain"),
    )
    entered_by = models.ForeignKey(
        "civic_participants.Participant",
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("entered by"),
    )
    team_name = models.CharField(_("team"), max_length=100, blank=True)
    state = models.CharField(
        _("state"), max_length=12, choices=EntryState, default=EntryState.DRAFT
    )
    words = models.JSONField(_("what was typed"), default=dict, blank=True)
    handed_in = models.JSONField(_("what was handed in"), default=dict, blank=True)
    title = models.CharField(_("title"), max_length=TITLE_COLUMN, blank=True)
    language = models.CharField(_("language"), max_length=16, blank=True)
    number = models.PositiveIntegerField(_("number"), null=True, editable=False)
    receipt = models.CharField(max_length=32, blank=True, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    opened = models.PositiveIntegerField(_("version in the ledger"), default=0, editable=False)
    licence = models.ForeignKey(
        "civic_attribution.LicenceVersion",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("licence"),
    )
    third_party_note = models.TextField(_("material of others"), max_length=5000, blank=True)
    made_on_duty = models.BooleanField(_("made in the course of employment"), default=False)
    token_digest = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    refused = models.CharField(max_length=64, blank=True, editable=False)
    source = models.ForeignKey(
        PartnerInvitation,
        on_delete=models.SET_NULL,
        null=True,
        related_name="entries",
        verbose_name=_("came through"),
    )
    is_first = models.BooleanField(_("takes part for the first time"), default=False)
    created_at = models.DateTimeField(_("begun"), editable=False)
    changed_at = models.DateTimeField(_("last changed"), editable=False)
    submitted_at = models.DateTimeField(_("handed in"), null=True, editable=False)
    verified_at = models.DateTimeField(_("verified"), null=True, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, editable=False)
    rights_back_at = models.DateTimeField(_("rights given back"), null=True, editable=False)
    returned_at = models.DateTimeField(_("returned"), null=True, editable=False)

    wagtail_reference_index_ignore = True

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("challenge", "entry")
        verbose_name_plural = pgettext_lazy("challenge", "entries")
        constraints = [
            models.UniqueConstraint(
                fields=["process", "number"],
                name="civic_entry_number",
                violation_error_message=_("There is an entry of this number already."),
            ),
            models.CheckConstraint(
                name="civic_entry_state_known",
                condition=Q(state__in=EntryState.values),
                violation_error_message=_("This state is not known."),
            ),
            models.CheckConstraint(
                name="civic_entry_submitted",
                condition=~Q(state="submitted") | (Q(submitted_at__isnull=False) & ~Q(receipt="")),
                violation_error_message=_("What is handed in has a time and a receipt."),
            ),
        ]
        indexes = [
            models.Index(fields=["captain", "process"], name="civic_entry_mine"),
            models.Index(fields=["process", "state"], name="civic_entry_of"),
        ]

    def __str__(self) -> str:
        """A number and nothing more: it may stand in logs while the entry is sealed."""
        return str(self.uuid)

    @property
    def working_title(self) -> str:
        """What its team calls it: as it was handed in, else as typed so far; perhaps nothing."""
        return self.title or str(self.words.get("title", ""))

    @property
    def is_team(self) -> bool:
        return bool(self.team_name)


class Submission(models.Model):
    """
    One time an entry was handed in, its fingerprint kept for good.

    ``digest`` is that of ``document`` under ``salt``; both are emptied once a later submission of
    the same round takes its place, the entry is withdrawn, or its time is over. The database takes
    none outside the dates of its round.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="submissions")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="submissions")
    number = models.PositiveIntegerField(_("number"))
    document = models.JSONField(_("what was handed in"), default=dict, blank=True)
    salt = models.CharField(max_length=32, blank=True)
    digest = models.CharField(_("fingerprint"), max_length=64)
    at = models.DateTimeField(_("handed in"))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        ordering = ["entry", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "number"],
                name="civic_submission_number",
                violation_error_message=_("There is a submission of this number already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.uuid)


class TeamMemberQuerySet(models.QuerySet["TeamMember"]):
    def present(self) -> TeamMemberQuerySet:
        """Those who joined and have not left."""
        return self.filter(joined_at__isnull=False, left_at=None)

    def invited(self) -> TeamMemberQuerySet:
        """Those who have not answered yet."""
        return self.filter(joined_at=None, left_at=None)


class TeamMember(models.Model):
    """Somebody invited to a team; part of it once ``joined_at`` is set and until ``left_at``."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="members")
    participant = models.ForeignKey(
        "civic_participants.Participant",
        on_delete=models.PROTECT,
        null=True,
        related_name="team_memberships",
        verbose_name=_("member"),
    )
    role = models.CharField(_("role"), max_length=40, blank=True)
    address_digest = models.CharField(max_length=64, blank=True, editable=False)
    token_digest = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    invited_at = models.DateTimeField(_("invited"), editable=False)
    joined_at = models.DateTimeField(_("joined"), null=True, editable=False)
    left_at = models.DateTimeField(_("left"), null=True, editable=False)

    wagtail_reference_index_ignore = True

    objects = TeamMemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("member of a team")
        verbose_name_plural = _("members of teams")
        ordering = ["invited_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "participant"],
                condition=Q(left_at=None, participant__isnull=False),
                name="civic_team_member_once",
                violation_error_message=_("This person is in the team already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.participant or self.uuid)


class EntryFile(Upload):
    """A file of an entry; ``question`` is what it replies to, ``counts`` if it was handed in."""

    entry = models.ForeignKey(
        Entry, on_delete=models.SET_NULL, null=True, related_name="files", editable=False
    )
    question = models.ForeignKey(
        EntryQuestion, on_delete=models.CASCADE, null=True, related_name="files", editable=False
    )
    counts = models.BooleanField(default=False, editable=False)
    digest = models.CharField(max_length=64, blank=True, editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("file of an entry")
        verbose_name_plural = _("files of entries")
        ordering = ["pk"]

    @property
    def number(self) -> str:
        """Its UUID in letters and digits, for the value of a button."""
        return str(self.uuid.hex)

    @property
    def facts(self) -> dict[str, str]:
        """What the document of an entry says of it."""
        return {"uuid": str(self.uuid), "name": self.name, "digest": self.digest}

    def delete_with_content(self) -> None:
        """Delete the row, and what is stored once the transaction is through."""
        storage, name = self.file.storage, str(self.file.name)
        self.delete()
        transaction.on_commit(partial(storage.delete, name), robust=True)


class SolverQuestion(models.Model):
    """A question about a challenge, public with its reply, so that all know the same."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    process = models.ForeignKey(
        "civic_processes.Process", on_delete=models.CASCADE, related_name="solver_questions"
    )
    participant = models.ForeignKey(
        "civic_participants.Participant",
        on_delete=models.SET_NULL,
        null=True,
        related_name="solver_questions",
        verbose_name=_("asked by"),
    )
    text = models.TextField(_("question"), max_length=2000)
    language = models.CharField(_("language"), max_length=16)
    asked_at = models.DateTimeField(_("asked"), editable=False)
    reply = models.TextField(_("reply"), max_length=5000, blank=True)
    replied_at = models.DateTimeField(_("replied"), null=True, editable=False)
    replied_by = models.ForeignKey(
        "civic_participants.Participant",
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("replied by"),
    )
    declined_reason = models.TextField(_("why it is not shown"), max_length=2000, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("question about a challenge")
        verbose_name_plural = _("questions about challenges")
        ordering = ["asked_at", "pk"]

    def __str__(self) -> str:
        return self.text[:60]


class Advance(models.Model):
    """An entry that may take part in a later round."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="advances")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="advances")
    at = models.DateTimeField(_("at"), editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("entry that advances")
        verbose_name_plural = _("entries that advance")
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "round"],
                name="civic_advance_once",
                violation_error_message=_("This entry advances already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.entry)
