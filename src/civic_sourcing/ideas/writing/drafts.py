"""
What somebody types, kept by the server from the first step on.

A draft belongs to a participant. Before signing in the session knows its number, and the first page
after signing in takes it over. Who may read a draft may change and discard it; nobody else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest

from civic_sourcing.core import clock
from civic_sourcing.core.limits import HOUR, RateLimit, client_ip
from civic_sourcing.ideas.conf import conf
from civic_sourcing.ideas.models import IdeaDraft, IdeaFile
from civic_sourcing.participants.models import Participant

SESSION_KEY = "civic_ideas_drafts"
LONGEST = 20_000
"""Code points kept of a field, so that nobody fills the database."""

NAME = re.compile(r"[\w-]{1,64}")
"""What a field may be called; no database keeps every character in JSON."""

MOST_FIELDS = 60
DRAFTS_KEPT = 10
"""Drafts one person has in a forum; the one not touched for longest goes when there are more."""

UNSIGNED_DAYS = 7
FILED_DAYS = 1
FILED = "filed"
"""The step of a draft that has become an idea; its only word is the number of the contribution."""

NOT_WORDS = frozenset({"csrfmiddlewaretoken", "draft", "step", "go", "masking", "of_age"})


def draft_of(request: HttpRequest, forum: Any, number: object = None) -> IdeaDraft | None:
    """
    The draft ``number`` in ``forum``, or the one touched last; ``None`` where there is none.

    Takes over what was begun before signing in.
    """
    mine = drafts_of(request, forum)
    if number:
        wanted = _uuid(number)
        found = mine.filter(uuid=wanted).first() if wanted else None
    else:
        found = mine.exclude(step=FILED).first()
    if found and found.participant_id is None and request.user.is_authenticated:
        found.participant = Participant.objects.of(request.user)
        found.save(update_fields=["participant"])
    return found


def drafts_of(request: HttpRequest, forum: Any) -> Any:
    """Every draft of this visitor in ``forum``, the one touched last first."""
    known = _known(request)
    mine = Q(participant=None, uuid__in=known) if known else Q(pk__in=[])
    if request.user.is_authenticated:
        mine |= Q(participant__user=request.user)
    rows = IdeaDraft.objects.filter(mine, process=forum.process).select_related("participant")
    return rows.order_by("-changed_at", "-pk")


@transaction.atomic
def keep(
    request: HttpRequest,
    forum: Any,
    typed: Mapping[str, Any],
    *,
    draft: IdeaDraft | None = None,
    step: str = "",
) -> IdeaDraft:
    """
    Store ``typed`` in ``draft``, or in a new one; fields it does not name keep what they had, also
    what another window has typed there meanwhile. What has become an idea stays as it is.

    Raises ``RateLimited`` for who begins too many without signing in.
    """
    at = clock.now()
    draft = _begun(request, forum, at) if draft is None else locked(draft) or draft
    if draft.step == FILED:
        return draft
    for name in list(typed)[:MOST_FIELDS]:
        if name not in NOT_WORDS and NAME.fullmatch(name):
            draft.words[name] = str(typed[name]).replace("\0", "")[:LONGEST]
    draft.step, draft.changed_at = step or draft.step, at
    draft.save()
    return draft


def locked(draft: IdeaDraft) -> IdeaDraft | None:
    """``draft`` as it is now, for this transaction alone; ``None`` if it is gone."""
    rows = IdeaDraft.objects.select_for_update(of=("self",)).select_related("participant")
    return rows.filter(pk=draft.pk).first()


def discard(draft: IdeaDraft) -> None:
    """Let it go with its files."""
    for file in draft.files.all():
        file.delete_with_content()
    draft.delete()


def mark_filed(draft: IdeaDraft, idea: Any) -> None:
    """Empty it, and remember for a while what it became, for a second press of the button."""
    IdeaDraft.objects.filter(pk=draft.pk).update(
        step=FILED, words={"contribution": str(idea.contribution.uuid)}
    )


def forget_old(at: datetime) -> str:
    """Delete what nobody has touched for long, what was filed, and files left behind."""
    days = conf.IDEA_DRAFT_DAYS
    unsigned = at - timedelta(days=min(UNSIGNED_DAYS, days))
    old = IdeaDraft.objects.filter(
        Q(changed_at__lt=at - timedelta(days=days))
        | Q(participant=None, changed_at__lt=unsigned)
        | Q(step=FILED, changed_at__lt=at - timedelta(days=FILED_DAYS))
    )
    number = 0
    for draft in old:
        discard(draft)
        number += 1
    for file in IdeaFile.objects.filter(draft=None, contribution=None):
        file.delete_with_content()
    return f"{number} forgotten"


def _begun(request: HttpRequest, forum: Any, at: datetime) -> IdeaDraft:
    draft = IdeaDraft(process=forum.process, created_at=at, changed_at=at)
    if request.user.is_authenticated:
        draft.participant = Participant.objects.of(request.user)
        mine = IdeaDraft.objects.filter(participant=draft.participant, process=forum.process)
        for old in mine.order_by("-changed_at")[DRAFTS_KEPT - 1 :]:
            discard(old)
        return draft
    limit = conf.IDEA_DRAFTS_PER_HOUR
    RateLimit("civic_ideas.draft", limit, HOUR).hit(client_ip(request))
    known = [*_known(request), draft.uuid][-DRAFTS_KEPT:]
    request.session[SESSION_KEY] = [str(number) for number in known]
    return draft


def _known(request: HttpRequest) -> list[UUID]:
    numbers = request.session.get(SESSION_KEY, [])
    return [number for number in map(_uuid, numbers) if number]


def _uuid(text: object) -> UUID | None:
    try:
        return UUID(str(text))
    except ValueError:
        return None
