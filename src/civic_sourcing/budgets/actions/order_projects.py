"""In which order the projects of a vote stand on its paper."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from civic_sourcing.budgets.freezing import lock_process, refuse_if_frozen
from civic_sourcing.budgets.models import Project
from civic_sourcing.budgets.policies import runs_votes
from civic_sourcing.core.actions import Action
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.processes.models import Process


class OrderProjects(Action[Process]):
    """
    Put the projects of a vote in the order of ``numbers``, all of them, the first one first.

    Refused once the vote has opened (``frozen``), and where the projects are others meanwhile
    (``other-projects``).
    """

    verb = "order_projects"
    policy = runs_votes

    numbers: Sequence[str]

    def fresh_subject(self) -> Process:
        return lock_process(self.subject.pk, using=self.using)

    def check(self) -> None:
        refuse_if_frozen(self.subject)
        self.rows = list(Project.objects.using(self.using).of(self.subject))
        if sorted(row.number for row in self.rows) != sorted(self.numbers):
            raise ActionRefused(
                _("Projects were added or taken away in the meantime. Please look again."),
                code="other-projects",
            )

    def perform(self) -> list[str]:
        places = {number: place for place, number in enumerate(self.numbers)}
        beyond = max((row.position for row in self.rows), default=0) + len(self.rows) + 1
        mine = Project.objects.using(self.using).of(self.subject)
        mine.update(position=F("position") + beyond)
        for row in self.rows:
            row.position = places[row.number]
        Project.objects.using(self.using).bulk_update(self.rows, ["position"])
        return list(self.numbers)

    def audit_details(self) -> dict[str, Any]:
        return {"projects": len(self.rows)}
