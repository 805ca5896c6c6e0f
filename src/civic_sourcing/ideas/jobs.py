"""What ``civic_tick`` does for forums."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from civic_sourcing.core.tick import register_tick
from civic_sourcing.ideas.models import IdeaTag


def register_ticks() -> None:
    """Have the job run by every tick."""
    register_tick("civic_ideas.unused_tags", forget_unused_tags)


def forget_unused_tags(at: datetime) -> str:
    """Delete tags no idea carries any more: a word may say who left."""
    unused = IdeaTag.objects.filter(tagged_ideas=None)
    return f"{sum(_forget(tag) for tag in unused)} forgotten"


def _forget(tag: IdeaTag) -> bool:
    """Whether ``tag`` is gone; somebody who uses it this very moment keeps it."""
    try:
        with transaction.atomic():
            tag.delete()
    except IntegrityError:
        return False
    return True
