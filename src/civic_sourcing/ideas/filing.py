"""Making the page of an idea, whoever files it: a citizen online or staff with a paper card."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any

import swapper
from django.conf import settings
from django.db import transaction
from django.utils.text import slugify
from wagtail.signals import page_published

from civic_sourcing.attribution import ledger
from civic_sourcing.attribution.models import Channel
from civic_sourcing.ideas import tallies
from civic_sourcing.ideas.limits import starts_unlisted
from civic_sourcing.ideas.tags import tag
from civic_sourcing.ideas.writing.details import Details
from civic_sourcing.participants.models import Participant

SLUG_LENGTH = 60
ROUTE_NAMES = frozenset({"propose", "credits", "licences", "mine", "feed", "geojson"})
"""Words the forum answers itself, so that no idea may have them as its address."""


def file_idea(
    forum: Any,
    *,
    title: str,
    description: str,
    author: Participant | None,
    at: datetime,
    tags: Sequence[str] = (),
    channel: str = Channel.ONLINE,
    entered_by: Participant | None = None,
    terms: ledger.Terms | None = None,
    details: Details | None = None,
) -> Any:
    """
    Enter an idea into the ledger and make its page, live unless the gate holds it.

    ``forum`` is locked by the caller (the action's subject, or ``locked``), which keeps the page
    tree in order. Raises ``TextRefused`` for words that cannot be taken.
    """
    idea = forum.idea_model(process=forum.process, locale=forum.locale, filed_at=at)
    idea.write(title=title, description=description)
    details = details or Details()
    details.place(idea)
    idea.contribution = ledger.receive(
        "idea",
        process=forum.process,
        author=author,
        title=idea.title,
        text=details.parts().with_description(idea.description),
        language=forum.locale.language_code,
        channel=channel,
        entered_by=entered_by,
        terms=terms,
    )
    details.keep(idea.contribution)
    idea.unlisted = starts_unlisted(forum.process, channel, at)
    _make_page(forum, idea, at=at, tags=tags)
    return idea


def _make_page(forum: Any, idea: Any, *, at: datetime, tags: Sequence[str]) -> None:
    """Put ``idea`` below ``forum``, live as its row in the ledger says; tell once committed."""
    idea.live = idea.contribution.is_public
    idea.latest_revision_created_at = at
    idea.first_published_at = idea.last_published_at = at if idea.live else None
    idea.slug = free_slug(forum, idea)
    forum.add_child(instance=idea)
    tag(idea, tags)
    tallies.enter(idea, tags)
    if idea.live:
        tell = partial(page_published.send, sender=type(idea), instance=idea, revision=None)
        transaction.on_commit(tell)


def locked(forum: Any) -> Any:
    """Return ``forum`` fresh, with the lock that keeps the page tree below it in order."""
    pages = swapper.load_model("wagtailcore", "Page")._base_manager
    return pages.select_for_update(no_key=True).get(pk=forum.pk).specific


def free_slug(forum: Any, idea: Any, *, exclude: int | None = None) -> str:
    """
    A readable address for ``idea`` that is free below ``forum``, whose lock must be held.

    If the words of the title are taken (or it has none), part of the idea's UUID follows them.
    ``exclude`` is the key of the page that may keep its own.
    """
    allow_unicode = getattr(settings, "WAGTAIL_ALLOW_UNICODE_SLUGS", True)
    words = slugify(idea.title, allow_unicode=allow_unicode)[:SLUG_LENGTH].strip("-_")
    siblings = forum.get_children().exclude(pk=exclude) if exclude else forum.get_children()
    taken = not words or words in ROUTE_NAMES or siblings.filter(slug=words).exists()
    return f"{words or 'idea'}-{idea.uuid.hex[:8]}" if taken else words
