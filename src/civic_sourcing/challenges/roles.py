"""Who looks after challenges: their managers; the stewards of the site see each before it opens."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from civic_sourcing.processes.roles import register_role

MANAGER = "challenge_manager"
STEWARD = "steward"
"""The stewards of the ledger: they answer for the procedure wherever the role is given."""


def register_roles() -> None:
    """Offer the role in the group edit screen; that of the stewards is there already."""
    register_role(
        MANAGER,
        _("Challenge manager"),
        _("Sets challenges up, invites judges, and leads them to the award."),
    )
