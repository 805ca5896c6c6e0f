from pathlib import PurePath
from typing import Any, Self
from uuid import uuid4

from django.core.files.base import ContentFile
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .kinds import Kind
from .receiving import Received
from .storage import UploadStorage


def stored_name(upload: models.Model, name: str) -> str:
    """Return a random path that says nothing about the file, its author or its public address."""
    random = uuid4().hex
    return f"{random[:2]}/{random}{PurePath(name).suffix}"


class Upload(models.Model):
    """One stored file. A room subclasses it, adds what it belongs to, and registers it."""

    class MediaType(models.TextChoices):
        JPEG = Kind.JPEG.media_type
        PNG = Kind.PNG.media_type
        WEBP = Kind.WEBP.media_type
        PDF = Kind.PDF.media_type

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    file = models.FileField(_("file"), upload_to=stored_name, storage=UploadStorage())
    name = models.CharField(_("name"), max_length=100, help_text=_("For display only."))
    media_type = models.CharField(max_length=30, choices=MediaType, editable=False)
    size = models.PositiveIntegerField(_("size in bytes"), editable=False)
    width = models.PositiveIntegerField(null=True, editable=False)
    height = models.PositiveIntegerField(null=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True, editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @classmethod
    def holding(cls, received: Received, **fields: Any) -> Self:
        """Return an unsaved row for ``received``; saving it stores the file."""
        return cls(
            file=ContentFile(received.content, name=received.name),
            name=received.name,
            media_type=received.kind.media_type,
            size=len(received.content),
            width=received.width,
            height=received.height,
            **fields,
        )

    def get_absolute_url(self) -> str:
        """Return the address that asks for permission before it answers."""
        return reverse("civic_core:file", args=[self.uuid])
