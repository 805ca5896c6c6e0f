"""What this room tells the rooms below: its kind of process, what it holds, what is kept."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from civic_sourcing.challenges.roles import register_roles
from civic_sourcing.processes.kinds import PhaseKind, register_process_kind

PHASES = (
    PhaseKind("announced", _("Announced"), _("Read what the city is looking for.")),
    PhaseKind("entering", _("Entering"), _("Hand in your entry.")),
    PhaseKind("judging", _("Judging"), _("Judges score the entries.")),
    PhaseKind("verification", _("Verification"), _("Say so if a winner used work of others.")),
    PhaseKind("awarded", _("Awarded"), _("See who won, and what the city makes of it.")),
)


def register() -> None:
    register_process_kind("challenge", _("Challenge"), PHASES)
    register_roles()
