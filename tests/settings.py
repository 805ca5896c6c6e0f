"""
The example town, made quick and quiet for tests.

``DATABASE_URL`` chooses the database; without it, a SQLite file in the system's temporary folder
(a file, because several connections must see the same rows).
"""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("DEBUG", "0")

from town.settings import *  # noqa: F403
from town.settings import DATABASES

DEBUG = False
SECRET_KEY = "only-for-tests"
ALLOWED_HOSTS = ["*"]

SCRATCH = Path(tempfile.gettempdir()) / f"civic-tests-{os.getuid()}"
MEDIA_ROOT = SCRATCH / "media"
STATIC_ROOT = SCRATCH / "static"

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    SCRATCH.mkdir(mode=0o700, exist_ok=True)
    DATABASES["default"]["TEST"] = {"NAME": str(SCRATCH / f"test-{os.getpid()}.sqlite3")}

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WAGTAILADMIN_BASE_URL = "http://testserver"
