"""How people stand to comments and threads: who found one useful, is named in one, follows."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from civic_sourcing.participants.models.participants import NAME_COLUMN


class CommentVote(models.Model):
    """One person found one comment helpful (1) or not helpful (-1). Who, nobody is shown."""

    comment = models.ForeignKey(
        "civic_comments.Comment",
        on_delete=models.PROTECT,
        related_name="votes",
        verbose_name=_("comment"),
    )
    participant = models.ForeignKey(
        "civic_participants.Participant",
        on_delete=models.PROTECT,
        related_name="comment_votes",
        verbose_name=_("participant"),
    )
    value = models.SmallIntegerField(
        _("rating"), choices=[(1, _("Helpful")), (-1, _("Not helpful"))]
    )
    rated_at = models.DateTimeField(_("rated"), editable=False)

    class Meta:
        verbose_name = _("rating of a comment")
        verbose_name_plural = _("ratings of comments")
        constraints = [
            models.UniqueConstraint(
                fields=["comment", "participant"],
                name="civic_comment_vote_once",
                violation_error_message=_("You have rated this comment already."),
            ),
            models.CheckConstraint(
                name="civic_comment_vote_up_or_down",
                condition=models.Q(value__in=[1, -1]),
                violation_error_message=_("A comment is helpful or not helpful."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participant} → {self.comment_id}"


class Mention(models.Model):
    """A participant named with @ in a comment; ``name`` is how it stands in the text."""

    comment = models.ForeignKey(
        "civic_comments.Comment",
        on_delete=models.PROTECT,
        related_name="mentions",
        verbose_name=_("comment"),
    )
    participant = models.ForeignKey(
        "civic_participants.Participant",
        on_delete=models.PROTECT,
        related_name="mentions",
        verbose_name=_("participant"),
    )
    name = models.CharField(_("name"), max_length=NAME_COLUMN)

    class Meta:
        verbose_name = _("mention")
        verbose_name_plural = _("mentions")
        constraints = [
            models.UniqueConstraint(fields=["comment", "participant"], name="civic_mention_once")
        ]

    def __str__(self) -> str:
        return f"{self.comment_id} → {self.participant}"


class Follow(models.Model):
    """A participant wants to hear of new comments in a thread."""

    thread = models.ForeignKey(
        "civic_comments.Thread",
        on_delete=models.CASCADE,
        related_name="follows",
        verbose_name=_("thread"),
    )
    participant = models.ForeignKey(
        "civic_participants.Participant",
        on_delete=models.PROTECT,
        related_name="follows",
        verbose_name=_("participant"),
    )
    since = models.DateTimeField(_("since"), editable=False)

    class Meta:
        verbose_name = _("followed thread")
        verbose_name_plural = _("followed threads")
        constraints = [
            models.UniqueConstraint(fields=["thread", "participant"], name="civic_follow_once")
        ]

    def __str__(self) -> str:
        return f"{self.participant} → {self.thread_id}"
