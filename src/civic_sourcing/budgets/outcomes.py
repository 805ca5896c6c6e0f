"""What became of the projects of a vote, in the numbers the hub and blocks show."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from civic_sourcing.budgets.models import Project
from civic_sourcing.processes.outcomes import OutcomeKind, per_process, register_outcome


def register() -> None:
    """Called by ``AppConfig.ready``."""
    register_outcome(
        OutcomeKind(
            "projects",
            _("Projects"),
            ngettext_lazy("%(number)d project", "%(number)d projects", "number"),
            projects,
            order=20,
        )
    )
    register_outcome(
        OutcomeKind(
            "funded",
            pgettext_lazy("projects", "Funded"),
            ngettext_lazy("%(number)d funded", "%(number)d funded", "number"),
            funded,
            order=70,
        )
    )


def projects(processes: Collection[int]) -> Mapping[int, int]:
    return per_process(Project.objects.filter(process__in=processes))


def funded(processes: Collection[int]) -> Mapping[int, int]:
    """Nothing before the count: only a count marks projects funded."""
    outcome = Project.Outcome.FUNDED
    return per_process(Project.objects.filter(process__in=processes, outcome=outcome))
