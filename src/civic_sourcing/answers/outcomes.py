"""What the city has answered, in the numbers the hub and blocks show."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.db.models import Count
from django.utils.translation import ngettext_lazy, pgettext_lazy

from civic_sourcing.answers.models import OfficialAnswer
from civic_sourcing.attribution.models import State
from civic_sourcing.processes.outcomes import OutcomeKind, register_outcome


def register() -> None:
    """Called by ``AppConfig.ready``."""
    label = pgettext_lazy("contributions", "Answered by the city")
    words = ngettext_lazy("%(number)d answered", "%(number)d answered", "number")
    register_outcome(OutcomeKind("answered", label, words, answered, order=50))


def answered(processes: Collection[int]) -> Mapping[int, int]:
    """Contributions everybody can read with a final answer; several answers to one count once."""
    answers = OfficialAnswer.objects.published().final()
    rows = answers.filter(
        contribution__process__in=processes,
        contribution__state__in=(State.PUBLISHED, State.WITHDRAWN),
    )
    numbers = rows.order_by().values_list("contribution__process")
    return dict(numbers.annotate(number=Count("contribution", distinct=True)))
