"""What became of the ideas of a forum, in the numbers the hub and blocks show."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from civic_sourcing.attribution.models import State
from civic_sourcing.ideas.contributions import idea_models
from civic_sourcing.ideas.models.stages import Stage
from civic_sourcing.processes.outcomes import OutcomeKind, per_process, register_outcome

SETTLED = (Stage.DONE, Stage.DECLINED, Stage.WITHDRAWN, Stage.MERGED)
TAKEN_UP = (Stage.ACCEPTED, Stage.BALLOT, Stage.PROGRESS, Stage.DONE)


def register() -> None:
    """Called by ``AppConfig.ready``."""
    for kind in (
        OutcomeKind(
            "ideas",
            _("Handed in"),
            ngettext_lazy("%(number)d handed in", "%(number)d handed in", "number"),
            ideas,
            order=10,
        ),
        OutcomeKind(
            "taken_up",
            pgettext_lazy("ideas", "Taken up"),
            ngettext_lazy("%(number)d taken up", "%(number)d taken up", "number"),
            taken_up,
            order=60,
        ),
        OutcomeKind(
            "done",
            pgettext_lazy("ideas", "Put into practice"),
            ngettext_lazy("%(number)d put into practice", "%(number)d put into practice", "number"),
            done,
            order=90,
        ),
    ):
        register_outcome(kind)


def ideas(processes: Collection[int]) -> Mapping[int, int]:
    """Ideas everybody can read, parts of merged ones not counted twice."""
    return _listed(processes, exclude=(Stage.MERGED,))


def taken_up(processes: Collection[int]) -> Mapping[int, int]:
    """Accepted or further, put into practice included."""
    return _listed(processes, only=TAKEN_UP)


def done(processes: Collection[int]) -> Mapping[int, int]:
    return _listed(processes, only=(Stage.DONE,))


def settled() -> list[QuerySet]:
    """Contributions of ideas for which the city needs no plan any more."""
    return [
        model.objects.filter(stage__in=SETTLED).values("contribution") for model in idea_models()
    ]


def _listed(
    processes: Collection[int], *, only: Collection[str] = (), exclude: Collection[str] = ()
) -> dict[int, int]:
    numbers: dict[int, int] = {}
    for model in idea_models():
        rows = model._base_manager.filter(
            process__in=processes,
            unlisted=False,
            contribution__state__in=(State.PUBLISHED, State.WITHDRAWN),
        )
        rows = rows.filter(stage__in=only) if only else rows.exclude(stage__in=exclude)
        for process, number in per_process(rows).items():
            numbers[process] = numbers.get(process, 0) + number
    return numbers
