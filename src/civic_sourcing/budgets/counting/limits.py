"""What META allows on a ballot, and how many ballots go beyond."""

from collections.abc import Callable, Sequence

from .amounts import Amount, plain
from .errors import Finding
from .meta import Meta
from .model import Ballot, Project

Measure = Callable[[Sequence[Ballot]], list[Amount]]


def broken_limits(
    meta: Meta, projects: Sequence[Project], ballots: Sequence[Ballot]
) -> list[Finding]:
    """
    One finding for each limit of META that ballots break, with the farthest any of them goes.

    Empty ballots break no lower limit. The limits are inclusive.
    """
    costs = {project.id: project.cost for project in projects}
    measures: dict[str, tuple[str, Measure]] = {
        "length": ("length", lambda all_: list(map(len, [projects for projects, _, _ in all_]))),
        "sum_points": ("sum-points", lambda all_: [sum(points or ()) for _, points, _ in all_]),
        "sum_cost": (
            "sum-cost",
            lambda all_: [sum(map(costs.__getitem__, projects)) for projects, _, _ in all_],
        ),
    }
    findings = []
    for name, (code, measure) in measures.items():
        limits = {key: meta.amount(key) for key in (f"min_{name}", f"max_{name}")}
        if not any(limit is not None for limit in limits.values()):
            continue
        if name == "sum_points" and not any(ballot.points for ballot in ballots):
            continue
        values = measure(ballots)
        for key, limit in limits.items():
            if limit is not None and (broken := _broken(key, limit, values, ballots)):
                findings.append(Finding(meta.lines[key], key, code, broken))
    return findings


def _broken(
    key: str, limit: Amount, values: Sequence[Amount], ballots: Sequence[Ballot]
) -> dict[str, str | int]:
    lowest = key.startswith("min_")
    if not values or (min(values) >= limit if lowest else max(values) <= limit):
        return {}
    beyond = 0
    farthest = limit
    for ballot, value in zip(ballots, values, strict=True):
        if (value < limit if lowest else value > limit) and ballot.projects:
            beyond += ballot.times
            farthest = min(farthest, value) if lowest else max(farthest, value)
    if not beyond:
        return {}
    return {
        "ballots": beyond,
        "found": plain(farthest),
        "bound": "at least" if lowest else "at most",
        "allowed": plain(limit),
    }
