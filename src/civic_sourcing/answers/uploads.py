"""Photos of a delivery are for everybody, as is what they go with."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from civic_sourcing.answers.models import DeliveryPhoto
from civic_sourcing.core.uploads import Upload, register_uploads


def register_photos() -> None:
    register_uploads("civic_answers.deliveryphoto", find=find_photo, may_see=may_see_photo)


def find_photo(uuid: UUID) -> DeliveryPhoto | None:
    photos = DeliveryPhoto.objects.select_related("update__adoption__contribution")
    return photos.filter(uuid=uuid).first()


def may_see_photo(user: Any, upload: Upload) -> bool:
    assert isinstance(upload, DeliveryPhoto)
    return upload.update.adoption.contribution.is_public
