"""
Scenes that are made once for all tests of a file that begin with them.

``@scene`` stands where ``@pytest.fixture`` would. What the function wrote is kept in a savepoint
of a transaction that lasts as long as the tests of a file need it, and every test gets a deep copy
of what it returned, as with Django's ``setUpTestData``. Scenes stand on each other, so they are
stacked: a test finds the scenes it names and what they stand on, and nothing else. ``@maker`` is
for fixtures that write nothing, such as those that return a function; each test gets its own, and
each making of a scene.

A scene takes nothing but scenes, makers and ``db``. Where a file puts something else in the place
of one, all that stands on it is made for each test as fixtures are. So is everything that comes
after an ordinary fixture standing on a scene, as the order may matter, and everything in a test
that really commits.
"""

import copy
import functools
import inspect
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.utils import translation

COMMITTING = {"transactional_db", "live_server", "django_db_reset_sequences"}
CHAIN = pytest.StashKey[tuple["Scene", ...]]()


@dataclass(frozen=True, eq=False)
class Scene:
    """One function that makes a scene; ``kept`` says whether it is made once."""

    function: Callable[..., Any]
    kept: bool

    def __deepcopy__(self, memo: object) -> "Scene":
        return self

    @property
    def arguments(self) -> tuple[str, ...]:
        code = self.function.__code__
        return code.co_varnames[: code.co_argcount]


@dataclass
class Level:
    """All that stands once ``scene`` was made: a savepoint, values and what is cached."""

    scene: Scene
    savepoint: transaction.Atomic
    values: dict[Scene, Any]
    cached: tuple[dict, dict]


@dataclass
class Stage:
    """What stands now. There is one in a process."""

    outer: transaction.Atomic | None = None
    file: Path | None = None
    levels: list[Level] = field(default_factory=list)
    given: dict[Scene, Any] = field(default_factory=dict)
    unblocked: Callable[[], AbstractContextManager[None]] = nullcontext

    def prepare(self, item: pytest.Item) -> None:
        """Let exactly the scenes of this test stand."""
        chain = chain_of(item)
        if self.file != item.path or not chain:
            self.strike()
        if chain:
            with self.unblocked():
                self.stack(item, chain)

    def stack(self, item: pytest.Item, chain: tuple[Scene, ...]) -> None:
        if self.outer is None:
            self.file, self.outer = item.path, _enter()
        while any(level.scene is not one for level, one in zip(self.levels, chain, strict=False)):
            self.take_down()
        while len(self.levels) > len(chain):
            self.take_down()
        for one in chain[len(self.levels) :]:
            self.set_up(one, resolved(item))
        self.given = copy.deepcopy(self.levels[-1].values)
        self.remember_cached()

    def set_up(self, one: Scene, by_name: dict[str, Scene]) -> None:
        below = self.levels[-1] if self.levels else None
        values = copy.deepcopy(below.values) if below else {}
        cache.clear()
        _put_cached(below)
        savepoint = _enter()
        try:
            with translation.override(None), ExitStack() as closing:
                values[one] = Making(values, by_name, closing).call(one)
        except BaseException:
            _leave(savepoint)
            raise
        cached = (dict(cache._cache), dict(cache._expire_info))
        self.levels.append(Level(one, savepoint, values, cached))

    def remember_cached(self) -> None:
        """Put back what making the scenes left in the cache, as if they were made just now."""
        _put_cached(self.levels[-1] if self.given else None)

    def take_down(self) -> None:
        _leave(self.levels.pop().savepoint)

    def strike(self) -> None:
        """Take everything down."""
        self.given = {}
        if self.outer is not None:
            with self.unblocked():
                while self.levels:
                    self.take_down()
                _leave(self.outer)
        self.outer = self.file = None


stage = Stage()


def scene(function: Callable[..., Any] | None = None, *, name: str | None = None) -> Any:
    """
    Make a fixture of ``function`` that is made once for the tests of a file in a row.

    ``@scene(name="…")`` gives it another name than the function's.
    """
    if function is None:
        return functools.partial(scene, name=name)
    return _fixture(Scene(function, kept=True), name)


def maker(function: Callable[..., Any] | None = None, *, name: str | None = None) -> Any:
    """Make a fixture of ``function`` that scenes may take, as it writes nothing by itself."""
    if function is None:
        return functools.partial(maker, name=name)
    return _fixture(Scene(function, kept=False), name)


