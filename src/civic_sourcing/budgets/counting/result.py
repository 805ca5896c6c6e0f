"""The result of a count, and the plain document it is kept as."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .amounts import Amount, exact, read_written, written
from .contest import Contest, Quorum
from .errors import Finding
from .plan import CountRules
from .steps import REASONS, TEXTS, Outcome, Step


@dataclass(frozen=True, slots=True)
class AreaCount:
    """Money of one area, and the number of voters who had its projects on their paper."""

    code: str
    budget: Amount
    spent: Amount
    left: Amount
    ballots: int


@dataclass(frozen=True, slots=True)
class Count:
    """
    The result of a count.

    ``selected`` are ids in order of funding. ``spent`` is the whole cost of them and ``left`` the
    budget less that, so ``left`` is negative where the last project was funded beyond the budget.
    ``scores`` and ``voters`` (how many are for a project) are in the order of the projects,
    ``steps`` in the order of their turns, one for each project. ``threshold`` is the number of the
    rules, whatever it is counted in, 0 for none. ``tie`` names the rule of ties. ``remarks`` say
    what the count had to assume. ``rules`` are those it was counted by.
    """

    selected: tuple[str, ...]
    spent: Amount
    left: Amount
    scores: dict[str, Amount]
    steps: tuple[Step, ...]
    rule: str
    threshold: Amount
    ballots: int
    remarks: tuple[Finding, ...] = ()
    voters: dict[str, int] = field(default_factory=dict)
    areas: tuple[AreaCount, ...] = ()
    quorum: Quorum | None = None
    tie: str = ""
    rules: CountRules | None = None

    def step_of(self, project: str) -> Step | None:
        """The turn of the project with that id."""
        return next((step for step in self.steps if step.project == project), None)

    def to_document(self) -> dict[str, Any]:
        """
        The count as plain lists, texts, whole numbers and truth values; keys as the fields.

        An amount that is not whole is a text: ``"2.5"``, or ``"401/3"`` where decimals never end.
        """
        return {
            "rule": self.rule,
            "threshold": written(self.threshold),
            "ballots": self.ballots,
            "selected": list(self.selected),
            "spent": written(self.spent),
            "left": written(self.left),
            "scores": {project: written(score) for project, score in self.scores.items()},
            "voters": dict(self.voters),
            "steps": [_step_written(step) for step in self.steps],
            "areas": [
                {
                    "code": area.code,
                    "budget": written(area.budget),
                    "spent": written(area.spent),
                    "left": written(area.left),
                    "ballots": area.ballots,
                }
                for area in self.areas
            ],
            "quorum": self.quorum and {"needed": self.quorum.needed, "found": self.quorum.found},
            "tie": self.tie,
            "rules": self.rules and self.rules.to_document(),
            "remarks": [
                {"line": r.line, "field": r.field, "code": r.code, "context": dict(r.context)}
                for r in self.remarks
            ],
        }

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> "Count":
        """
        Return the count ``to_document`` wrote; other keys are passed over.

        Documents written before areas, voters and rules were part of them are read, too.
        """
        quorum, rules = document.get("quorum"), document.get("rules")
        return cls(
            selected=tuple(document["selected"]),
            spent=read_written(document["spent"]),
            left=read_written(document["left"]),
            scores={project: read_written(score) for project, score in document["scores"].items()},
            steps=tuple(map(_step_read, document["steps"])),
            rule=document["rule"],
            threshold=read_written(document["threshold"]),
            ballots=document["ballots"],
            remarks=tuple(Finding(**remark) for remark in document.get("remarks", ())),
            voters=dict(document.get("voters", {})),
            areas=tuple(map(_area_read, document.get("areas", ()))),
            quorum=Quorum(**quorum) if quorum else None,
            tie=document.get("tie", ""),
            rules=CountRules.from_document(rules) if rules else None,
        )


def result_of(contest: Contest, steps: Sequence[Step], *, remarks: Iterable[Finding] = ()) -> Count:
    """The result that ``steps`` come to."""
    funded = [step for step in steps if step.outcome.is_funded]
    areas = tuple(_area(contest, area.code, funded) for area in contest.rules.areas)
    least = contest.rules.threshold
    return Count(
        selected=tuple(step.project for step in funded),
        spent=exact(sum([area.spent for area in areas], start=0)),
        left=exact(sum([area.left for area in areas], start=0)),
        scores=dict(contest.scores),
        steps=tuple(steps),
        rule=contest.rules.rule,
        threshold=least.value if least else 0,
        ballots=contest.electorate.ballot_count,
        remarks=tuple(remarks),
        voters=dict(contest.voters),
        areas=areas,
        quorum=contest.quorum,
        tie=contest.tie.name,
        rules=contest.rules,
    )


def _area(contest: Contest, code: str, funded: Iterable[Step]) -> AreaCount:
    budget = contest.money[code]
    spent = sum([step.cost for step in funded if step.area == code], start=0)
    left = exact(budget - spent)
    return AreaCount(code, exact(budget), exact(spent), left, contest.ballots_of(code))


def _step_written(step: Step) -> dict[str, Any]:
    return {
        "project": step.project,
        "score": written(step.score),
        "cost": written(step.cost),
        "left_before": written(step.left_before),
        "outcome": str(step.outcome),
        "reason": step.reason,
        "area": step.area,
        "numbers": {
            name: value if isinstance(value, str) else written(value)
            for name, value in step.numbers.items()
        },
    }


def _step_read(document: Mapping[str, Any]) -> Step:
    outcome = Outcome(document["outcome"])
    return Step(
        project=document["project"],
        score=read_written(document["score"]),
        cost=read_written(document["cost"]),
        left_before=read_written(document["left_before"]),
        outcome=outcome,
        reason=document.get("reason", REASONS[outcome]),
        area=document.get("area", ""),
        numbers={
            name: value if name in TEXTS else read_written(value)
            for name, value in document.get("numbers", {}).items()
        },
    )


def _area_read(document: Mapping[str, Any]) -> AreaCount:
    money = {name: read_written(document[name]) for name in ("budget", "spent", "left")}
    return AreaCount(code=document["code"], ballots=document["ballots"], **money)
