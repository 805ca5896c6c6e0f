"""Comments: what people say to each other about a contribution or a page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from civic_sourcing.comments.texts import rendered

if TYPE_CHECKING:
    from civic_sourcing.participants.models import Participant
    from civic_sourcing.processes.models import Process

DEPTH = 3
"""Levels shown; a reply further down is shown on the last one, beside what it replies to."""


class Position(models.TextChoices):
    FOR = "for", _("For")
    AGAINST = "against", _("Against")
    NEUTRAL = "neutral", _("Neutral")


class Tombstone(models.TextChoices):
    """What stands in the place of a comment nobody can read any more, by cause."""

    AUTHOR = "author", _("Its author has deleted this comment.")
    MODERATION = "moderation", _("This comment was taken down under the netiquette.")
    ACCOUNT = "account", _("The author of this comment no longer takes part here.")
    WAITING = "waiting", _("This comment was changed and waits to be looked at.")


class CommentQuerySet(models.QuerySet["Comment"]):
    """See ``civic_sourcing.comments.slices`` for what one screen of a thread shows."""

    def shown(self) -> CommentQuerySet:
        """What has a place in its thread: with its text or as a tombstone."""
        return self.filter(shown_at__isnull=False)

    def readable(self) -> CommentQuerySet:
        """What everybody can read."""
        return self.shown().filter(tombstone="")

    def on_first_level(self) -> CommentQuerySet:
        return self.filter(parent=None)

    def new_since(self, at: datetime) -> CommentQuerySet:
        """What everybody can read and took its place after ``at`` (aware)."""
        return self.readable().filter(shown_at__gt=at)

    def in_reading_order(self) -> CommentQuerySet:
        """Each root with the comments below it, the first first."""
        return self.order_by("root", "branch", "pk")

    def with_people(self) -> CommentQuerySet:
        """With what one comment shows: its author, whom it replies to, and what it quotes."""
        return self.select_related(
            "contribution__author",
            "parent__contribution__author",
            "quoted__contribution__author",
        )


class Comment(models.Model):
    """
    One comment, whose row in the ledger is its primary key; later comments have higher ones.

    ``parent`` is what it replies to. ``root`` is the comment on the first level above it (or
    itself), ``branch`` the one on the second, so that ``(branch, pk)`` is the order in which the
    comments of one root are read. ``depth`` is the level it is shown on, from 1 to ``DEPTH``.

    ``shown_at`` is when it first took its place in the thread; empty while it waits at the gate.
    ``replies`` counts what everybody can read of what is shown below it. ``rating`` orders by
    usefulness: see ``civic_sourcing.comments.ratings``. ``moved_from`` are the keys of the place it
    was moved from.
    """

    contribution = models.OneToOneField(
        "civic_attribution.Contribution",
        on_delete=models.PROTECT,
        primary_key=True,
        related_name="comment",
        verbose_name=_("contribution"),
    )
    thread = models.ForeignKey(
        "civic_comments.Thread",
        on_delete=models.PROTECT,
        related_name="comments",
        verbose_name=_("thread"),
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("reply to"),
    )
    root = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="tree", db_index=False, editable=False
    )
    branch = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="+", db_index=False, editable=False
    )
    depth = models.PositiveSmallIntegerField(default=1, editable=False)
    quoted = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="quotations",
        verbose_name=_("quotes"),
    )
    position = models.CharField(
        pgettext_lazy("stance", "position"), max_length=8, choices=Position.choices, blank=True
    )
    role = models.CharField(
        _("speaks as"),
        max_length=32,
        blank=True,
        help_text=_("The role in which it was written, such as “official”."),
    )
    text = models.TextField(_("text"), blank=True)
    rendered_html = models.TextField(editable=False, blank=True)
    shown_at = models.DateTimeField(_("shown since"), null=True, editable=False)
    edited_at = models.DateTimeField(_("edited"), null=True, editable=False)
    tombstone = models.CharField(
        _("in its place"), max_length=16, choices=Tombstone.choices, blank=True, editable=False
    )
    moved_from = models.JSONField(null=True, blank=True, editable=False)
    replies = models.PositiveIntegerField(_("replies"), default=0, editable=False)
    helpful = models.PositiveIntegerField(_("helpful"), default=0, editable=False)
    not_helpful = models.PositiveIntegerField(_("not helpful"), default=0, editable=False)
    rating = models.PositiveIntegerField(default=0, editable=False)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        constraints = [
            models.CheckConstraint(
                name="civic_comment_depth_shown",
                condition=models.Q(depth=1, parent=None)
                | models.Q(depth__range=(2, DEPTH), parent__isnull=False),
            ),
            models.CheckConstraint(
                name="civic_comment_position_known",
                condition=models.Q(position__in=["", *Position.values]),
                violation_error_message=_("This position is not known."),
            ),
            models.CheckConstraint(
                name="civic_comment_tombstone_in_its_place",
                condition=models.Q(tombstone="")
                | models.Q(tombstone__in=Tombstone.values, shown_at__isnull=False),
                violation_error_message=_("Only what was shown leaves a tombstone."),
            ),
        ]
        indexes = [
            models.Index(fields=["root", "branch", "contribution"], name="civic_comment_tree"),
            models.Index(
                fields=["thread", "shown_at"],
                name="civic_comment_arrived",
                condition=models.Q(shown_at__isnull=False, tombstone=""),
            ),
            models.Index(
                fields=["thread", "shown_at", "contribution"],
                name="civic_comment_newest",
                condition=models.Q(parent=None, shown_at__isnull=False),
            ),
            models.Index(
                fields=["thread", "replies", "contribution"],
                name="civic_comment_replies",
                condition=models.Q(parent=None, shown_at__isnull=False),
            ),
            models.Index(
                fields=["thread", "rating", "contribution"],
                name="civic_comment_rated",
                condition=models.Q(parent=None, shown_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.contribution)

    @property
    def uuid(self) -> UUID:
        """That of its row in the ledger; the page has it as ``comment-<uuid>``."""
        return self.contribution.uuid

    @property
    def process(self) -> Process:
        return self.contribution.process

    @property
    def author(self) -> Participant | None:
        return self.contribution.author

    @property
    def is_readable(self) -> bool:
        """Shown, and with its text rather than a tombstone."""
        return self.shown_at is not None and not self.tombstone

    @property
    def tombstone_sentence(self) -> Any:
        return Tombstone(self.tombstone).label if self.tombstone else ""

    def write(self, text: str, names: Iterable[str] | None = None) -> None:
        """
        Take over a text, cleaned already; does not save. ``names`` are those mentioned in it, by
        default those who are by now.
        """
        if names is None:
            names = self.mentions.values_list("name", flat=True)
        self.text = text
        self.rendered_html = rendered(text, names) if text else ""
