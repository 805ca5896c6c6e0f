"""Fixtures every room may use. Roles and scenes of one room live in its own ``conftest.py``."""

import gc
import os
import threading
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, connections
from django.test import TransactionTestCase
from django.utils import translation

from tests import databases, rich, scenes, statements
from tests.flushing import remember_first_rows, restore_first_rows
from tests.shared import SHARED_DATA

pytest_plugins = ["tests.browser_fixtures"]

TransactionTestCase._fixture_teardown = lambda self: restore_first_rows()

LONGEST_FIRST = (
    "tests/example_site/test_forums.py",
    "tests/ideas/test_migrations.py",
    "tests/ideas/test_ideas_of_before.py",
    "tests/moderation/test_leaks.py",
    "tests/example_site/",
    "tests/ideas/test_ten_thousand.py",
    "tests/budgets/",
    "tests/attribution/test_similar.py",
    "tests/ideas/test_any_input.py",
)
"""
What takes longest begins first, so that no worker is left alone with it at the end; the demo is
loaded by the first while others do something else.
"""

DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup", "live_server"}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--only-with-database",
        action="store_true",
        help="leave out tests that reach no database, as they ran on another one already",
    )
    parser.addoption(
        "--cases",
        type=int,
        help="take so many cases of a parametrized test at most, the first and the last or any one",
    )
    parser.addoption(
        "--note-statements",
        metavar="FOLDER",
        help="note in this folder which statements each test sends",
    )
    parser.addoption(
        "--noted-statements",
        metavar="FOLDER",
        help="leave out tests that send nothing others do not, by the notes in this folder",
    )
    parser.addoption(
        "--prove", action="store_true", help="take as many as the proof asks for, not a few"
    )


RARELY = (20_000, 20, 20)
"""Tests leave circles, but far fewer than what is made for good and looked through each time."""

gc.disable()


def pytest_configure(config: pytest.Config) -> None:
    rich.begin(proving=config.getoption("--prove"))
    folder = config.getoption("--note-statements")
    if folder and not getattr(config.option, "numprocesses", None):
        config.pluginmanager.register(NoteTaker(Path(folder)))


class NoteTaker:
    """
    Notes which statements each test sends, for what another database has to see; nothing of tests
    that did not pass, such as those that skip themselves here.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.not_passed: set[str] = set()
        self.notes = statements.Notes()
        self.notes.listen()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[Any]:
        with self.notes.of(item.nodeid):
            return (yield)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if not report.passed:
            self.not_passed.add(report.nodeid)

    def pytest_sessionfinish(self) -> None:
        for name in self.not_passed:
            self.notes.tests.pop(name, None)
        self.notes.write(self.folder / f"{os.getpid()}.json")


def pytest_collection_finish(session: pytest.Session) -> None:
    """What was imported and collected stays; nobody looks through it for garbage any more."""
    gc.freeze()
    gc.set_threshold(*RARELY)
    gc.enable()


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Tests in a browser are in files called so, which others need not read, and they no others."""
    asked = {"browser": True, "not browser": False}.get(config.getoption("markexpr"))
    if asked is None or not collection_path.match("test_*.py"):
        return None
    return is_for_browsers(collection_path) is not asked or None


def is_for_browsers(path: Path) -> bool:
    return path.stem.endswith("browser")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    proving = config.getoption("--prove")
    for item in items:
        drives = "browser" in getattr(item, "fixturenames", ())
        if drives is not is_for_browsers(item.path):
            raise pytest.UsageError(f"{item.nodeid}: tests in a browser are in *_browser.py alone")
        if drives:
            item.add_marker("browser")
        if getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
            item.add_marker("prove")
        if not proving and is_left_to_the_proof(item):
            item.add_marker(pytest.mark.skip(reason="takes long: left to `make prove` here"))
    if config.getoption("--only-with-database"):
        keep(config, items, [item for item in items if reaches_database(item)])
    if (most := config.getoption("--cases")) and not proving:
        keep(config, items, few_of_each(items, most))
    if (folder := config.getoption("--noted-statements")) and not proving:
        keep(config, items, sending_something(items, statements.read(Path(folder))))
    items.sort(key=turn)
    scenes.arrange(items)


def is_left_to_the_proof(item: pytest.Item) -> bool:
    """``@pytest.mark.prove("postgresql")`` runs there with ``make prove`` only."""
    return any(connection.vendor in marker.args for marker in item.iter_markers("prove"))


def turn(item: pytest.Item) -> int:
    """When an item's file has its turn; the sort keeps the order of all that have the same."""
    for number, beginning in enumerate(LONGEST_FIRST):
        if item.nodeid.startswith(beginning):
            return number
    return len(LONGEST_FIRST)


def keep(config: pytest.Config, items: list[pytest.Item], kept: list[pytest.Item]) -> None:
    chosen = set(kept)
    config.hook.pytest_deselected(items=[item for item in items if item not in chosen])
    items[:] = kept


