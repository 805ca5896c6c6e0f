"""What a team types, kept by the server; nothing of it counts before it is handed in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from civic_sourcing.challenges.conf import conf
from civic_sourcing.challenges.models import Entry, EntryState
from civic_sourcing.core import clock

NAME = re.compile(r"[\w-]{1,64}")
"""What a field may be called; no database keeps every character in JSON."""

LONGEST, MOST_FIELDS = 50_000, 80
NOT_WORDS = frozenset({"csrfmiddlewaretoken", "go", "removed_files", "of_age"})
WRITABLE = (EntryState.DRAFT, EntryState.SUBMITTED)


@transaction.atomic
def keep(entry: Entry, typed: Mapping[str, Any]) -> Entry:
    """
    Store ``typed`` with the entry; fields it does not name keep what they had.

    So two members who write at once lose only what they typed into the same field. What is
    withdrawn stays empty.
    """
    fresh = locked(entry)
    if fresh.state not in WRITABLE:
        return fresh
    for name in list(typed)[:MOST_FIELDS]:
        if name not in NOT_WORDS and NAME.fullmatch(name):
            fresh.words[name] = str(typed[name]).replace("\0", "")[:LONGEST]
    fresh.changed_at = clock.now()
    fresh.save(update_fields=["words", "changed_at"])
    return fresh


def locked(entry: Entry) -> Entry:
    """The entry as it is now, for this transaction alone."""
    rows = Entry.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("process", "round", "captain").get(pk=entry.pk)


def forget_old(at: datetime) -> str:
    """Delete drafts that were never handed in, long after their round has closed."""
    over = at - timedelta(days=conf.CHALLENGE_DRAFT_DAYS)
    old = Entry.objects.filter(
        state=EntryState.DRAFT, submitted_at=None, changed_at__lt=over, round__closes_at__lt=over
    )
    number = 0
    for entry in old:
        discard(entry)
        number += 1
    return f"{number} forgotten"


@transaction.atomic
def discard(entry: Entry) -> None:
    """Let a draft that was never handed in go, with its files and its team."""
    for file in entry.files.all():
        file.delete_with_content()
    entry.delete()
