from pathlib import Path
from typing import IO, Any, NoReturn

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, Storage, storages
from django.utils.deconstruct import deconstructible

from civic_sourcing.core.conf import conf


@deconstructible
class PrivateFileSystemStorage(FileSystemStorage):
    """
    Files that no web server hands out: they have no address, only their owner reads them.

    Without ``location`` they lie in ``civic_uploads`` beside ``MEDIA_ROOT``.
    """

    def __init__(self, location: str | Path | None = None) -> None:
        super().__init__(
            location=location
            or Path(settings.MEDIA_ROOT or ".").resolve().parent / "civic_uploads",
            file_permissions_mode=0o600,
            directory_permissions_mode=0o700,
        )

    def url(self, name: str | None) -> NoReturn:
        """Refuse: what is stored here is served by ``civic/files/`` after a permission check."""
        raise ValueError("Uploads have no public address; link to civic_core:file instead.")


@deconstructible
class UploadStorage(Storage):
    """
    The storage the host chose: the alias ``CIVIC_SOURCING["UPLOAD_STORAGE"]`` in ``STORAGES``.

    Asked anew at each use, so that a model field may hold it. Falls back to
    ``PrivateFileSystemStorage`` where ``STORAGES`` has no such alias.
    """

    @property
    def chosen(self) -> Storage:
        """Return the storage that is configured now."""
        alias = conf.UPLOAD_STORAGE
        return storages[alias] if alias in settings.STORAGES else PrivateFileSystemStorage()

    def _open(self, name: str, mode: str = "rb") -> "File[Any]":
        return self.chosen.open(name, mode)

    def _save(self, name: str | None, content: IO[Any]) -> str:
        return self.chosen.save(name, content)

    def delete(self, name: str) -> None:
        """Delete the file; nothing happens if it is gone already."""
        self.chosen.delete(name)

    def exists(self, name: str) -> bool:
        """Tell whether there is a file of that name."""
        return self.chosen.exists(name)

    def size(self, name: str) -> int:
        """Return the size in bytes."""
        return self.chosen.size(name)

    def url(self, name: str | None) -> NoReturn:
        """Refuse, as ``PrivateFileSystemStorage`` does."""
        raise ValueError("Uploads have no public address; link to civic_core:file instead.")
