"""What the town reads from its environment, in the shape Django's settings want."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

TRUE = {"1", "true", "yes", "on"}
FALSE = {"", "0", "false", "no", "off"}


def flag(environment: Mapping[str, str], name: str, *, default: bool) -> bool:
    """Read a switch such as ``DEBUG``; raises ``ValueError`` for anything but yes and no."""
    value = environment.get(name)
    if value is None:
        return default
    if value.strip().lower() in TRUE | FALSE:
        return value.strip().lower() in TRUE
    raise ValueError(f"{name} must be one of 1, true, yes, on, 0, false, no, off, not {value!r}.")


def number(environment: Mapping[str, str], name: str, *, default: int) -> int:
    """Read a count such as ``TRUSTED_PROXIES``; raises ``ValueError`` for anything else."""
    value = environment.get(name, "").strip() or str(default)
    if value.isascii() and value.isdigit():
        return int(value)
    raise ValueError(f"{name} must be a whole number, not {value!r}.")


def words(environment: Mapping[str, str], name: str, *, default: str = "") -> list[str]:
    """Read a list separated by commas; blanks are dropped."""
    return [word.strip() for word in environment.get(name, default).split(",") if word.strip()]


def database(url: str) -> dict[str, Any]:
    """
    Turn ``DATABASE_URL`` into an entry of ``DATABASES``.

    ``sqlite:///town.sqlite3`` is relative to the working directory, ``sqlite:////srv/town.sqlite3``
    absolute. ``postgres://user:password@host:5432/name`` may name a socket directory instead of a
    host: ``postgres://postgres:@/name?host=/run/postgresql``. Further query arguments are passed to
    the driver. Raises ``ValueError`` for any other scheme.
    """
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return sqlite(unquote(parts.path.removeprefix("/")) or ":memory:")
    if parts.scheme in {"postgres", "postgresql"}:
        options = dict(parse_qsl(parts.query))
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.removeprefix("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": options.pop("host", unquote(parts.hostname or "")),
            "PORT": options.pop("port", str(parts.port or "")),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": options,
        }
    raise ValueError(
        f"DATABASE_URL must start with sqlite:/// or postgres://, not {parts.scheme!r}."
    )


def sqlite(name: str) -> dict[str, Any]:
    """One file on disk, many readers beside one writer who waits for its turn (seconds)."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": name,
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }


def cache(url: str) -> dict[str, Any]:
    """Turn ``CACHE_URL`` (``redis://host:6379/1``, or nothing) into an entry of ``CACHES``."""
    if not url:
        # Rate limits live here too: the default of 300 entries would silently drop them.
        return {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "OPTIONS": {"MAX_ENTRIES": 100_000},
        }
    if urlsplit(url).scheme in {"redis", "rediss", "unix"}:
        return {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": url}
    raise ValueError(f"CACHE_URL must start with redis://, rediss:// or unix://, not {url!r}.")