def _fixture(one: Scene, fixture_name: str | None = None) -> Any:
    def found_or_made(**arguments: Any) -> Any:
        if one in stage.given:
            return stage.given[one]
        return one.function(**arguments)

    def made(**arguments: Any) -> Iterator[Any]:
        yield from one.function(**arguments)

    chosen: Any = made if inspect.isgeneratorfunction(one.function) else found_or_made
    for name in functools.WRAPPER_ASSIGNMENTS:
        setattr(chosen, name, getattr(one.function, name))
    chosen.__signature__ = inspect.signature(one.function)
    chosen.scene = one
    return pytest.fixture(chosen, name=fixture_name)


@dataclass
class Making:
    """The making of one scene out of the values of those below; it closes what makers opened."""

    values: dict[Scene, Any]
    by_name: dict[str, Scene]
    closing: ExitStack
    made: dict[Scene, Any] = field(default_factory=dict)

    def call(self, one: Scene) -> Any:
        arguments = {name: self.value(name) for name in one.arguments}
        if inspect.isgeneratorfunction(one.function):
            return self.closing.enter_context(contextmanager(one.function)(**arguments))
        return one.function(**arguments)

    def value(self, name: str) -> Any:
        if name == "db":
            return None
        one = self.by_name[name]
        if one.kept:
            return self.values[one]
        if one not in self.made:
            self.made[one] = self.call(one)
        return self.made[one]


def _enter() -> transaction.Atomic:
    atomic = transaction.atomic()
    atomic._from_testcase = True
    atomic.__enter__()
    return atomic


def _leave(atomic: transaction.Atomic) -> None:
    transaction.set_rollback(True)
    atomic.__exit__(None, None, None)


def _put_cached(level: Level | None) -> None:
    if level:
        cache._cache.update(level.cached[0])
        cache._expire_info.update(level.cached[1])


def chain_of(item: pytest.Item) -> tuple[Scene, ...]:
    return item.stash.get(CHAIN, ())


def resolved(item: pytest.Item) -> dict[str, Scene]:
    """What of the fixtures this test names, or they name, is a scene and stands on scenes only."""
    definitions = item._fixtureinfo.name2fixturedefs
    found: dict[str, Scene] = {}
    refused: set[str] = set()

    def look(name: str) -> bool:
        if name == "db" or name in found:
            return True
        if name in refused or name not in definitions:
            return False
        refused.add(name)
        one = getattr(definitions[name][-1].func, "scene", None)
        if one is None or not all(look(each) for each in one.arguments):
            return False
        refused.discard(name)
        found[name] = one
        return True

    for name in definitions:
        look(name)
    return found


def kept_scenes(item: pytest.Item) -> list[Scene]:
    """
    Return the scenes that can stand before the test begins: those that pytest would make before
    any ordinary fixture that does something to a scene.
    """
    definitions = item._fixtureinfo.name2fixturedefs
    by_name = resolved(item)
    found: list[Scene] = []
    looked_at: dict[str, bool] = {}
    touched = False

    def look(name: str) -> bool:
        """Tell whether this fixture stands on a scene."""
        nonlocal touched
        if name in looked_at or name not in definitions:
            return looked_at.get(name, False)
        looked_at[name] = False
        looked_at[name] = True in {look(each) for each in definitions[name][-1].argnames}
        one = by_name.get(name)
        if one and one.kept:
            looked_at[name] = True
            if not touched:
                found.append(one)
        elif not one and looked_at[name]:
            touched = True
        return looked_at[name]

    for name in item.fixturenames:
        look(name)
    return found


def commits(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    asked = marker.kwargs if marker else {}
    return bool(
        asked.get("transaction")
        or asked.get("reset_sequences")
        or not COMMITTING.isdisjoint(getattr(item, "fixturenames", ()))
    )


def arrange(items: list[pytest.Item]) -> None:
    """
    Bring the tests of each file into an order in which every scene is made as rarely as can be:
    what most of them need stands lowest, and those who need the same follow each other.
    """
    files: dict[Path, list[pytest.Item]] = {}
    for item in items:
        files.setdefault(item.path, []).append(item)
    items[:] = [item for those in files.values() for item in _arranged(those)]


def _arranged(items: Iterable[pytest.Item]) -> list[pytest.Item]:
    needs = {
        item: kept_scenes(item)
        for item in items
        if hasattr(item, "_fixtureinfo") and not commits(item)
    }
    uses = Counter(one for those in needs.values() for one in those)
    seen = {one: place for place, one in enumerate(uses)}
    for item, those in needs.items():
        item.stash[CHAIN] = tuple(sorted(those, key=lambda one: (-uses[one], seen[one])))
    rank = {one: place for place, one in enumerate(sorted(seen, key=lambda one: -uses[one]))}
    return sorted(
        items, key=lambda item: (item not in needs, [rank[one] for one in chain_of(item)])
    )
