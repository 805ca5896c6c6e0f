"""Where uploads lie, and who may fetch them."""

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.test import RequestFactory
from django.test.utils import isolate_apps

from civic_sourcing.core.uploads import (
    PrivateFileSystemStorage,
    Upload,
    receive,
    register_uploads,
    stored_name,
)
from civic_sourcing.core.uploads.checks import check_upload_storage
from civic_sourcing.core.uploads.serving import _sources
from civic_sourcing.core.views import serve_file
from tests.core.pictures import PDF, picture, sent


@pytest.fixture
def storage_folder(settings: Any, tmp_path: Path) -> Path:
    settings.STORAGES = {
        **settings.STORAGES,
        "civic_uploads": {
            "BACKEND": "civic_sourcing.core.uploads.PrivateFileSystemStorage",
            "OPTIONS": {"location": str(tmp_path)},
        },
    }
    return tmp_path


@pytest.fixture
def photos(db, storage_folder: Path) -> Any:
    """A room that keeps photos in memory and shows them to whoever is in ``viewers``."""

    class Room:
        viewers: list[Any] = []

        def __init__(self) -> None:
            with isolate_apps("civic_sourcing.core"):

                class Photo(Upload):
                    class Meta:
                        app_label = "civic_core"

            self.Photo = Photo
            self.rows: dict[Any, Upload] = {}

        def keep(self, content: bytes, name: str) -> Upload:
            photo = self.Photo.holding(receive(sent(content, name)))
            photo.file.save(photo.name, photo.file.file, save=False)
            self.rows[photo.uuid] = photo
            return photo

    room = Room()
    register_uploads(
        "tests.photo", find=room.rows.get, may_see=lambda user, photo: user in room.viewers
    )
    yield room
    del _sources["tests.photo"]


@pytest.fixture
def visitor() -> AnonymousUser:
    return AnonymousUser()


def request_by(user: Any, method: str = "GET") -> Any:
    request = RequestFactory().generic(method, "/")
    request.user = user
    return request


def test_stored_name_is_random_and_says_nothing(photos, storage_folder):
    photo = photos.keep(picture("PNG"), "passport of Ms Kim.png")

    assert "Kim" not in photo.file.name
    assert str(photo.uuid) not in photo.file.name
    assert stored_name(photo, "a.png") != stored_name(photo, "a.png")
    assert (storage_folder / photo.file.name).stat().st_mode & 0o077 == 0


def test_stored_file_has_no_public_address(photos):
    with pytest.raises(ValueError, match="no public address"):
        photos.keep(picture("PNG"), "a.png").file.url  # noqa: B018


def test_picture_is_shown_and_cannot_run(photos, visitor):
    photo = photos.keep(picture("PNG"), "늘봄.png")
    photos.viewers = [visitor]

    response = serve_file(request_by(visitor), photo.uuid)

    assert b"".join(response) == photo.file.open().read()
    assert response["Content-Type"] == "image/png"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert response["Cache-Control"] == "private, max-age=300"
    assert response["Content-Disposition"] == "inline; filename*=utf-8''%EB%8A%98%EB%B4%84.png"
    assert "Cookie" in response["Vary"]


def test_pdf_is_only_ever_a_download(photos, visitor):
    photo = photos.keep(PDF, "plan.pdf")
    photos.viewers = [visitor]

    response = serve_file(request_by(visitor), photo.uuid)

    assert response["Content-Disposition"] == 'attachment; filename="plan.pdf"'
    assert response["Content-Type"] == "application/pdf"
    response.close()


def test_who_may_not_see_a_file_does_not_learn_that_it_exists(photos, visitor):
    photo = photos.keep(picture("PNG"), "a.png")

    for uuid in (photo.uuid, uuid4()):
        with pytest.raises(Http404):
            serve_file(request_by(visitor), uuid)


def test_file_the_storage_lost_is_not_found(photos, visitor, storage_folder):
    photo = photos.keep(picture("PNG"), "a.png")
    (storage_folder / photo.file.name).unlink()
    photos.viewers = [visitor]

    with pytest.raises(Http404):
        serve_file(request_by(visitor), photo.uuid)


def test_upload_knows_its_address(photos):
    photo = photos.keep(picture("PNG"), "a.png")

    assert photo.get_absolute_url().endswith(f"/civic/files/{photo.uuid}/")


def test_files_are_read_and_never_written_by_address(photos, visitor):
    photo = photos.keep(picture("PNG"), "a.png")
    photos.viewers = [visitor]

    assert serve_file(request_by(visitor, "POST"), photo.uuid).status_code == 405


def test_default_storage_lies_beside_the_public_media(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path / "media")

    assert Path(PrivateFileSystemStorage().location) == tmp_path / "civic_uploads"
    assert check_upload_storage() == []


def test_check_warns_of_uploads_below_the_public_media(settings, storage_folder):
    settings.MEDIA_ROOT = str(storage_folder.parent)

    assert [warning.id for warning in check_upload_storage()] == ["civic_core.W005"]
