"""What budget votes keep about people: nothing that names anybody."""

from __future__ import annotations

from typing import Any

from civic_sourcing.core.personal_records import PersonalRecords


class ProjectRecords(PersonalRecords):
    """
    Projects and their pages lead to a person only through the ledger, which answers for it.
    """

    name = "projects"
    models = (
        "civic_budgets.project",
        "civic_budgets.budgetprojectpage",
        "civic_budgets.exclusiveset_members",
        "civic_budgets.projectdependency",
        "civic_budgets.projectwithdrawal",
    )

    def export(self, participant: Any) -> None:
        return None

    def erase(self, participant: Any, *, blank_texts: bool) -> None:
        """Nothing is kept here."""
