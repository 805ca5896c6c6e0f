import uuid
from datetime import datetime

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from civic_sourcing.core.uploads.models import stored_name
from civic_sourcing.core.uploads.storage import UploadStorage
from civic_sourcing.participants.models.participants import Participant


class DataExportQuerySet(models.QuerySet["DataExport"]):
    def waiting(self) -> "DataExportQuerySet":
        """Asked for and not made yet, the oldest first."""
        return self.filter(state=DataExport.State.WAITING).order_by("asked_at")

    def open(self) -> "DataExportQuerySet":
        """On the way or ready to be fetched."""
        return self.filter(state__in=[DataExport.State.WAITING, DataExport.State.READY])

    def overdue(self, at: datetime) -> "DataExportQuerySet":
        """Ready, and not fetched in time at ``at`` (aware)."""
        return self.filter(state=DataExport.State.READY, expires_at__lte=at)


class DataExport(models.Model):
    """One “download my data”: asked for, made by a task, fetched once by its owner, gone."""

    class State(models.TextChoices):
        WAITING = "waiting", _("being made")
        READY = "ready", _("ready")
        FETCHED = "fetched", _("downloaded")
        EXPIRED = "expired", _("expired")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    participant = models.ForeignKey(
        Participant,
        on_delete=models.CASCADE,
        related_name="exports",
        verbose_name=_("participant"),
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    file = models.FileField(
        _("file"), upload_to=stored_name, storage=UploadStorage(), blank=True, editable=False
    )
    language = models.CharField(_("language"), max_length=20, blank=True)
    asked_at = models.DateTimeField(_("asked for"))
    expires_at = models.DateTimeField(_("expires"), null=True)

    objects = DataExportQuerySet.as_manager()

    class Meta:
        verbose_name = _("download of somebody's data")
        verbose_name_plural = _("downloads of people's data")
        constraints = [
            models.UniqueConstraint(
                fields=["participant"],
                condition=models.Q(state__in=["waiting", "ready"]),
                name="civic_one_open_export",
                violation_error_message=_("Your download is already on its way."),
            )
        ]

    def __str__(self) -> str:
        return str(self.uuid)

    def let_file_go(self, state: "DataExport.State") -> None:
        """Come to an end in ``state``; the file is deleted when the transaction is through."""
        storage, name = self.file.storage, self.file.name
        self.state, self.file = state, ""
        self.save(update_fields=["state", "file"])
        if name:
            transaction.on_commit(lambda: storage.delete(name), robust=True)
