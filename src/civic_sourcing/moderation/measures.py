"""What is in force now, computed when it is read: nothing has to run for a measure to end."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Any

from django.db import OperationalError, router
from django.db.models import Exists, OuterRef
from django.db.models.functions import Now

from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.rows import Reading
from civic_sourcing.moderation.actions.lifting import LiftMeasure
from civic_sourcing.moderation.models import Measure
from civic_sourcing.participants.models import Participant
from civic_sourcing.participants.standing import Until
from civic_sourcing.processes.models import Process

logger = logging.getLogger(__name__)


def lift_due(process: Process | None = None) -> int:
    """
    End the measures whose time is over, of one process or of all; return how many.

    One indexed query where none is due, so that every read can ask. Runs at the same time are safe:
    each measure ends once. A measure that cannot end now is left to the next look.
    """
    using = router.db_for_read(Measure)
    due = _due(using=using) if process is None else _due_in(process.pk, using=using)
    keys = [key for (key,) in due]
    if not keys:
        return 0
    rows = Measure.objects.filter(pk__in=keys).select_related("decision__case")
    return sum(_lift(measure) for measure in rows)


def _over() -> Any:
    return Measure.objects.open().filter(until__lte=Now()).order_by()


_due = Reading(lambda: _over().values_list("pk"))
_due_in = Reading(lambda process: _over().filter(contribution__process=process).values_list("pk"))


def end_what_is_over(process: Process) -> None:
    """Look at ``process`` before it is read."""
    lift_due(process)


def suspended_until(participant: Participant, process: Process | None, at: datetime) -> Until:
    """Until when somebody may not take part in ``process``, or on the site; ``None``: may."""
    measures = Measure.objects.on(participant).in_force(at).filter(kind=Measure.Kind.SUSPENDED)
    places = {None} if process is None else {None, process.pk}
    ends = [end for place, end in measures.values_list("process", "until") if place in places]
    if None in ends:
        return "always"
    return max((end for end in ends if end is not None), default=None)


def somebody_suspended() -> Exists:
    """Whether the participant of a row has a suspension anywhere, over or not."""
    suspensions = Measure.objects.open().filter(kind=Measure.Kind.SUSPENDED)
    return Exists(suspensions.filter(participant=OuterRef("pk")))


def _lift(measure: Measure) -> bool:
    try:
        LiftMeasure(measure, by=None).execute()
    except ActionRefused:
        return False
    except OperationalError:
        logger.warning("Measure %s could not end now.", measure.uuid, exc_info=True)
        return False
    return True
