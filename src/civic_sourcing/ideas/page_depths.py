"""
An index of the host's pages by how deep they stand, so that no menu reads through all ideas.

What lists the pages right below another one (menus, explorer) asks for a stretch of the tree and a
depth. Wagtail has an index of the stretch alone, and below the home page that is every idea in
town. Made after every ``migrate``; it can be dropped and comes back.
"""

from __future__ import annotations

from typing import Any

import swapper
from django.db import DEFAULT_DB_ALIAS, connections

INDEX = "civic_ideas_page_depths"


def install(using: str = DEFAULT_DB_ALIAS) -> None:
    """Make the index where it is missing."""
    connection = connections[using]
    table = swapper.load_model("wagtailcore", "Page")._meta.db_table
    if table not in connection.introspection.table_names():
        return
    quote = connection.ops.quote_name
    columns = f"{quote('depth')}, {quote('path')}"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE INDEX IF NOT EXISTS {INDEX} ON {quote(table)} ({columns})")


def install_after_migrate(*, using: str, **kwargs: Any) -> None:
    """Receives ``post_migrate``."""
    install(using)
