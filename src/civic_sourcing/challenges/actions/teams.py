"""Who belongs to the team of an entry: inviting, joining, leaving, leading."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from civic_sourcing.attribution.credits.invitations import find_invitee, token_digest
from civic_sourcing.challenges.actions.entries import OnEntry
from civic_sourcing.challenges.entering import news, teams
from civic_sourcing.challenges.entering.policies import (
    may_lead_team,
    may_leave_team,
    while_entries_are_taken,
)
from civic_sourcing.challenges.entering.tokens import new_token
from civic_sourcing.challenges.models import ChallengeFacts, Entry, EntryState, TeamMember
from civic_sourcing.challenges.policies import NotAJudge
from civic_sourcing.challenges.signals import team_changed
from civic_sourcing.core.actions import Action
from civic_sourcing.core.exceptions import ActionForbidden, ActionRefused
from civic_sourcing.core.limits import HOUR, RateLimit
from civic_sourcing.core.policies import Occasion, SignedIn
from civic_sourcing.participants.models import Participant
from civic_sourcing.participants.policies import InGoodStanding

INVITATIONS_PER_DAY = 20
ALIVE = (EntryState.DRAFT, EntryState.SUBMITTED)


class NameTeam(OnEntry):
    """Give the team its name (``team_name``), and the captain a role (``role``)."""

    verb = "name_team"
    announces = team_changed
    policy = may_lead_team

    team_name: str
    role: str = ""

    def check(self) -> None:
        self.refuse_unless(*ALIVE)
        refuse_unknown_role(self.subject, self.role)

    def perform(self) -> Entry:
        entry = self.subject
        entry.team_name = self.team_name
        entry.save(update_fields=["team_name"])
        own = TeamMember.objects.present().filter(entry=entry, participant=entry.captain)
        own.update(role=self.role)
        return entry


class InviteMember(OnEntry):
    """
    Ask somebody to join: ``invitee`` as typed (user name, public name or address), for ``role``.

    Nothing of the entry is shown before they join. The result is the row of the member. Refused as
    ``no-teams``, ``oneself``, ``invited-twice``, ``full``, or when nobody can be meant.
    """

    verb = "invite_member"
    announces = team_changed
    policy = may_lead_team

    invitee: str
    role: str = ""

    def check(self) -> None:
        entry = self.subject
        self.refuse_unless(*ALIVE)
        if not ChallengeFacts.objects.of(entry.process).takes_teams:
            raise ActionRefused(_("This challenge takes no teams."), code="no-teams")
        refuse_unknown_role(entry, self.role)
        here = TeamMember.objects.filter(entry=entry, left_at=None)
        if here.count() >= teams.MOST_MEMBERS:
            raise ActionRefused(_("The team is full."), code="full")
        RateLimit("civic_challenges.invite", INVITATIONS_PER_DAY, 24 * HOUR).hit(self.actor)
        self.found = find_invitee(self.invitee)
        self._refuse_repetition(here)

    def perform(self) -> TeamMember:
        entry, token = self.subject, new_token() if self.found.address else ""
        member: TeamMember = TeamMember.objects.create(
            entry=entry,
            participant=self.found.participant,
            role=self.role,
            address_digest=self.found.digest,
            token_digest=token_digest(token) if token else "",
            invited_at=self.at,
        )
        if token:
            language = get_language() or entry.language
            news.write_to_invited(member, self.found.address, token, language)
        else:
            news.tell_invited(member)
        return member

    def audit_details(self) -> dict[str, Any]:
        return {"member": str(self.result.uuid), "by_mail": bool(self.found.address)}

    def content(self) -> dict[str, Any]:
        return {"subject": self.subject.uuid, "invitee": self.invitee, "role": self.role}

    def _refuse_repetition(self, here: Any) -> None:
        person = self.found.participant
        if person is not None and person.user_id == self.by.pk:
            raise ActionRefused(_("You are in the team already."), code="oneself")
        twice = (
            here.filter(participant=person)
            if person
            else here.filter(address_digest=self.found.digest)
        )
        if twice.exists():
            raise ActionRefused(
                _("“%(invitee)s” has been invited already."),
                code="invited-twice",
                invitee=self.invitee,
            )


class OnMember(Action[TeamMember]):
    """A step on one row of a team, with its entry locked first."""

    def fresh_subject(self) -> Any:
        keys = TeamMember.objects.filter(pk=self.subject.pk).values("entry")
        list(Entry.objects.select_for_update(no_key=True).filter(pk__in=keys))
        return super().fresh_subject()

    def chain(self) -> Any:
        return self.subject.entry.process.uuid

    def audit_details(self) -> dict[str, Any]:
        return {"entry": str(self.subject.entry.uuid)}

    def refuse_if_over(self) -> None:
        """Answers come too late once entries have closed: the team is who it was then."""
        occasion = Occasion(self.by, self.subject.entry, self.at)
        if refusal := while_entries_are_taken.refusal(occasion):
            raise refusal.error()

    def refuse_answered(self) -> None:
        member = self.subject
        if member.joined_at or member.left_at or member.entry.state not in ALIVE:
            raise ActionRefused(_("This invitation does not stand any more."), code="answered")


class JoinTeam(OnMember):
    """Join a team. One invited by mail shows the ``token`` of the link."""

    verb = "join_team"
    announces = team_changed
    policy = SignedIn() & InGoodStanding() & NotAJudge()

    token: str = ""

    def check(self) -> None:
        self.person = Participant.objects.of(self.by)
        refuse_others(self.subject, self.person, self.token)
        self.refuse_answered()
        self.refuse_if_over()
        here = TeamMember.objects.present().filter(entry=self.subject.entry)
        if here.filter(participant=self.person).exists():
            raise ActionRefused(_("You are in the team already."), code="oneself")

    def perform(self) -> TeamMember:
        member = self.subject
        member.participant, member.joined_at = self.person, self.at
        member.address_digest = member.token_digest = ""
        member.save()
        news.tell_joined(member)
        return member

    def content(self) -> dict[str, Any]:
        return {"subject": self.subject}


class DeclinePlace(OnMember):
    """Not join. Whoever has the link of a mail may do so without an account."""

    verb = "decline_place"
    announces = team_changed
    policy = InGoodStanding()

    token: str = ""

    def check(self) -> None:
        person = Participant.objects.of(self.by) if self.by and self.by.is_authenticated else None
        refuse_others(self.subject, person, self.token)
        self.refuse_answered()

    def perform(self) -> TeamMember:
        return leave(self.subject, at=self.at)

    def content(self) -> dict[str, Any]:
        return {"subject": self.subject}


class RemoveMember(OnEntry):
    """Take somebody out of the team, or an invitation back. Takes ``member``, a row of it."""

    verb = "remove_member"
    announces = team_changed
    policy = may_lead_team

    member: TeamMember

    def check(self) -> None:
        entry = self.subject
        self.refuse_unless(*ALIVE)
        fresh = TeamMember.objects.filter(pk=self.member.pk, entry=entry, left_at=None).first()
        if fresh is None:
            raise ActionRefused(_("This person is not in the team."), code="not-in-team")
        if fresh.participant_id == entry.captain_id:
            raise ActionRefused(
                _("You lead the team. Hand it over to somebody else to leave it."), code="captain"
            )
        self.fresh = fresh

    def perform(self) -> TeamMember:
        gone = leave(self.fresh, at=self.at)
        keep_whole(self.subject, at=self.at)
        return gone


class LeaveTeam(OnEntry):
    """
    Leave a team. A captain hands it over first: to ``successor``, or to who joined first. One who
    is alone withdraws the entry instead (``alone``). The result is the entry.
    """

    verb = "leave_team"
    announces = team_changed
    policy = may_leave_team

    successor: TeamMember | None = None

    def check(self) -> None:
        entry = self.subject
        self.refuse_unless(*ALIVE)
        person = Participant.objects.of(self.by)
        self.own = TeamMember.objects.present().filter(entry=entry, participant=person).first()
        self.leads = entry.captain_id == person.pk
        others = teams.others_of(entry)
        self.next = next((each for each in others if each == self.successor), None)
        if self.leads and self.next is None:
            self.next = others[0] if others else None
        if self.leads and self.next is None:
            raise ActionRefused(
                _("Nobody else is in the team. You can withdraw the entry instead."), code="alone"
            )

    def perform(self) -> Entry:
        if self.leads:
            assert self.next is not None
            hand_over(self.subject, self.next)
        if self.own is not None:
            leave(self.own, at=self.at)
        keep_whole(self.subject, at=self.at)
        return self.subject


class HandOver(OnEntry):
    """Let another member lead the team (``successor``); the captain stays a member."""

    verb = "hand_over"
    announces = team_changed
    policy = may_lead_team

    successor: TeamMember

    def check(self) -> None:
        self.refuse_unless(*ALIVE)
        if self.successor not in teams.others_of(self.subject):
            raise ActionRefused(_("This person is not in the team."), code="not-in-team")

    def perform(self) -> Entry:
        hand_over(self.subject, self.successor)
        return self.subject


def hand_over(entry: Entry, member: TeamMember) -> None:
    """Let ``member`` lead from now on, and tell them."""
    entry.captain = member.participant
    entry.save(update_fields=["captain"])
    news.tell_leads(entry)


def keep_whole(entry: Entry, *, at: Any) -> None:
    """
    Tell the team that somebody left. Where they had a role that is asked for, what was handed in
    does not count until somebody else has it; after the deadline it stays as it was.
    """
    occasion = Occasion(None, entry, at)
    lacks = entry.state == EntryState.SUBMITTED and bool(teams.missing_roles(entry))
    if lacks and while_entries_are_taken.allows(occasion):
        entry.state = EntryState.DRAFT
        entry.save(update_fields=["state"])
    news.tell_left(entry, is_whole=entry.state == EntryState.SUBMITTED or not lacks)


def leave(member: TeamMember, *, at: Any) -> TeamMember:
    """End a membership or an invitation; what it knew of an address goes."""
    member.left_at = at
    member.address_digest = member.token_digest = ""
    member.save()
    return member


def refuse_others(member: TeamMember, person: Participant | None, token: str) -> None:
    """An invitation is for the person it names, or for whoever has the link it was sent with."""
    named = member.participant_id is not None
    if named and person is not None and person.pk == member.participant_id:
        return
    if not named and token and token_digest(token) == member.token_digest:
        return
    raise ActionForbidden(_("This invitation is for somebody else."))


def refuse_unknown_role(entry: Entry, role: str) -> None:
    if role not in dict(teams.role_choices(entry.process)):
        raise ActionRefused(_("This challenge knows no such role."), code="unknown-role")
