import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from civic_sourcing.notifications.categories import (
    KEY_LENGTH,
    Category,
    Choice,
    Mail,
    find_category,
)
from civic_sourcing.notifications.managers import (
    NotificationQuerySet,
    OutboxQuerySet,
    PreferenceQuerySet,
)
from civic_sourcing.notifications.texts import SUBJECT_LENGTH, URL_LENGTH

LANGUAGE_LENGTH = 20
DEDUPE_LENGTH = 64


class Digest(models.TextChoices):
    """What gathers several notifications into one mail."""

    DAILY = "daily", _("daily digest")
    WEEKLY = "weekly", _("weekly digest")


class OutboxMessage(models.Model):
    """
    One mail to one person, written in the transaction of what it tells of and sent afterwards.

    To a user it has no words of its own: they are those of its notifications, and the address is
    the user's at the time of sending. To anybody else it carries address and words until it comes
    to its end, and not a moment longer: the database insists.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("given up")
        DROPPED = "dropped", _("no longer wanted")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        related_name="+",
        verbose_name=_("account"),
    )
    address = models.EmailField(_("address"), blank=True)
    category = models.CharField(
        pgettext_lazy("notification", "category"), max_length=KEY_LENGTH, blank=True
    )
    digest = models.CharField(_("digest"), max_length=10, choices=Digest.choices, blank=True)
    language = models.CharField(_("language"), max_length=LANGUAGE_LENGTH)
    subject = models.CharField(
        pgettext_lazy("message", "subject"), max_length=SUBJECT_LENGTH, blank=True
    )
    text = models.TextField(_("text"), blank=True)
    url = models.CharField(_("leads to"), max_length=URL_LENGTH, blank=True)
    about = models.UUIDField(_("about"), null=True, db_index=True)
    dedupe = models.CharField(  # noqa: DJ001 -- many rows have none, and it is unique
        _("digest against repetition"), max_length=DEDUPE_LENGTH, null=True, unique=True
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    failure = models.CharField(_("what went wrong last"), max_length=80, blank=True)
    created_at = models.DateTimeField(_("written at"), db_index=True)
    due_at = models.DateTimeField(_("due at"))
    claim = models.UUIDField(_("claim of a worker"), null=True)
    claimed_at = models.DateTimeField(_("claimed at"), null=True)
    sent_at = models.DateTimeField(_("sent at"), null=True)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        indexes = [
            models.Index(
                fields=["due_at"], condition=Q(state="queued"), name="civic_notifications_due"
            ),
            models.Index(
                fields=["claimed_at"], condition=Q(state="sending"), name="civic_notifications_held"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(address="") | Q(user=None, state__in=["queued", "sending"]),
                name="civic_notifications_address_wiped",
                violation_error_message=_("An address is not kept once the message is sent."),
            )
        ]

    def __str__(self) -> str:
        return str(self.uuid)


class Notification(models.Model):
    """
    One piece of news for one person, in the language that person had when it was written.

    It is in the inbox where the person wants it there (``in_app``), belongs to a mail (``message``)
    or waits for a digest (``waits_for``).
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="civic_notifications",
        verbose_name=_("account"),
    )
    category = models.CharField(pgettext_lazy("notification", "category"), max_length=KEY_LENGTH)
    language = models.CharField(_("language"), max_length=LANGUAGE_LENGTH)
    subject = models.CharField(pgettext_lazy("message", "subject"), max_length=SUBJECT_LENGTH)
    body = models.TextField(_("text"), blank=True)
    url = models.CharField(_("leads to"), max_length=URL_LENGTH, blank=True)
    about = models.UUIDField(_("about"), null=True, db_index=True)
    dedupe = models.CharField(  # noqa: DJ001 -- many rows have none, and it is unique
        _("digest against repetition"), max_length=DEDUPE_LENGTH, null=True, unique=True
    )
    in_app = models.BooleanField(_("in the inbox"), default=True)
    waits_for = models.CharField(_("waits for"), max_length=10, choices=Digest.choices, blank=True)
    message = models.ForeignKey(
        OutboxMessage,
        on_delete=models.SET_NULL,
        null=True,
        related_name="notifications",
        verbose_name=_("mail"),
    )
    created_at = models.DateTimeField(_("written at"), db_index=True)
    read_at = models.DateTimeField(_("read at"), null=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        indexes = [
            models.Index(fields=["user", "-created_at", "-id"], name="civic_notifications_inbox"),
            models.Index(
                fields=["user"],
                condition=Q(in_app=True, read_at=None),
                name="civic_notifications_unread",
            ),
            models.Index(
                fields=["waits_for", "created_at"],
                condition=~Q(waits_for=""),
                name="civic_notifications_waiting",
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def kind(self) -> Category | None:
        """The category, or ``None`` where its room is no longer installed."""
        return find_category(self.category)


class Preference(models.Model):
    """How one person wants one category, where that person has chosen."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("account"),
    )
    category = models.CharField(pgettext_lazy("notification", "category"), max_length=KEY_LENGTH)
    in_app = models.BooleanField(_("in the inbox"), default=True)
    mail = models.CharField(_("by mail"), max_length=10, choices=Mail.choices)

    objects = PreferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("preference")
        verbose_name_plural = _("preferences")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "category"], name="civic_notifications_one_preference"
            )
        ]

    def __str__(self) -> str:
        return f"{self.category}: {self.mail}"

    @property
    def choice(self) -> Choice:
        return Choice(in_app=self.in_app, mail=Mail(self.mail))
