"""
Keep the index of similar titles in step with the ledger.

The ledger calls ``add`` where it publishes a version and ``forget`` where it blanks one, both
inside its transaction and under the lock of the process. ``rebuild`` makes up for what was missed.
"""

from __future__ import annotations

import sys
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from civic_sourcing.attribution.kinds import contribution_kinds
from civic_sourcing.attribution.models import (
    Contribution,
    ContributionVersion,
    IndexedTitle,
    KeyCount,
    LedgerChain,
    State,
    TitleKey,
)
from civic_sourcing.attribution.similar import grams

FORMAT = 1
"""Raise it when ``grams`` makes other keys of the same title: everything is indexed anew then."""

BATCH = 500
INSERTED_AT_ONCE = 5_000
SEEN = (State.PUBLISHED, State.WITHDRAWN, State.HIDDEN)
"""States in which a contribution stays indexed; only what is published is offered."""


@dataclass(frozen=True)
class Keys:
    """What a title and a text are found by, apart by what is counted."""

    words: tuple[str, ...]
    counted: frozenset[int]
    rare: frozenset[int]

    @classmethod
    def of(cls, title: str, text: str = "") -> Keys:
        words = tuple(grams.words(title))
        counted = grams.piece_keys(words) | {grams.word_key(word) for word in words}
        rare = grams.title_keys(words) | grams.text_keys(text)
        return cls(words, frozenset(counted), frozenset(rare))

    @property
    def every(self) -> frozenset[int]:
        return self.counted | self.rare


def add(contribution: Contribution, *, title: str, text: str) -> None:
    """Index what is being published, in place of an earlier version. Five queries at most."""
    _write([(contribution, Keys.of(title, text))])


def forget(contribution: Contribution) -> None:
    """Take a contribution out of the index, its words with it."""
    _drop([contribution.pk])


def rebuild(*, everything: bool = False, batches: int | None = None) -> Iterator[int]:
    """
    Index what the index lacks and drop what has no place in it, batch by batch in transactions of
    their own; yield the size of each batch. ``everything`` starts from nothing.

    Safe to run beside filing, to cut off and to run again.
    """
    if everything:
        for model in (TitleKey, KeyCount, IndexedTitle):
            model.objects.all().delete()
    done = 0
    while batches is None or done < batches:
        number = _rebuild_batch()
        if not number:
            return
        done += 1
        yield number


def missing() -> QuerySet[Contribution]:
    """Contributions that belong into the index and are not there as they should be."""
    current = IndexedTitle.objects.filter(
        contribution=OuterRef("pk"), process_id=OuterRef("process_id"), format=FORMAT
    )
    rows = Contribution.objects.filter(~Exists(current), ~Q(title=""), state__in=SEEN)
    return rows.exclude(kind__in=[k.key for k in contribution_kinds() if not k.is_compared])


def misplaced() -> QuerySet[IndexedTitle]:
    """Rows of what was removed or emptied."""
    out_of_place = ~Q(contribution__state__in=SEEN) | Q(contribution__title="")
    return IndexedTitle.objects.filter(out_of_place)


def _rebuild_batch() -> int:
    with transaction.atomic():
        gone = list(misplaced().values_list("pk", flat=True)[:BATCH])
        latest = ContributionVersion.objects.filter(contribution=OuterRef("pk")).order_by("-number")
        rows = missing().order_by("process_id", "pk").values_list("pk", "process_id")[:BATCH]
        keys, processes = _split(list(rows))
        _lock(processes | set(_processes_of(gone)))
        _drop(gone)
        contributions = (
            Contribution.objects.filter(pk__in=keys)
            .annotate(latest_text=Subquery(latest.values("text")[:1]))
            .order_by("pk")
        )
        found = [(each, Keys.of(each.title, each.latest_text or "")) for each in contributions]
        _write(found)
        return len(gone) + len(found)


def _split(rows: list[tuple[int, int]]) -> tuple[list[int], set[int]]:
    return [key for key, _process in rows], {process for _key, process in rows}


def _processes_of(contributions: list[int]) -> Iterable[int]:
    return IndexedTitle.objects.filter(pk__in=contributions).values_list("process_id", flat=True)


def _lock(processes: set[int]) -> None:
    """Hold the ledgers of ``processes``, as whoever publishes there does."""
    chains = LedgerChain.objects.select_for_update().filter(process__in=processes)
    list(chains.order_by("pk"))


def _write(found: Sequence[tuple[Contribution, Keys]]) -> None:
    _drop([contribution.pk for contribution, _keys in found])
    IndexedTitle.objects.bulk_create(
        IndexedTitle(
            contribution=contribution,
            process_id=contribution.process_id,
            format=FORMAT,
            words=" ".join(keys.words),
            keys=_packed(keys),
        )
        for contribution, keys in found
    )
    _insert(
        TitleKey,
        sorted(
            (contribution.process_id, key, contribution.pk)
            for contribution, keys in found
            for key in keys.every
        ),
    )
    counts: Counter[tuple[int, int]] = Counter()
    for contribution, keys in found:
        counts.update((contribution.process_id, key) for key in (*keys.counted, KeyCount.TITLES))
    _count(counts)


def _drop(contributions: list[int]) -> None:
    counts: Counter[tuple[int, int]] = Counter()
    for row in IndexedTitle.objects.filter(pk__in=contributions):
        keys, counted = _unpacked(row)
        TitleKey.objects.filter(
            process_id=row.process_id, key__in=keys, contribution_id=row.pk
        ).delete()
        counts.subtract((row.process_id, key) for key in (*counted, KeyCount.TITLES))
        row.delete()
    _count(counts)


def _count(changes: Mapping[tuple[int, int], int]) -> None:
    """Add to the counts, in the order of their keys so that no two wait for each other."""
    table = connection.ops.quote_name(KeyCount._meta.db_table)
    _insert(
        KeyCount,
        sorted((process, key, number) for (process, key), number in changes.items() if number),
        f"ON CONFLICT (process_id, key) DO UPDATE SET number = {table}.number + excluded.number",
    )


def _insert(
    model: type[TitleKey | KeyCount], rows: list[tuple[int, int, int]], otherwise: str = ""
) -> None:
    """Insert rows of three numbers without an object for each: there are fifty to a title."""
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column or "") for field in model._meta.local_concrete_fields)
    for first in range(0, len(rows), INSERTED_AT_ONCE):
        chunk = rows[first : first + INSERTED_AT_ONCE]
        values = ", ".join(["(%s, %s, %s)"] * len(chunk))
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {quote(model._meta.db_table)} ({columns})"  # noqa: S608
                f" VALUES {values} {otherwise}",
                [number for row in chunk for number in row],
            )


def _packed(keys: Keys) -> bytes:
    """The counted keys, then the others, with their number in front."""
    return _bytes([len(keys.counted), *sorted(keys.counted), *sorted(keys.rare - keys.counted)])


def _unpacked(row: IndexedTitle) -> tuple[list[int], list[int]]:
    """All keys, and those of them that are counted."""
    numbers = _numbers(bytes(row.keys))
    return numbers[1:], numbers[1 : 1 + numbers[0]]


def rare_keys(row: IndexedTitle) -> set[int]:
    """The keys of its whole title and of its text."""
    every, counted = _unpacked(row)
    return set(every[len(counted) :])


def _bytes(numbers: list[int]) -> bytes:
    packed = array("i", numbers)
    if sys.byteorder == "big":
        packed.byteswap()
    return packed.tobytes()


def _numbers(packed: bytes) -> list[int]:
    numbers = array("i")
    numbers.frombytes(packed)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers.tolist()
