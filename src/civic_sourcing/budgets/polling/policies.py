"""Who handles paper: the polling staff, and whoever runs the vote."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from civic_sourcing.budgets.policies import MayRunVote
from civic_sourcing.processes.policies import HasRole
from civic_sourcing.processes.roles import register_role

TELLER = "teller"


def register_roles() -> None:
    """Offer the role in the group edit screen."""
    register_role(
        TELLER,
        _("Polling staff"),
        _("Lists who votes on paper, and enters ballot papers."),
    )


may_handle_paper = HasRole(TELLER) | MayRunVote()
may_run_vote = MayRunVote()
