"""How many inputs a test with rich input takes on this database."""

import os

from hypothesis import settings


def examples(number: int) -> settings:
    """
    Take ``number`` inputs on SQLite and a fifth on another database, where the same code has to
    cope with the same inputs, and only what the database says to them can differ.
    """
    elsewhere = bool(os.environ.get("DATABASE_URL"))
    return settings(max_examples=max(number // 5, 5) if elsewhere else number)
