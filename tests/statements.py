"""
Which tests a second database has to see, by the statements they send.

While the suite runs on SQLite, it notes which statements each test sends (``Notes``): without their
values, lists of values shortened, and those that would lock rows told apart, as SQLite locks none.
Where another database comes after it, ``needed`` says what runs there: every statement that was
noted comes to it from one test, the cheapest that sends it. Whatever really commits runs there in
any case, and whatever the database refused something, and all of which nothing was noted, such as
what SQLite skipped.
"""

import heapq
import json
import math
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from django.db import DatabaseError
from django.db.backends.utils import CursorWrapper
from django.db.models.sql.compiler import SQLCompiler

A_MOMENT = 0.02
"""Seconds a test costs beside its own."""
OF_TRANSACTIONS = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")
"""Every test sends them, each time with another name."""
SHORTENED = (
    (re.compile(r"\d+"), "#"),
    (re.compile(r"(%s|NULL|#)(, (%s|NULL|#))+"), "%s"),
    (re.compile(r"\(%s\)(, \(%s\))+"), "(%s)"),
)


@dataclass
class Noted:
    """What a test sent, by number, whether something was refused, and what it cost in seconds."""

    statements: list[int]
    refused: bool
    seconds: float


@dataclass
class Notes:
    """What the tests of this process sent. ``known`` has a number for each shape of statement."""

    tests: dict[str, Noted] = field(default_factory=dict)
    known: dict[str, int] = field(default_factory=dict)
    sent: set[int] = field(default_factory=set)
    refused: bool = False
    seen: dict[str, int] = field(default_factory=dict)

    def listen(self) -> None:
        """Hear from now on what any connection sends."""
        for name in ("execute", "executemany"):
            setattr(CursorWrapper, name, self._heard(getattr(CursorWrapper, name)))
        compile_usually = SQLCompiler.as_sql
        notes = self

        def as_sql(self: SQLCompiler, *given: Any, **named: Any) -> Any:
            compiled = compile_usually(self, *given, **named)
            if self.query.select_for_update:
                notes.hear(f"LOCKING {compiled[0]}")
            return compiled

        SQLCompiler.as_sql = as_sql

    def _heard(self, usual: Any) -> Any:
        notes = self

        def execute(self: CursorWrapper, sql: Any, *given: Any, **named: Any) -> Any:
            notes.hear(str(sql))
            try:
                return usual(self, sql, *given, **named)
            except DatabaseError:
                notes.refused = True
                raise

        return execute

    def hear(self, sql: str) -> None:
        if sql.startswith(OF_TRANSACTIONS):
            return
        if sql not in self.seen:
            self.seen[sql] = self.known.setdefault(shape(sql), len(self.known))
        self.sent.add(self.seen[sql])

    @contextmanager
    def of(self, name: str) -> Iterator[None]:
        """Note what is sent meanwhile as sent by the test of that name."""
        self.sent, self.refused, began = set(), False, time.process_time()
        yield
        seconds = round(time.process_time() - began, 3)
        self.tests[name] = Noted(sorted(self.sent), self.refused, seconds)

    def write(self, path: Path) -> None:
        tests = {name: asdict(noted) for name, noted in self.tests.items()}
        path.write_text(json.dumps({"known": list(self.known), "tests": tests}), encoding="utf-8")


def shape(sql: str) -> str:
    """Return the statement without its values."""
    for pattern, short in SHORTENED:
        sql = pattern.sub(short, sql)
    return sql


def read(folder: Path) -> Notes:
    """Return the notes of all processes that wrote into this folder."""
    notes = Notes()
    for path in sorted(folder.glob("*.json")):
        found = json.loads(path.read_text(encoding="utf-8"))
        number = [notes.known.setdefault(each, len(notes.known)) for each in found["known"]]
        for name, noted in found["tests"].items():
            statements = [number[each] for each in noted["statements"]]
            notes.tests[name] = Noted(statements, noted["refused"], noted["seconds"])
    return notes


def needed(names: list[str], notes: Notes, *, whole: set[str]) -> set[str]:
    """
    Return which of the tests of these names send every statement together, with those in
    ``whole`` and those of which nothing is noted.
    """
    sends = {name: set(notes.tests[name].statements) for name in names if name in notes.tests}
    chosen = {
        name for name in names if name in whole or name not in sends or notes.tests[name].refused
    }
    missing = set().union(*sends.values())
    for name in chosen & set(sends):
        missing -= sends[name]
    waiting = [(-math.inf, place, name) for place, name in enumerate(names) if name not in chosen]
    while waiting:
        _, place, name = heapq.heappop(waiting)
        gained = len(missing & sends[name])
        rank = (-gained / (notes.tests[name].seconds + A_MOMENT), place, name)
        if not gained:
            continue
        if waiting and rank > waiting[0]:
            heapq.heappush(waiting, rank)
            continue
        chosen.add(name)
        missing -= sends[name]
    return chosen
