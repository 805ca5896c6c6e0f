from __future__ import annotations

from typing import Any

from django.db import transaction

from civic_sourcing.attribution import ledger
from civic_sourcing.attribution.models import Contribution
from civic_sourcing.comments import standing
from civic_sourcing.comments.actions import ReopenThread
from civic_sourcing.comments.models import Thread
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.moderation import cases


def follow_what_is_discussed(sender: type, contribution: Contribution, **kwargs: Any) -> None:
    """
    Let a thread belong to the process its subject was moved to, with all comments in it.

    From then on the rules and moderators there hold, for open cases too. Receives the ledger's
    ``contribution_moved``.
    """
    with transaction.atomic():
        found = Thread.objects.filter(contribution=contribution).first()
        if found is None:
            return
        thread = standing.lock_thread(found.pk)
        thread.process = Contribution.objects.get(pk=contribution.pk).process
        thread.save(update_fields=["process"])
        rows = Contribution.objects.filter(comment__thread=thread).exclude(process=thread.process)
        ledger.move_along(rows.select_related("process"), thread.process)
        cases.follow(Contribution.objects.filter(comment__thread=thread), thread.process)


def reopen_for_debate(contribution: Contribution) -> None:
    """Open its thread again, if somebody had closed it: the city promised a public debate."""
    thread = Thread.objects.filter(contribution=contribution, closed_at__isnull=False).first()
    if thread is None:
        return
    try:
        ReopenThread(thread, by=None).execute()
    except ActionRefused:
        return
