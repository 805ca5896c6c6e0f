"""What a vote decided about a project, for its timeline and that of the ideas it was made of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from civic_sourcing.attribution.family.neighbours import lives_on_in
from civic_sourcing.attribution.history import HistoryEvent
from civic_sourcing.attribution.models import Contribution
from civic_sourcing.attribution.traces import is_traced
from civic_sourcing.budgets.contributions import KIND
from civic_sourcing.budgets.models import CountResult, Project


def tell_history(contribution: Contribution) -> list[HistoryEvent]:
    """
    Return how each vote it was on the ballot of ended, as its latest count says.

    That it came on the ballot is told by the ledger.
    """
    reached = lives_on_in(contribution)
    if is_traced(contribution) and contribution.kind != KIND and reached == [contribution.pk]:
        return []
    projects = Project.objects.filter(contribution__in=reached)
    rows = projects.select_related("process").order_by("pk")
    return [event for project in rows for event in _counted(project)]


def _counted(project: Any) -> Iterator[HistoryEvent]:
    if project.outcome not in SENTENCES:
        return
    count = CountResult.objects.released_of(project.process)
    if count is not None:
        code = project.outcome.replace("_", "-")
        yield HistoryEvent(count.publication.published_at, code, SENTENCES[project.outcome])


SENTENCES = {
    Project.Outcome.FUNDED: _("Funded in the vote"),
    Project.Outcome.NOT_FUNDED: _("Not funded in the vote"),
}
