"""What this room tells the rooms below: its kind of process, what it holds, what the database keeps."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from civic_sourcing.budgets.models import Ballot, CountResult
from civic_sourcing.core.triggers import append_only
from civic_sourcing.processes.holdings import Holding, register_holdings
from civic_sourcing.processes.kinds import PhaseKind, register_process_kind
from civic_sourcing.processes.models import Process

PHASES = (
    PhaseKind("projects", _("Projects shown"), _("Look at the projects before the vote opens.")),
    PhaseKind("voting", _("Voting"), _("Choose the projects the money should go to.")),
    PhaseKind("counting", _("Counting"), _("The ballots are being counted.")),
    PhaseKind("results", _("Results"), _("See what was funded, and why.")),
    PhaseKind("delivery", _("Delivery"), _("Follow how the funded projects are carried out.")),
)


def register() -> None:
    register_process_kind("budget", _("Budget vote"), PHASES)
    register_holdings(ballots_held)
    append_only(Ballot)
    append_only(CountResult)


def ballots_held(process: Process) -> Holding | None:
    """How many ballots a vote holds, in words."""
    count = Ballot.objects.of(process).count()
    return Holding(ngettext("%(count)d ballot", "%(count)d ballots", count) % {"count": count}, count)
