"""What one project's funding means for others: exclusive sets, needs, categories."""

from collections import Counter

from .contest import Contest
from .model import Project
from .plan import CategoryWinners
from .steps import Numbers, Outcome


class Conditions:
    """
    Keeps book of who was funded and who was not while a rule gives out the money.

    Whatever the rule: it asks ``refusal`` before it funds a project, and tells ``settle`` of every
    project it is done with.
    """

    def __init__(self, contest: Contest) -> None:
        rules = contest.rules
        self._rivals: dict[str, list[str]] = {}
        for ids in rules.exclusive:
            for project in ids:
                self._rivals.setdefault(project, []).extend(i for i in ids if i != project)
        self._needs: dict[str, list[str]] = {}
        for need in rules.dependencies:
            self._needs.setdefault(need.project, []).append(need.needs)
        self._limits: dict[str, CategoryWinners] = {c.code: c for c in rules.categories}
        self._in_category: Counter[str] = Counter()
        self._known = contest.by_id
        self._funded: dict[str, bool] = {}

    def settle(self, project: Project, *, funded: bool) -> None:
        """Note that ``project`` was funded, or never will be."""
        self._funded[project.id] = funded
        if funded:
            self._in_category[project.category] += 1

    def refusal(self, project: Project) -> tuple[Outcome, Numbers] | None:
        """Why ``project`` cannot be funded any more, after those that were; else ``None``."""
        for other in self._rivals.get(project.id, ()):
            if self._funded.get(other):
                return Outcome.EXCLUDED, {"other": other}
        for other in self._needs.get(project.id, ()):
            if self._funded.get(other, other in self._known) is False:
                return Outcome.NEED_UNFUNDED, {"other": other}
        limit = self._limits.get(project.category)
        if limit and limit.most is not None and self._in_category[limit.code] >= limit.most:
            return Outcome.CATEGORY_FULL, {"category": limit.code, "most": limit.most}
        return None

    def waits_for(self, project: Project) -> str | None:
        """The project that ``project`` needs and of which nothing is known yet."""
        return next((o for o in self._needs.get(project.id, ()) if o not in self._funded), None)

    def wanted(self, project: Project) -> CategoryWinners | None:
        """The category of ``project``, if it has fewer funded projects than it must have."""
        limit = self._limits.get(project.category)
        return limit if limit and self._in_category[limit.code] < limit.least else None
