"""What holds for the comments of one process, the same in all its languages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from civic_sourcing.comments.conf import conf

if TYPE_CHECKING:
    from civic_sourcing.processes.models import Process


class Order(models.TextChoices):
    """In which order the comments of a thread are shown; replies always follow each other."""

    NEWEST = "newest", _("Newest first")
    OLDEST = "oldest", _("Oldest first")
    REPLIES = "replies", _("Most replies")
    RATED = "rated", _("Best rated")


class CommentRulesQuerySet(models.QuerySet["CommentRules"]):
    def of(self, process: Process | Any) -> CommentRules:
        """The rules of ``process``; the usual ones, not saved, where nobody has set any."""
        return self.filter(process=process).first() or CommentRules(process=process)

    def loaded(self, process: Process | Any) -> CommentRules:
        """The same where ``process`` was read with its ``comment_rules``: no query."""
        return getattr(process, "comment_rules", None) or CommentRules(process=process)


class CommentRules(models.Model):
    """
    ``open_phases`` are the kinds of phase in which people can comment, ``None`` for all of them;
    outside of phases nobody can. ``edit_minutes`` empty means ``COMMENT_EDIT_MINUTES``.
    """

    process = models.OneToOneField(
        "civic_processes.Process", on_delete=models.CASCADE, related_name="comment_rules"
    )
    open_phases = models.JSONField(_("open during"), null=True, blank=True, default=None)
    positions = models.BooleanField(_("people say if they are for or against"), default=False)
    edit_minutes = models.PositiveIntegerField(_("minutes for editing"), null=True, blank=True)
    order = models.CharField(
        _("order at first"), max_length=16, choices=Order.choices, default=Order.NEWEST
    )

    objects = CommentRulesQuerySet.as_manager()

    class Meta:
        verbose_name = _("rules of comments")
        verbose_name_plural = _("rules of comments")
        constraints = [
            models.CheckConstraint(
                name="civic_comment_order_known",
                condition=models.Q(order__in=Order.values),
                violation_error_message=_("This order is not known."),
            )
        ]

    def __str__(self) -> str:
        return str(self.process)

    @property
    def minutes_to_edit(self) -> int:
        """How long an author can edit; 0 is not at all."""
        return conf.COMMENT_EDIT_MINUTES if self.edit_minutes is None else self.edit_minutes
