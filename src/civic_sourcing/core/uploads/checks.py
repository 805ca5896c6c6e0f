from pathlib import Path
from typing import Any

from django.conf import settings as host_settings
from django.core.checks import CheckMessage, Warning

from civic_sourcing.core.conf import conf

from .storage import UploadStorage


def check_upload_storage(**kwargs: Any) -> list[CheckMessage]:
    """Warn (W005) where uploads lie in a folder that the web server hands out."""
    location = getattr(UploadStorage().chosen, "location", None)
    if location is None:
        return []
    for name in ("MEDIA_ROOT", "STATIC_ROOT"):
        public = getattr(host_settings, name, None)
        if public and Path(location).resolve().is_relative_to(Path(public).resolve()):
            text = f"Uploads are stored in {location}, below {name}, where anybody can fetch them."
            hint = f"Point the alias {conf.UPLOAD_STORAGE!r} in STORAGES at a private folder."
            return [Warning(text, hint=hint, id="civic_core.W005")]
    return []
