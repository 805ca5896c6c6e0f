"""Where people discuss: one thread below a contribution, or below a page in all its languages."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Exists, OuterRef, Value
from django.db.models.functions import Now
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from civic_sourcing.comments.models.people import Follow
from civic_sourcing.comments.models.rules import CommentRules

if TYPE_CHECKING:
    from civic_sourcing.attribution.models import Contribution
    from civic_sourcing.processes.models import Process


class ThreadQuerySet(models.QuerySet["Thread"]):
    def below(self, subject: Contribution | Process, *, reader: Any = None) -> Thread:
        """
        The thread below a contribution, or below the page of a process: not saved while nobody
        has posted there. One query, with its rules and what ``reader`` (a user) has to do with it.
        """
        where = _place(subject)
        row = self.filter(**where).select_related(
            "process__comment_rules", "process__moderation", "contribution"
        )
        thread = row.annotate(read_at=Now(), followed=_followed(reader)).first()
        if thread is None:
            return Thread(process=_process(subject), **where)
        thread.rules = CommentRules.objects.loaded(thread.process)
        if _knows_process(subject):
            thread.process = _process(subject)
        if "contribution" in where:
            thread.contribution = subject
        return thread

    def opened_below(self, subject: Contribution | Process) -> Thread:
        """The same, made at the first call; parallel first calls end with one row."""
        row, _made = self.get_or_create(**_place(subject), defaults={"process": _process(subject)})
        return row


class Thread(models.Model):
    """
    All comments in one place. ``comment_count`` counts those everybody can read, without tombstones
    and what waits. ``conclusion`` says what came out, while the thread is closed.

    ``page_key`` is the translation key of the page's process, so that all languages and aliases
    share the thread. Whoever posts holds the lock of this row.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    process = models.ForeignKey(
        "civic_processes.Process",
        on_delete=models.PROTECT,
        related_name="threads",
        verbose_name=_("process"),
    )
    contribution = models.OneToOneField(
        "civic_attribution.Contribution",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="thread",
        verbose_name=_("contribution"),
    )
    page_key = models.UUIDField(null=True, blank=True, unique=True, editable=False)
    comment_count = models.PositiveIntegerField(_("comments"), default=0, editable=False)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    closed_by = models.ForeignKey(
        "civic_participants.Participant",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("closed by"),
    )
    conclusion = models.TextField(_("conclusion"), blank=True)
    conclusion_html = models.TextField(editable=False, blank=True)

    read_at: datetime | None = None
    """The database's time when ``below`` found it."""
    followed = False
    """Whether the reader ``below`` was asked for follows it."""

    objects = ThreadQuerySet.as_manager()

    class Meta:
        verbose_name = _("thread")
        verbose_name_plural = _("threads")
        constraints = [
            models.CheckConstraint(
                name="civic_thread_below_one_thing",
                condition=models.Q(contribution=None) ^ models.Q(page_key=None),
                violation_error_message=_("A thread is below a contribution or below a page."),
            ),
            models.CheckConstraint(
                name="civic_thread_concluded_only_if_closed",
                condition=models.Q(closed_at__isnull=False)
                | models.Q(conclusion="", conclusion_html="", closed_by=None),
                violation_error_message=_("Only a closed thread has a conclusion."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.contribution) if self.contribution else str(self.process)

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None

    @cached_property
    def rules(self) -> CommentRules:
        """What holds for comments here; looked up once."""
        return CommentRules.objects.of(self.process)


def _place(subject: Contribution | Process) -> dict[str, object]:
    translation_key = getattr(subject, "translation_key", None)
    return {"page_key": translation_key} if translation_key else {"contribution": subject}


def _followed(reader: Any) -> Any:
    if reader is None or not reader.is_authenticated:
        return Value(False)
    return Exists(Follow.objects.filter(thread=OuterRef("pk"), participant__user=reader.pk))


def _knows_process(subject: Contribution | Process) -> bool:
    """Whether the process is in memory, perhaps with its phases, so that it can be shared."""
    return "process" not in {field.name for field in subject._meta.fields} or (
        "process" in subject._state.fields_cache
    )


def _process(subject: Contribution | Process) -> Process:
    return subject.process
