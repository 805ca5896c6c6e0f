"""
The public bulletin: which trackers were cast, replaced, void or set aside.

What happened is noted sealed, in the transaction of the cast. Notes are published in batches and
in random order, so that the moment of a cast does not lead to its tracker; only then they get a
number and their place in the hash chain.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from civic_sourcing.budgets.casting.box import shuffle
from civic_sourcing.budgets.casting.keys import Keys
from civic_sourcing.budgets.models import BulletinEntry, Notice, VoteRun
from civic_sourcing.core.audit import GENESIS, canonical_json
from civic_sourcing.core.rows import put

Kind = BulletinEntry.Kind
PLACE = "notice"
WRITTEN_AT_ONCE = 2000


def note(run: VoteRun, keys: Keys, told: Iterable[tuple[str, str]], *, using: str) -> None:
    """Note sealed what has happened: pairs of kind and tracker; ``release`` publishes them."""
    for kind, tracker in told:
        sealed = keys.seal(canonical_json([str(kind), tracker]), place=PLACE)
        put(Notice(run=run, sealed=sealed), using=using)


def release(run: VoteRun, keys: Keys, at: datetime, *, least: int, using: str) -> int:
    """
    Publish what was noted, in random order, and return how many entries that made.

    While the vote is open, ``least`` notes are kept back at random and as many published at least,
    so that no batch is small, the last one included; 0 publishes all. Hold the run's lock.
    """
    notices = list(Notice.objects.using(using).filter(run=run))
    if not notices or len(notices) < 2 * least:
        return 0
    shuffle(notices)
    told = [json.loads(keys.unseal(notice.sealed, place=PLACE)) for notice in notices]
    kept_back = {tracker for _kind, tracker in told[:least]}
    chosen = [place for place, (_kind, tracker) in enumerate(told) if tracker not in kept_back]
    publish(run, [(told[place][0], told[place][1]) for place in chosen], at, using=using)
    published = [notices[place].pk for place in chosen]
    for start in range(0, len(published), 500):
        Notice.objects.using(using).filter(pk__in=published[start : start + 500]).delete()
    return len(chosen)


def publish(
    run: VoteRun, told: Iterable[tuple[str, str]], at: datetime, *, using: str
) -> list[BulletinEntry]:
    """Append pairs of kind and tracker to the bulletin, in this order. Hold the run's lock."""
    last = BulletinEntry.objects.using(using).of(run).last()
    sequence, previous = (last.sequence, last.fingerprint) if last else (0, GENESIS)
    entries = []
    for kind, tracker in told:
        sequence += 1
        entry = BulletinEntry(
            run=run,
            sequence=sequence,
            kind=kind,
            tracker=tracker,
            released_at=at,
            previous=previous,
        )
        previous = entry.fingerprint = fingerprint(entry, str(run.uuid))
        entries.append(entry)
    return BulletinEntry.objects.using(using).bulk_create(entries, batch_size=WRITTEN_AT_ONCE)


def fingerprint(entry: BulletinEntry, run: str) -> str:
    """Return the SHA-256 (hexadecimal) over the canonical JSON of what the entry says."""
    return hashlib.sha256(canonical_json(document_of(entry, run)).encode("ascii")).hexdigest()


def document_of(entry: BulletinEntry, run: str) -> dict[str, Any]:
    """Return what is public of an entry and makes its fingerprint."""
    return {
        "at": entry.released_at.astimezone(UTC).isoformat(timespec="microseconds"),
        "kind": str(entry.kind),
        "previous": entry.previous,
        "run": run,
        "sequence": entry.sequence,
        "tracker": entry.tracker,
    }
