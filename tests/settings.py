"""
The example town, made quick and quiet for tests.

``DATABASE_URL`` chooses the database; without it, a SQLite file in the system's temporary folder
(a file, because several connections must see the same rows).
"""

import os
import tempfile
from pathlib import Path

SCRATCH = Path(tempfile.gettempdir()) / f"civic-tests-{os.getuid()}"
(SCRATCH / "static").mkdir(mode=0o700, parents=True, exist_ok=True)

os.environ["DEBUG"] = "0"
os.environ["SECRET_KEY"] = "only-for-tests"
os.environ["DATA_DIR"] = str(SCRATCH)
os.environ.pop("CACHE_URL", None)

from town.settings import *  # noqa: E402, F403
from town.settings import CIVIC_SOURCING, DATABASES, INSTALLED_APPS  # noqa: E402

INSTALLED_APPS = ["tests.processes.plaza", *INSTALLED_APPS]
ALLOWED_HOSTS = ["*"]

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"]["init_command"] = (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
        " PRAGMA cache_size=-64000; PRAGMA temp_store=MEMORY;"
    )
    DATABASES["default"]["OPTIONS"]["cached_statements"] = 1000
    DATABASES["default"]["TEST"] = {"NAME": str(SCRATCH / f"test-{os.getpid()}.sqlite3")}
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 0

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WAGTAILADMIN_BASE_URL = "http://testserver"
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False

# Which decisions are put to a second moderator is chance; tests about that ask for all of them.
CIVIC_SOURCING = {
    **CIVIC_SOURCING,
    "SECOND_OPINION_SHARE": 0.0,
    "TOWN_BOUNDS": (),
    "VOTE_OTHER_RULES": False,
}
