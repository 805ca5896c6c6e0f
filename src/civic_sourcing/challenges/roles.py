"""Who looks after challenges: their managers; the stewards of the site see each before it opens."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from civic_sourcing.processes.models import Process
from civic_sourcing.processes.roles import register_named, register_role

MANAGER = "challenge_manager"
STEWARD = "steward"
"""The stewards of the ledger: they answer for the procedure wherever the role is given."""


NAMED = "challenge_manager_by_name"
"""Named in a challenge, with the role or without."""


def register_roles() -> None:
    """Offer the role in the group edit screen; that of the stewards is there already."""
    register_named(NAMED, lambda user: Process.objects.filter(challenge__managers__user=user))
    register_role(
        MANAGER,
        _("Challenge manager"),
        _("Sets challenges up, invites judges, and leads them to the award."),
    )
