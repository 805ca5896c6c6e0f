"""What ``civic_tick`` does for votes: close what is over, publish batches of trackers."""

from __future__ import annotations

import logging
from datetime import datetime

from civic_sourcing.budgets.actions.casting import CloseVote, ReleaseBulletin
from civic_sourcing.budgets.conf import conf
from civic_sourcing.budgets.models import VoteRun
from civic_sourcing.core.exceptions import ActionRefused

logger = logging.getLogger(__name__)


def look_after_votes(at: datetime) -> str | None:
    """Close what is over at ``at`` and publish what has come together. A refusal stops only one."""
    running = VoteRun.objects.filter(state=VoteRun.State.OPEN)
    closed = sum(_close(run) for run in running.filter(closes_at__lte=at))
    released = sum(
        ReleaseBulletin(run, by=None).execute()
        for run in running.filter(closes_at__gt=at)
        if run.notices.count() >= 2 * conf.BULLETIN_LEAST
    )
    return f"{closed} closed, {released} trackers published" if closed or released else None


def _close(run: VoteRun) -> bool:
    try:
        CloseVote(run, by=None).execute()
    except ActionRefused as refusal:
        level = logging.INFO if refusal.code == "lists" else logging.ERROR
        logger.log(level, "Vote %s was not closed: %s.", run.uuid, refusal.code)
        return False
    return True
