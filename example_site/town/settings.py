"""
The settings of one town: an ordinary Wagtail site that has installed civic_sourcing.

The environment decides what differs between a laptop and a server: ``DEBUG``, ``SECRET_KEY``,
``ALLOWED_HOSTS``, ``CSRF_TRUSTED_ORIGINS``, ``BASE_URL``, ``DATABASE_URL``, ``CACHE_URL``,
``DATA_DIR``, ``TRUSTED_PROXIES``, and ``CIVIC_ROOMS`` for a town that installs fewer rooms.
"""

import os
from importlib.util import find_spec
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from town import environment

TOWN_DIR = Path(__file__).resolve().parent
DATA_DIR = Path(os.environ.get("DATA_DIR", TOWN_DIR.parent / "var"))
DATA_DIR.mkdir(parents=True, exist_ok=True)

DEBUG = environment.flag(os.environ, "DEBUG", default=True)
BASE_URL = os.environ.get("BASE_URL", "http://localhost:8000")
ALLOWED_HOSTS = environment.words(
    os.environ, "ALLOWED_HOSTS", default="*" if DEBUG else "localhost,127.0.0.1"
)
CSRF_TRUSTED_ORIGINS = environment.words(os.environ, "CSRF_TRUSTED_ORIGINS")

SECRET_KEY = os.environ.get("SECRET_KEY", "demo-key-for-development-only" if DEBUG else "")
if not SECRET_KEY:
    raise ImproperlyConfigured("SECRET_KEY must be set in the environment when DEBUG is off.")

ROOMS = environment.words(
    os.environ,
    "CIVIC_ROOMS",
    default="challenges,budgets,ideas,comments,answers,moderation,attribution,"
    "participants,notifications,processes,core",
)

INSTALLED_APPS = [
    "town",
    *(["town.news"] if "comments" in ROOMS else []),
    *(f"civic_sourcing.{room}" for room in ROOMS if find_spec(f"civic_sourcing.{room}")),
    "wagtail.contrib.redirects",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.simple_translation",
    "wagtail.locales",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "town.middleware.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "civic_sourcing.core.middleware.FindSite",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    *(["civic_sourcing.budgets.booth.middleware.SayNotRecorded"] if "budgets" in ROOMS else []),
]

ROOT_URLCONF = "town.urls"
WSGI_APPLICATION = "town.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [TOWN_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

DATABASES = {
    "default": environment.database(
        os.environ.get("DATABASE_URL", f"sqlite:///{DATA_DIR / 'town.sqlite3'}")
    )
}
if DATABASES["default"]["ENGINE"].endswith("postgresql"):
    # Wagtail's search index on PostgreSQL uses its fields. Without psycopg it cannot be imported.
    INSTALLED_APPS.insert(INSTALLED_APPS.index("wagtail.search"), "django.contrib.postgres")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": environment.cache(os.environ.get("CACHE_URL", ""))}

# Wagtail's own tasks (search and reference index) run at once; what may take long waits in the
# database for `manage.py db_worker --backend background`.
TASKS = {
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
    "background": {"BACKEND": "django_tasks_db.DatabaseBackend"},
}

# Sign-in ------------------------------------------------------------------------------------------

AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*", "password2*"]
ACCOUNT_FORMS = {"login": "town.forms.SignInForm", "signup": "town.forms.AccountForm"}
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
DEFAULT_FROM_EMAIL = "City of Neulbom <no-reply@neulbom.example>"

# Languages and time -------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("en", "English"), ("ko", "한국어")]
FORMAT_MODULE_PATH = ["town.formats"]
LOCALE_PATHS = [TOWN_DIR / "locale"]
TIME_ZONE = "Asia/Seoul"
USE_I18N = True
USE_TZ = True
WAGTAIL_I18N_ENABLED = True

# Files --------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# Security -----------------------------------------------------------------------------------------

SERVED_OVER_HTTPS = BASE_URL.startswith("https://")
SECURE_SSL_REDIRECT = SERVED_OVER_HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SERVED_OVER_HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if SERVED_OVER_HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SERVED_OVER_HTTPS
SESSION_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "SAMEORIGIN"

# Wagtail ------------------------------------------------------------------------------------------

WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None  # nobody outside hears who edits here
WAGTAIL_SITE_NAME = _("City of Neulbom")
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAIL_FRONTEND_LOGIN_URL = "/accounts/login/"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}

# HTTPS ends at a proxy, so there is one at least.
CIVIC_SOURCING: dict[str, object] = {
    "TRUSTED_PROXIES": environment.number(
        os.environ, "TRUSTED_PROXIES", default=int(SERVED_OVER_HTTPS)
    ),
    "TOWN_BOUNDS": (35.08, 128.87, 35.13, 128.94),
    **(
        {"BOOTH_BASE_TEMPLATE": "town/booth_base.html", "VOTE_OTHER_RULES": True}
        if "budgets" in ROOMS
        else {}
    ),
    **({"FORUM_BLOCKS": "town.models.FORUM_BLOCKS"} if "ideas" in ROOMS else {}),
}
