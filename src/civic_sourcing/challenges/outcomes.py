"""What became of challenges, in the numbers the hub and blocks show."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from civic_sourcing.challenges.models import Award, AwardState, Entry
from civic_sourcing.core import clock
from civic_sourcing.processes.outcomes import OutcomeKind, per_process, register_outcome


def register() -> None:
    """Called by ``AppConfig.ready``."""
    register_outcome(
        OutcomeKind(
            "entries",
            pgettext_lazy("challenges", "Entries"),
            ngettext_lazy("%(number)d entry", "%(number)d entries", "number"),
            entries,
            order=25,
        )
    )
    register_outcome(
        OutcomeKind(
            "awards",
            _("Awards"),
            ngettext_lazy("%(number)d award", "%(number)d awards", "number"),
            awards,
            order=75,
        )
    )


def entries(processes: Collection[int]) -> Mapping[int, int]:
    """Those handed in; nothing of a sealed challenge before its deadline."""
    released = Q(round__closes_at__lte=clock.now()) | Q(process__challenge__sealed=False)
    return per_process(Entry.objects.handed_in().filter(released, process__in=processes))


def awards(processes: Collection[int]) -> Mapping[int, int]:
    """Those that were offered and not declined or cancelled."""
    path = "placement__decision__round__process"
    gone = (AwardState.DECLINED, AwardState.CANCELLED)
    rows = Award.objects.filter(**{f"{path}__in": processes}).exclude(state__in=gone)
    return per_process(rows, path)
