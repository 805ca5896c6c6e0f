"""
Typed settings, read from the dict ``CIVIC_SOURCING`` of the host's settings at every access.

A room lists its keys by subclassing ``Settings`` in its own ``conf.py``::

    class IdeaSettings(Settings):
        IDEAS_PER_PAGE = setting(int, 20, "ideas", doc="Ideas shown on one page of a forum.")


    conf = IdeaSettings()

Nothing is cached and nothing is read at import, so ``override_settings`` works and so does a key
added later. The system check names unknown keys, wrong types and contradictions.
"""

from collections.abc import Iterator, Mapping
from types import UnionType
from typing import Any, Generic, Self, TypeVar, get_args, get_origin, overload

from django.conf import settings as host_settings
from django.core.exceptions import ImproperlyConfigured

NAME = "CIVIC_SOURCING"

T = TypeVar("T")


class setting(Generic[T]):
    """
    Declare one key of ``CIVIC_SOURCING`` with its type, default and unit.

    ``kind`` is a class, a union (``str | None``) or a parametrised container, of which only the
    container itself is checked. ``True`` is not an ``int``. ``unit`` is for people and docs.
    """

    def __init__(self, kind: Any, default: T, unit: str = "", *, doc: str = "") -> None:
        self.kind = kind
        self.default = default
        self.unit = unit
        facts = [f"Type: {self.kind_name}.", f"Default: {default!r}."]
        if unit:
            facts.append(f"Unit: {unit}.")
        self.__doc__ = " ".join(filter(None, [doc.strip(), *facts]))

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, instance: None, owner: type) -> Self: ...
    @overload
    def __get__(self, instance: "Settings", owner: type) -> T: ...
    def __get__(self, instance: "Settings | None", owner: type) -> Self | T:
        if instance is None:
            return self
        given = given_settings()
        if self.name not in given:
            return self.default
        value = given[self.name]
        if not self.accepts(value):
            raise ImproperlyConfigured(self.complaint(value))
        return value

    def __set__(self, instance: "Settings", value: T) -> None:
        raise AttributeError(f"{self.name} is read from settings.{NAME} and cannot be assigned.")

    @property
    def kind_name(self) -> str:
        """Return the type as people write it, such as ``int`` or ``str | None``."""
        return self.kind.__name__ if isinstance(self.kind, type) else str(self.kind)

    def accepts(self, value: object) -> bool:
        """Tell whether ``value`` has the declared type."""
        kinds = get_args(self.kind) if isinstance(self.kind, UnionType) else (self.kind,)
        return any(_is_a(value, get_origin(kind) or kind) for kind in kinds)

    def complaint(self, value: object) -> str:
        """Return the sentence that says what the key wants and what it was given."""
        unit = f" ({self.unit})" if self.unit else ""
        return f"{NAME}[{self.name!r}] must be {self.kind_name}{unit}, not {value!r}."


class Settings:
    """A room's keys. Subclassing registers them; two rooms cannot claim the same key."""

    rooms: "dict[str, type[Settings]]" = {}

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        own_name = f"{cls.__module__}.{cls.__qualname__}"
        for name, room in Settings.rooms.items():
            shared = set(cls.declared()) & set(room.declared())
            if shared and name != own_name and not issubclass(cls, room):
                raise TypeError(f"{own_name} declares {sorted(shared)!r}, as {name} already does.")
        Settings.rooms[own_name] = cls

    @classmethod
    def declared(cls) -> dict[str, setting[Any]]:
        """Return the keys of this class by name."""
        return {
            name: member
            for base in reversed(cls.__mro__)
            for name, member in vars(base).items()
            if isinstance(member, setting)
        }

    def contradictions(self) -> Iterator[str]:
        """Yield a sentence for each pair of values that cannot both hold. Read by the check."""
        return iter(())


def given_settings() -> Mapping[str, Any]:
    """Return the host's dict as it is now; empty where the host has none."""
    given = getattr(host_settings, NAME, {})
    if not isinstance(given, Mapping):
        raise ImproperlyConfigured(f"{NAME} must be a dict, not {given!r}.")
    return given


def known_settings() -> dict[str, setting[Any]]:
    """Return every key any installed room declares, by name."""
    return {name: key for room in Settings.rooms.values() for name, key in room.declared().items()}


def _is_a(value: object, kind: Any) -> bool:
    if kind in (int, float) and isinstance(value, bool):
        return False
    if kind is float:
        return isinstance(value, (int, float))
    return isinstance(value, kind)


class CoreSettings(Settings):
    """Keys of the ground floor."""

    BASE_TEMPLATE = setting(
        str, "base.html", doc="Template of the host that every page of ours extends."
    )
    IDEMPOTENCY_HOURS = setting(
        int, 72, "hours", doc="How long a repeated request still gets the first result."
    )
    LIMITS: setting[dict[str, Any]] = setting(
        dict, {}, doc="Rate limits that differ from core/data/limits.json, in the same form."
    )
    LIMITS_CACHE = setting(str, "default", doc="Alias of the cache that counts attempts.")
    TASK_BACKEND = setting(
        str,
        "background",
        doc="Alias in TASKS whose worker does long work; where it is missing, civic_tick does it.",
    )
    TRUSTED_PROXIES = setting(
        int, 0, "proxies", doc="Proxies in front that append to X-Forwarded-For."
    )
    UPLOAD_STORAGE = setting(
        str,
        "civic_uploads",
        doc="Alias in STORAGES for uploads; where it is missing, files go beside MEDIA_ROOT.",
    )
    UPLOAD_MAX_BYTES = setting(int, 10_000_000, "bytes", doc="Size of one uploaded file.")
    UPLOAD_MAX_PIXELS = setting(int, 50_000_000, "pixels", doc="Width times height of an image.")
    UPLOAD_MAX_SIDE = setting(
        int, 4096, "pixels", doc="Longer side of a stored image; larger ones are scaled down."
    )

    TOWN_BOUNDS: setting[tuple[float, ...]] = setting(
        tuple,
        (),
        "degrees",
        doc="South, west, north and east of what counts as in town; empty sets no bounds.",
    )
    MAP_TILES = setting(
        str,
        "",
        doc="Address of map tiles with {z}, {x} and {y}, shown beneath maps; empty shows none.",
    )
    MAP_ATTRIBUTION = setting(str, "", doc="Whom the map tiles are owed to, shown below maps.")

    def contradictions(self) -> Iterator[str]:
        """Yield what cannot work in the values given."""
        if self.TOWN_BOUNDS and not _are_bounds(self.TOWN_BOUNDS):
            yield (
                f"{NAME}['TOWN_BOUNDS'] must be (south, west, north, east) in degrees, not "
                f"{self.TOWN_BOUNDS!r}."
            )
        if self.IDEMPOTENCY_HOURS < 1:
            yield f"{NAME}['IDEMPOTENCY_HOURS'] must be at least 1, not {self.IDEMPOTENCY_HOURS!r}."


def _are_bounds(bounds: tuple[Any, ...]) -> bool:
    if len(bounds) != 4 or not all(isinstance(bound, int | float) for bound in bounds):
        return False
    south, west, north, east = bounds
    return -90 <= south < north <= 90 and abs(west) <= 180 and abs(east) <= 180


conf = CoreSettings()
