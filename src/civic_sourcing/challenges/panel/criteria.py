"""The criteria of a round as the pure rules of score sheets know them."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from civic_sourcing.challenges.judging.sheets import Fault, Kind, Measure
from civic_sourcing.challenges.models import Criterion
from civic_sourcing.processes.naming import in_language


def measure_of(criterion: Criterion) -> Measure:
    """Its bounds; the key is the criterion's UUID."""
    return Measure(
        id=str(criterion.uuid),
        kind=Kind(criterion.kind),
        points=criterion.points,
        levels=frozenset(points for points, _label in levels_of(criterion)),
        needs_comment=criterion.needs_comment,
    )


def levels_of(criterion: Criterion) -> list[tuple[int, str]]:
    """Points and words of each level, in the active language, the most points first."""
    levels = [(int(one["points"]), in_language(one.get("labels", {}))) for one in criterion.levels]
    return sorted(levels, key=lambda level: -level[0])


def sentence(criterion: Criterion, fault: Fault) -> str:
    """What is wrong, for the judge."""
    most = measure_of(criterion).most
    words = {
        Fault.MISSING: _("“%(criterion)s” is not scored yet."),
        Fault.BELOW: _("“%(criterion)s”: points cannot be below 0."),
        Fault.ABOVE: _("“%(criterion)s”: at most %(most)d points are possible."),
        Fault.NO_LEVEL: _("“%(criterion)s”: please choose one of the levels."),
        Fault.NO_COMMENT: _("“%(criterion)s”: please say why in a comment."),
        Fault.UNKNOWN: _("This criterion is not one of this phase."),
    }
    return words[fault] % {"criterion": criterion.title, "most": most}


def most_points(criteria: Iterable[Criterion]) -> tuple[int, int]:
    """The sum a sheet can reach without bonus, and with it; knock-out questions give none."""
    counted = [one for one in criteria if not one.is_knockout]
    plain = sum(one.points for one in counted if not one.is_bonus)
    return plain, plain + sum(one.points for one in counted if one.is_bonus)
