"""What a challenge holds: its pages are kept while anybody has begun an entry."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from civic_sourcing.challenges.models import Entry
from civic_sourcing.challenges.policies import is_sealed
from civic_sourcing.core import clock
from civic_sourcing.processes.holdings import Holding
from civic_sourcing.processes.models import Process


def entries_held(process: Process) -> Holding | None:
    """The entries, drafts included; without their number while some of them are sealed."""
    entries = Entry.objects.of(process)
    count = entries.count()
    if not count:
        return None
    at = clock.now()
    if any(is_sealed(round_, at) for round_ in process.rounds.all()):
        return Holding(_("sealed entries"), 1)
    return Holding(
        ngettext("%(count)d entry", "%(count)d entries", count) % {"count": count}, count
    )
