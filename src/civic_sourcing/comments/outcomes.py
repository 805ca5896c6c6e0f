"""How much was discussed, in the numbers the hub and blocks show."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from civic_sourcing.attribution.models import Contribution
from civic_sourcing.comments.contributions import KIND
from civic_sourcing.processes.outcomes import OutcomeKind, per_process, register_outcome


def register() -> None:
    """Called by ``AppConfig.ready``."""
    words = ngettext_lazy("%(number)d comment", "%(number)d comments", "number")
    register_outcome(OutcomeKind("comments", _("Comments"), words, comments, order=30))


def comments(processes: Collection[int]) -> Mapping[int, int]:
    """Comments everybody can read."""
    return per_process(Contribution.objects.published().filter(kind=KIND, process__in=processes))
