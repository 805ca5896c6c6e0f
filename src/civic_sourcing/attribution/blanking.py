"""
The words of published versions while they are blank: kept elsewhere, and put back as they were.

Whoever takes words that may come back, as a moderator whose decision can be reversed, keeps what
``words_of_versions`` returns; the ledger itself keeps nothing of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from civic_sourcing.attribution.fingerprints import text_digest
from civic_sourcing.attribution.models import Contribution

VersionWords = Mapping[str, Any]
"""``number``, ``title``, ``text`` and ``salt`` of one version, as JSON."""


def words_of_versions(contribution: Contribution) -> list[VersionWords]:
    """Return the words of all versions that can be read, the first one first."""
    rows = contribution.versions.exclude(salt="").order_by("number")
    return list(rows.values("number", "title", "text", "salt"))


def put_back(contribution: Contribution, kept: Iterable[VersionWords]) -> int:
    """
    Fill blank versions with the words they were published with; return how many.

    Words that do not have the digest of their version are left out, and so is a version that can be
    read already.
    """
    blank = {row.number: row for row in contribution.versions.filter(salt="")}
    filled = 0
    for words in kept:
        row = blank.get(words["number"])
        title, text, salt = words["title"], words["text"], words["salt"]
        if row is not None and text_digest(title, text, salt=salt) == row.text_digest:
            rows = contribution.versions.filter(pk=row.pk, salt="")
            filled += rows.update(title=title, text=text, salt=salt)
    return filled
