"""What META allows on a ballot, and how many ballots go beyond."""

from collections.abc import Callable, Sequence

from .amounts import Amount, plain
from .errors import Finding
from .meta import Meta
from .model import Ballot, Project

Measure = Callable[[Ballot], Amount]


def broken_limits(
    meta: Meta, projects: Sequence[Project], ballots: Sequence[Ballot]
) -> list[Finding]:
    """
    One finding for each limit of META that ballots break, with the farthest any of them goes.

    Empty ballots break no lower limit. The limits are inclusive.
    """
    costs = {project.id: project.cost for project in projects}
    measures: dict[str, tuple[str, Measure]] = {
        "length": ("length", lambda ballot: len(ballot.projects)),
        "sum_points": ("sum-points", lambda ballot: sum(ballot.points or ())),
        "sum_cost": ("sum-cost", lambda ballot: sum([costs[p] for p in ballot.projects])),
    }
    if not any(ballot.points for ballot in ballots):
        del measures["sum_points"]
    findings = []
    for name, (code, measure) in measures.items():
        for key in (f"min_{name}", f"max_{name}"):
            limit = meta.amount(key)
            if limit is not None and (broken := _broken(key, limit, measure, ballots)):
                findings.append(Finding(meta.lines[key], key, code, broken))
    return findings


def _broken(
    key: str, limit: Amount, measure: Measure, ballots: Sequence[Ballot]
) -> dict[str, str | int]:
    lowest = key.startswith("min_")
    beyond = 0
    farthest = limit
    for ballot in ballots:
        value = measure(ballot)
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