def few_of_each(items: list[pytest.Item], most: int) -> list[pytest.Item]:
    """Of the cases of each test ``most`` at equal distances, all where only PostgreSQL runs it."""
    cases: dict[str, list[pytest.Item]] = {}
    for item in items:
        whole = item.get_closest_marker("postgres") or not hasattr(item, "callspec")
        cases.setdefault(item.nodeid if whole else item.nodeid.partition("[")[0], []).append(item)
    chosen = set()
    for name, same in cases.items():
        which = [item for item in same if not is_left_to_the_proof(item)] or same
        for place in places(len(which), most, seed=zlib.crc32(name.encode())):
            chosen.add(which[place])
    return [item for item in items if item in chosen]


def places(number: int, most: int, *, seed: int) -> list[int]:
    """Return ``most`` places among ``number``, from the first to the last; one is anywhere."""
    if most == 1:
        return [seed % number]
    return [round(place * (number - 1) / (most - 1)) for place in range(most)]


def sending_something(items: list[pytest.Item], notes: statements.Notes) -> list[pytest.Item]:
    """Leave out tests that send only what others of these send as well."""
    whole = {item.nodeid for item in items if runs_wherever_it_can(item)}
    names = statements.needed([item.nodeid for item in items], notes, whole=whole)
    return [item for item in items if item.nodeid in names]


def runs_wherever_it_can(item: pytest.Item) -> bool:
    return bool(scenes.commits(item) or item.get_closest_marker("postgres"))


def reaches_database(item: pytest.Item) -> bool:
    names = set(getattr(item, "fixturenames", ()))
    return not names.isdisjoint(DATABASE_FIXTURES) or bool(item.get_closest_marker("django_db"))


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_modify_db_settings: None, django_db_blocker: Any
) -> Iterator[None]:
    """A test database of this process: a copy of one that was migrated once for all of them."""
    with django_db_blocker.unblock():
        outside, own = databases.name_now(), databases.name_of_this_process()
        template = databases.migrated()
        databases.copy(template, own)
        databases.use(own)
        remember_first_rows(template)
    yield
    with django_db_blocker.unblock():
        databases.use(outside)
        databases.remove(own)


@pytest.fixture(scope="session")
def _stage(django_db_setup: None, django_db_blocker: Any) -> Iterator[scenes.Stage]:
    scenes.stage.unblocked = django_db_blocker.unblock
    yield scenes.stage
    scenes.stage.strike()


@pytest.fixture
def _scenes(request: pytest.FixtureRequest, _stage: scenes.Stage) -> Iterator[None]:
    """The scenes of this test stand before its own transaction begins."""
    _stage.prepare(request.node)
    yield
    _stage.given = {}


@pytest.fixture
def _django_db_helper(_scenes: None, _django_db_helper: None) -> None:
    """The transaction of pytest-django, within that of the scenes."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[Any]:
    """Scenes end with their file, so that fixtures of the next find the database at rest."""
    result = yield
    if nextitem is not None and nextitem.path != item.path:
        scenes.stage.strike()
    return result


@pytest.fixture(autouse=True)
def _fresh_cache() -> None:
    """No test inherits rate limits or site paths from another."""
    cache.clear()
    scenes.stage.remember_cached()


@pytest.fixture(autouse=True)
def _language_of_the_site() -> None:
    """No test inherits the language of a page that another one read."""
    translation.deactivate()


@pytest.fixture(autouse=True)
def _only_where_it_can_run(request: pytest.FixtureRequest) -> None:
    if request.node.get_closest_marker("postgres") and connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL, and runs there")


@pytest.fixture(scope="session")
def proving(request: pytest.FixtureRequest) -> bool:
    """Whether a proof is run at its full size (``make prove``)."""
    return bool(request.config.getoption("--prove"))


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real data beside the repository; where it is absent, tests say so."""
    if not SHARED_DATA.is_dir():
        pytest.skip("the real data of ../shared/data is not here")
    return SHARED_DATA


@pytest.fixture
def run_in_parallel(transactional_db: None) -> Callable[..., list[Any]]:
    """
    ``run_in_parallel(5, vote)`` calls ``vote(0)`` … ``vote(4)`` at once, each in a thread
    with its own connection, and returns what each returned or raised, in that order.
    """

    def run(count: int, function: Callable[[int], Any], *, seconds: float = 60) -> list[Any]:
        barrier = threading.Barrier(count)

        def one(number: int) -> Any:
            try:
                barrier.wait(seconds)
                return function(number)
            except Exception as error:
                return error
            finally:
                connections.close_all()

        with ThreadPoolExecutor(count) as pool:
            return [
                future.result(seconds) for future in [pool.submit(one, i) for i in range(count)]
            ]

    return run
