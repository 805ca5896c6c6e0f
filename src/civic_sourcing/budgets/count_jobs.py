"""Counting beside the request: by a task worker, or else by ``civic_tick``."""

from __future__ import annotations

import logging
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from civic_sourcing.budgets.actions.count import CountBallots
from civic_sourcing.budgets.models import CountJob
from civic_sourcing.core.exceptions import ActionRefused

logger = logging.getLogger(__name__)


PROBLEMS: dict[str, str | Promise] = {
    "stopped": _("The count was cut off before it was done. Nothing of it was kept: count again."),
    "overtaken": _("Somebody else has begun to count again, so this count was dropped."),
    "wrong-state": _("The vote cannot be counted any more."),
    "failed": _(
        "Something went wrong, and nothing was kept. Count again; if it happens once more, call in "
        "whoever looks after this site."
    ),
}
"""Why nothing came of a count, by code; a code that is not here is told as ``failed``."""


def work_on(uuid: UUID | str) -> bool:
    """Count what was asked for, unless somebody else does. Whether it was counted."""
    job = CountJob.objects.select_related("run__process").filter(uuid=uuid).first()
    if job is None or not job.take_up():
        return False
    try:
        CountBallots(job.run.process, by=None, job=job).execute()
    except ActionRefused as refusal:
        logger.warning("Vote %s was not counted: %s.", job.run.uuid, refusal.code)
        return False
    return True


def look_after_counts(at: datetime) -> str | None:
    """Say of counts that were cut off that nothing came of them, and count what no worker has."""
    lost = list(CountJob.objects.cut_off(at))
    for job in lost:
        job.give_up("stopped")
    waiting = CountJob.objects.filter(state=CountJob.State.WAITING).order_by("pk")
    counted = sum(work_on(uuid) for uuid in list(waiting.values_list("uuid", flat=True)))
    return f"{counted} counted, {len(lost)} given up" if counted or lost else None
