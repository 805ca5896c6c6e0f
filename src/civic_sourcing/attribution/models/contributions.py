"""The ledger's rows: whatever citizens hand in, one row each."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from civic_sourcing.attribution.kinds import ContributionKind, contribution_kind

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

    from civic_sourcing.processes.models import Process


class State(models.TextChoices):
    """Where a contribution stands. What is published, or was until withdrawn, everybody sees."""

    DRAFT = "draft", _("Draft")
    HELD = "held", _("Waiting")
    PUBLISHED = "published", pgettext_lazy("state", "Published")
    HIDDEN = "hidden", pgettext_lazy("state", "Hidden")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    REMOVED = "removed", pgettext_lazy("state", "Removed")


PUBLIC = frozenset({State.PUBLISHED, State.WITHDRAWN})


class Channel(models.TextChoices):
    """How a contribution reached the town."""

    ONLINE = "online", _("Online")
    PAPER = "paper", _("On paper")
    WORKSHOP = "workshop", _("At a workshop")
    STAFF = "staff", _("By the city’s staff")
    IMPORT = "import", _("Imported")


class ContributionQuerySet(models.QuerySet["Contribution"]):
    def of(self, process: Process) -> ContributionQuerySet:
        """What was handed in to one process, in all its languages."""
        return self.filter(process=process)

    def by(self, user: AbstractBaseUser) -> ContributionQuerySet:
        """What one person handed in, in every state."""
        return self.filter(author__user=user)

    def published(self) -> ContributionQuerySet:
        """What everybody may read: published, or withdrawn with the text left readable."""
        return self.filter(state__in=PUBLIC)

    def in_order(self) -> ContributionQuerySet:
        """As received: within one process the sequence decides, to the microsecond and below."""
        return self.order_by("process_id", "sequence")


class Contribution(models.Model):
    """
    One thing somebody handed in: an idea, a comment, an entry.

    The content model points here with a ``OneToOneField``. ``sequence`` counts the contributions of
    a process in the order in which they were received, without gaps; ``received_at`` is the
    database's time under the same lock. Rows are made by ``ledger.receive`` and never deleted.
    ``author`` is empty for staff, and on paper until somebody has claimed it. ``held_by`` names the
    keepers of the gate it waits for; ``title`` is kept here too, for lists and trees.
    """

    waits_for: Sequence[str] = ()
    """Just received and held: the sentences for its author."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=32)
    process = models.ForeignKey(
        "civic_processes.Process",
        on_delete=models.PROTECT,
        related_name="contributions",
        verbose_name=_("process"),
    )
    author = models.ForeignKey(
        "civic_participants.Participant",
        on_delete=models.PROTECT,
        null=True,
        related_name="contributions",
        verbose_name=_("author"),
    )
    entered_by = models.ForeignKey(
        "civic_participants.Participant",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("entered by"),
    )
    sequence = models.PositiveBigIntegerField(_("number in the process"))
    received_at = models.DateTimeField(_("received"))
    state = models.CharField(_("state"), max_length=16, choices=State.choices)
    held_by = models.CharField(_("held by"), max_length=255, blank=True)
    hidden_from = models.CharField(_("state before it was hidden"), max_length=16, blank=True)
    channel = models.CharField(
        _("channel"), max_length=16, choices=Channel.choices, default=Channel.ONLINE
    )
    language = models.CharField(_("language"), max_length=16)
    title = models.CharField(_("title"), max_length=255, blank=True)
    licence = models.ForeignKey(
        "civic_attribution.LicenceVersion",
        on_delete=models.PROTECT,
        null=True,
        related_name="contributions",
        verbose_name=_("licence"),
    )
    consent_version = models.CharField(_("version of the terms"), max_length=64, blank=True)
    third_party_note = models.TextField(_("material of others"), blank=True)
    made_on_duty = models.BooleanField(_("made in the course of employment"), default=False)

    objects = ContributionQuerySet.as_manager()

    class Meta:
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        constraints = [
            models.UniqueConstraint(
                fields=["process", "sequence"], name="civic_contribution_sequence"
            ),
            models.CheckConstraint(
                name="civic_contribution_state_known",
                condition=models.Q(state__in=State.values),
                violation_error_message=_("This state is not known."),
            ),
            models.CheckConstraint(
                name="civic_contribution_held_by_somebody",
                condition=models.Q(state="held") ^ models.Q(held_by=""),
                violation_error_message=_("What waits is held by somebody, and nothing else is."),
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "state", "-received_at"], name="civic_contribution_list")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def kind_of(self) -> ContributionKind:
        """How this kind of contribution is shown, hidden, restored and linked."""
        return contribution_kind(self.kind)

    @property
    def is_public(self) -> bool:
        """Published, or withdrawn afterwards: then it stays readable and says so."""
        return self.state in PUBLIC

    @property
    def public_title(self) -> Any:
        """What people may be told it is called: its title while all may read it, else its kind."""
        return (self.title if self.is_public else "") or self.kind_of.label

    @property
    def name_in_news(self) -> Any:
        """
        What notices call it, which cannot be called back when it is masked.

        So what has no title of its own, and is called by its first words, goes by its kind.
        """
        title = self.title if self.is_public and self.kind_of.has_title else ""
        return title or self.kind_of.label_of(self)

    @property
    def was_published(self) -> bool:
        return self.versions.exists()

    @property
    def keepers(self) -> list[str]:
        """The names of the keepers of the gate it waits for."""
        return self.held_by.split()
