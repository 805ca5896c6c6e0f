"""Who is behind an entry, and whether the team has everybody its challenge asks for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from civic_sourcing.challenges.models import ChallengeFacts, Entry, TeamMember
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.participants.age import needs_guardian
from civic_sourcing.participants.models import Participant
from civic_sourcing.processes.naming import in_language

USUAL_ROLES = {
    "resident": _("Resident"),
    "expert": _("Expert"),
    "official": _("Official"),
    "student": _("Student"),
    "company": _("Company"),
}
"""Words for roles that a challenge names by key alone."""

MOST_MEMBERS = 30


def demanded_roles(process: Any) -> list[tuple[str, str]]:
    """
    Key and words of the roles each team must have, in order.

    ``team_roles`` lists keys, or objects with ``key`` and ``labels`` (texts by language).
    """
    return [_role(given) for given in ChallengeFacts.objects.of(process).team_roles]


def _role(given: Any) -> tuple[str, str]:
    if isinstance(given, Mapping):
        key = str(given.get("key", ""))
        return key, in_language(given.get("labels", {})) or str(USUAL_ROLES.get(key, key))
    return str(given), str(USUAL_ROLES.get(str(given), given))


def role_choices(process: Any) -> list[tuple[str, str]]:
    """What somebody can be in a team: the roles asked for, or none in particular."""
    return [("", str(_("No particular role"))), *demanded_roles(process)]


def join(entry: Entry, participant: Participant, *, at: datetime, role: str = "") -> TeamMember:
    """Let ``participant`` be of the team from ``at`` on; the captain is so from the beginning."""
    member: TeamMember = TeamMember.objects.create(
        entry=entry, participant=participant, role=role, invited_at=at, joined_at=at
    )
    return member


def members_of(entry: Entry) -> list[TeamMember]:
    """Everybody who joined and stayed, in the order of joining."""
    rows = TeamMember.objects.present().filter(entry=entry).select_related("participant__user")
    return list(rows.order_by("joined_at", "pk"))


def others_of(entry: Entry) -> list[TeamMember]:
    return [member for member in members_of(entry) if member.participant_id != entry.captain_id]


def people_of(entry: Entry) -> list[Participant]:
    """The captain first, then everybody else in the team."""
    captain = [entry.captain] if entry.captain else []
    return captain + [each.participant for each in others_of(entry) if each.participant]


def missing_roles(entry: Entry) -> list[str]:
    """The words of roles that nobody in the team has."""
    there = {member.role for member in members_of(entry)}
    return [label for key, label in demanded_roles(entry.process) if key not in there]


def refuse_incomplete(entry: Entry) -> None:
    """Raise ``ActionRefused`` (``role-missing``, ``team-unnamed``) where the team is not ready."""
    if missing := missing_roles(entry):
        raise ActionRefused(
            _("This challenge asks for somebody in the team as: %(roles)s. Please invite them."),
            code="role-missing",
            roles=", ".join(missing),
        )
    if others_of(entry) and not entry.team_name:
        raise ActionRefused(_("Please give your team a name first."), code="team-unnamed")


def needing_guardian(entry: Entry) -> list[Participant]:
    """People of the team for whom a guardian has not consented."""
    return [person for person in people_of(entry) if needs_guardian(person)]
