"""Who looks after eligibility: two roles on the page tree."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from civic_sourcing.processes.policies import HasRole
from civic_sourcing.processes.roles import register_role

REGISTRAR = "registrar"
DESK = "desk"


def register_roles() -> None:
    """Offer the roles in the group edit screen."""
    register_role(
        REGISTRAR,
        _("Registrar"),
        _("Decides who may take part: conditions, registers, codes, objections."),
    )
    register_role(DESK, _("Service desk"), _("Replaces lost codes for people who come in person."))


def is_registrar() -> HasRole:
    return HasRole(REGISTRAR)


def is_at_the_desk() -> HasRole:
    """The desk; a registrar may do what the desk does."""
    return HasRole(DESK, REGISTRAR)
