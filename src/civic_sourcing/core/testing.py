"""
For test suites only: lift the triggers so that append-only tables can be emptied between tests.

A host whose own suite has transactional or live-server tests calls this around their flush, for
instance by wrapping ``TransactionTestCase._fixture_teardown`` in its ``conftest.py``.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import PurePath

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.test import utils as test_utils

from civic_sourcing.core import triggers


def is_test_database(using: str = DEFAULT_DB_ALIAS) -> bool:
    """Tell whether a test runner is at work and this database is one it made for itself."""
    if not hasattr(test_utils._TestState, "saved_data"):
        return False
    settings = connections[using].settings_dict
    name, test_name = str(settings["NAME"]), str(settings.get("TEST", {}).get("NAME") or "")
    in_memory = name == ":memory:" or "mode=memory" in name
    return in_memory or name == test_name or PurePath(name).name.startswith("test_")


@contextmanager
def triggers_suspended(
    using: str = DEFAULT_DB_ALIAS, *, of: Sequence[type[models.Model]] | None = None
) -> Iterator[None]:
    """
    Lift every registered trigger for a while. Raises ``RuntimeError`` outside of tests.

    With ``of`` only those on the tables of these models are lifted, in a fraction of the time.
    Where a transaction is open and the block fails, its rollback brings the triggers back.
    """
    if not is_test_database(using):
        raise RuntimeError(f"Triggers are suspended in test databases only, not in {using!r}.")
    tables = None if of is None else {model._meta.db_table for model in of}
    triggers.lift(using, tables)
    try:
        yield
    except BaseException:
        if not connections[using].in_atomic_block:
            triggers.install(using, tables)
        raise
    triggers.install(using, tables)
