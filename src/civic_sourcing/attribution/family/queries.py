"""Derivations around contributions, in one query for any depth (recursive, on both databases)."""

# ruff: noqa: S608 - the names are those of our own tables

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django.db import connections, router

from civic_sourcing.attribution.models import Contribution, Derivation, DerivationKind

TABLE = Derivation._meta.db_table

ABOVE = f"""
WITH RECURSIVE reached(id) AS (
    SELECT id FROM {Contribution._meta.db_table}
    WHERE id IN (%s)
    UNION
    SELECT tie.source_id FROM {TABLE} tie JOIN reached ON tie.target_id = reached.id
)
SELECT tie.id, tie.source_id, tie.target_id, tie.kind
FROM {TABLE} tie WHERE tie.target_id IN (SELECT id FROM reached) ORDER BY tie.id
"""

AROUND = f"""
WITH RECURSIVE reached(id) AS (
    SELECT id FROM {Contribution._meta.db_table}
    WHERE id IN (%s)
    UNION
    SELECT CASE WHEN tie.source_id = reached.id THEN tie.target_id ELSE tie.source_id END
    FROM {TABLE} tie JOIN reached ON tie.source_id = reached.id OR tie.target_id = reached.id
)
SELECT tie.id, tie.source_id, tie.target_id, tie.kind
FROM {TABLE} tie WHERE tie.target_id IN (SELECT id FROM reached) ORDER BY tie.id
"""


class Tie(NamedTuple):
    """One derivation by keys."""

    key: int
    source: int
    target: int
    kind: str


def ties_above(contributions: Sequence[int]) -> list[Tie]:
    """Every derivation that leads into ``contributions`` (keys), directly or not."""
    return _ties(ABOVE, contributions)


def ties_around(contributions: Sequence[int]) -> list[Tie]:
    """Every derivation of the whole family of ``contributions`` (keys): up, down and aside."""
    return _ties(AROUND, contributions)


def leads_to(source: int, target: int) -> bool:
    """Tell whether ``target`` was made, directly or not, of ``source``."""
    return any(tie.source == source for tie in ties_above([target]))


def _ties(statement: str, keys: Sequence[int]) -> list[Tie]:
    if not keys:
        return []
    marks = ", ".join(["%s"] * len(keys))
    with connections[router.db_for_read(Derivation)].cursor() as cursor:
        cursor.execute(statement % marks, list(keys))
        return [Tie(*row) for row in cursor.fetchall()]


def taken_further(contribution: int) -> list[int]:
    """
    Return the key of ``contribution`` and of all it lives on in as a whole.

    That is what it was merged into and what project or entry it became, directly or not; a part it
    was split into is another matter.
    """
    ties = [tie for tie in ties_around([contribution]) if tie.kind in TAKES_FURTHER]
    reached = [contribution]
    for key in reached:
        reached += {tie.target for tie in ties if tie.source == key} - {*reached}
    return reached


TAKES_FURTHER = frozenset(
    {DerivationKind.MERGES, DerivationKind.BECOMES_PROJECT, DerivationKind.BECOMES_ENTRY}
)
