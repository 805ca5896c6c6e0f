"""How many inputs a test with rich input takes, and which ones."""

import os

from hypothesis import HealthCheck, settings

IN_SUITE = 6
"""At most, on SQLite."""

ELSEWHERE = 3
"""The same code copes with the same inputs there; what the database says to them may differ."""

IN_PROOF = 100
"""If the test names no number."""

_proving = False


def begin(*, proving: bool) -> None:
    """
    Choose for all tests of this process: few inputs and always the same, so that nothing fails by
    chance, or with ``make prove`` as many as each test asks for, and others every time.
    """
    global _proving
    _proving = proving
    settings.register_profile(
        "civic",
        deadline=None,
        derandomize=not proving,
        max_examples=IN_PROOF if proving else IN_SUITE,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
    settings.load_profile("civic")


def examples(number: int) -> settings:
    """Take ``number`` inputs in the proof, and no more than are usual elsewhere."""
    usual = ELSEWHERE if os.environ.get("DATABASE_URL") else IN_SUITE
    return settings(max_examples=number if _proving else min(number, usual))
