"""What a copied page takes along of its process beside the mandate: the rules that rooms keep."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from civic_sourcing.processes.process import Process

Copier = Callable[[Process, Process], object]

_copiers: list[Copier] = []


def register_rules_copier(copier: Copier) -> None:
    """Have ``copier(source, process)`` called in the transaction that makes a copy's process."""
    if copier not in _copiers:
        _copiers.append(copier)


def copy_rules(source: Process, process: Process) -> None:
    """Give the new ``process`` of a copy the rules of its ``source``."""
    for copier in _copiers:
        copier(source, process)


def copy_row(model: Any) -> Copier:
    """Return a copier for a ``model`` that keeps at most one row for each process."""

    def copy(source: Process, process: Process) -> None:
        row = model._base_manager.filter(process=source).first()
        if row is not None:
            row.pk, row.process, row._state.adding = None, process, True
            row.save(force_insert=True)

    return copy


def copy_rows(model: Any) -> Copier:
    """Return a copier for a ``model`` of any number of rows a process, none of them referred to."""

    def copy(source: Process, process: Process) -> None:
        rows = list(model._base_manager.filter(process=source).order_by("pk"))
        for row in rows:
            row.pk, row.process, row._state.adding = None, process, True
        model._base_manager.bulk_create(rows)

    return copy
