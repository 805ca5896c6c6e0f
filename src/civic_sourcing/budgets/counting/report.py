"""Counts as JSON and as tables for people."""

import json
import unicodedata
from collections.abc import Iterable, Sequence
from fractions import Fraction

from .amounts import Amount, exact, plain
from .compare import Comparison
from .errors import printable
from .model import Election
from .result import Count
from .why import why

_NAME_WIDTH = 36
_STEP = ("project", "score", "cost", "left_before", "outcome", "reason")
_MARKS = {True: "✓", False: "–"}


def as_json(result: Count) -> str:
    """
    The count as a JSON object. Numbers are written exactly, decimals as decimal literals.

    Keys: ``selected``, ``spent``, ``left``, ``scores``, ``steps`` (``project``, ``score``,
    ``cost``, ``left_before``, ``outcome``, ``reason``), ``rule``, ``threshold``, ``ballots``.
    """
    keys = ("selected", "spent", "left", "scores", "steps", "rule", "threshold", "ballots")
    values = {key: getattr(result, key) for key in keys}
    values["steps"] = [{name: getattr(step, name) for name in _STEP} for step in result.steps]
    return _json(values, "")


def reason_json(result: Count, project: str) -> str:
    """Why ``project`` (id) was funded or not, as JSON: ``project``, ``outcome``, its numbers."""
    reason = why(result, project)
    values = {"project": project, "outcome": str(reason.code), "funded": reason.funded}
    return _json({**values, "numbers": dict(reason.numbers)}, "")


def comparison_json(compared: Sequence[Comparison], election: Election) -> str:
    """
    The comparison as a JSON list. Keys: ``rule``, ``utility``, ``completion``, ``selected``,
    ``spent``, ``left``, ``served`` (voters with at least one funded project), and to four decimals
    ``served_share``, ``satisfaction`` (funded projects a voter is for, on average), ``by_district``
    (share of the money spent).
    """
    return _json([_compared(each) for each in compared], "")


def _compared(each: Comparison) -> dict[str, object]:
    rules = each.count.rules
    return {
        "rule": each.count.rule,
        "utility": rules.utility if rules else "",
        "completion": rules.completion if rules else "",
        "selected": each.count.selected,
        "spent": each.count.spent,
        "left": each.count.left,
        "served": each.served,
        "served_share": _rounded(each.served_share, 4),
        "satisfaction": _rounded(each.satisfaction, 4),
        "by_district": {place: _rounded(each.share_of(place), 4) for place in each.by_district},
    }


def comparison_table(compared: Sequence[Comparison], election: Election) -> str:
    """Rules as lines with what they mean for voters, then projects as lines with who funds them."""
    head = ("", "rule", "funded", "spent", "left", "voters served", "projects a voter")
    rules = [
        (
            str(number),
            each.name,
            str(len(each.count.selected)),
            plain(each.count.spent),
            plain(each.count.left),
            f"{plain(_rounded(each.served_share * 100, 1))} %",
            plain(_rounded(each.satisfaction, 2)),
        )
        for number, each in enumerate(compared, start=1)
    ]
    projects = [
        (
            printable(project.id),
            _shortened(printable(project.name), _NAME_WIDTH),
            *(_MARKS[project.id in each.count.selected] for each in compared),
        )
        for project in election.projects
    ]
    numbers = ("project", "name", *(line[0] for line in rules))
    upper = _aligned([head, *rules], right={2, 3, 4, 5, 6})
    return "\n".join([*upper, "", *_aligned([numbers, *projects], right=set())])


def _rounded(number: Amount, decimals: int) -> Amount:
    """To so many decimals, halves to the even digit."""
    return exact(Fraction(round(number * 10**decimals), 10**decimals))


def _json(value: object, indent: str) -> str:
    deeper = indent + "  "
    if isinstance(value, int | Fraction) and not isinstance(value, bool):
        return plain(value)
    if isinstance(value, dict):
        lines = [f"{json.dumps(key)}: {_json(inner, deeper)}" for key, inner in value.items()]
        opening, closing = "{", "}"
    elif isinstance(value, list | tuple):
        lines = [_json(inner, deeper) for inner in value]
        opening, closing = "[", "]"
    else:
        return json.dumps(value)
    if not lines:
        return opening + closing
    joined = f",\n{deeper}".join(lines)
    return f"{opening}\n{deeper}{joined}\n{indent}{closing}"


def as_table(result: Count, election: Election) -> str:
    """The count as aligned text: a summary, then one line for each project in order of its turn."""
    names = {project.id: project.name for project in election.projects}
    currency = printable(election.meta.get("currency", ""))
    head = ("", "project", "name", "score", "cost", "left before", "why")
    rows = [
        (
            _MARKS[step.outcome.is_funded],
            printable(step.project),
            _shortened(printable(names[step.project]), _NAME_WIDTH),
            plain(step.score),
            plain(step.cost),
            plain(step.left_before),
            step.reason,
        )
        for step in result.steps
    ]
    title = printable(election.meta.get("description", ""))
    money = (
        f"budget {plain(election.budget)}, spent {plain(result.spent)}, left {plain(result.left)}"
    )
    summary = [
        *([title] if title else []),
        f"rule {result.rule}, threshold {plain(result.threshold)}, ballots {result.ballots}",
        f"{money} {currency}".rstrip(),
        f"funded {len(result.selected)} of {len(result.steps)} projects",
    ]
    return "\n".join([*summary, "", *_aligned([head, *rows], right={3, 4, 5})])


def _aligned(rows: Sequence[Sequence[str]], right: set[int]) -> Iterable[str]:
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = []
        for place, (cell, width) in enumerate(zip(row, widths, strict=True)):
            padding = " " * (width - _width(cell))
            cells.append(padding + cell if place in right else cell + padding)
        yield "  ".join(cells).rstrip()


def _width(text: str) -> int:
    """Columns a terminal needs: two for a wide character (Korean, say), none for a mark."""
    return sum(
        0 if unicodedata.combining(c) else 1 + (unicodedata.east_asian_width(c) in "WF")
        for c in text
    )


def _shortened(text: str, width: int) -> str:
    if _width(text) <= width:
        return text
    while _width(text) >= width:
        text = text[:-1]
    return text.rstrip() + "…"
