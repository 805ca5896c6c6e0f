from __future__ import annotations

from uuid import UUID

from django.urls import reverse

from civic_sourcing.comments.models import Thread


def place_key(thread: Thread) -> UUID:
    """What names the place of a thread in addresses, also while nobody has posted there."""
    key: UUID | None = thread.contribution.uuid if thread.contribution else thread.page_key
    assert key is not None  # the database lets no thread be below nothing
    return key


def address(thread: Thread, name: str) -> str:
    """The address called ``name`` of what can be done with a thread, such as ``"post"``."""
    return reverse(f"civic_comments:{name}", args=[place_key(thread)])
