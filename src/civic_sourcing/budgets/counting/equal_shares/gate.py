"""Which projects of an area may be bought at all, and when: the conditions of the rules."""

from collections.abc import Sequence

from civic_sourcing.budgets.counting.conditions import Conditions
from civic_sourcing.budgets.counting.contest import Contest
from civic_sourcing.budgets.counting.model import Project
from civic_sourcing.budgets.counting.steps import Numbers, Outcome, Step


class Gate:
    """
    What exclusive sets, needs and categories allow, for one run over ``projects`` (by place).

    ``settled`` are steps taken before: other areas, projects that take no part.
    """

    def __init__(
        self, contest: Contest, projects: Sequence[Project], settled: Sequence[Step]
    ) -> None:
        self._conditions = Conditions(contest)
        self._projects = projects
        for step in settled:
            project = contest.by_id[step.project]
            self._conditions.settle(project, funded=step.outcome.is_funded)

    def refusal(self, place: int) -> tuple[Outcome, Numbers] | None:
        """Why a project cannot be funded any more; ``None`` if it can."""
        return self._conditions.refusal(self._projects[place])

    def waits(self, place: int) -> str | None:
        """The id of a project it needs, of which nothing is known yet."""
        return self._conditions.waits_for(self._projects[place])

    def settle(self, place: int, *, funded: bool) -> None:
        """Note that a project was funded, or never will be."""
        self._conditions.settle(self._projects[place], funded=funded)
