"""Naming others with a contribution: invite, accept, decline, withdraw, set shares."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from civic_sourcing.attribution import signals
from civic_sourcing.attribution.credits import news, policies, records
from civic_sourcing.attribution.credits.invitations import (
    Invitee,
    find_invitee,
    new_token,
    token_digest,
)
from civic_sourcing.attribution.credits.shares import check_shares
from civic_sourcing.attribution.models import Contribution, Credit, CreditState, Role, State
from civic_sourcing.core.actions import Action
from civic_sourcing.core.exceptions import ActionForbidden, ActionRefused
from civic_sourcing.core.limits import DAY, RateLimit
from civic_sourcing.participants.guardians import belongs_to
from civic_sourcing.participants.models import Participant

INVITATIONS_PER_DAY = 20
AUTHOR = "author"
"""Stands for the author in a list of shares, who needs no row of credit."""

OFFERED_ROLES = (Role.CO_AUTHOR, Role.IMPROVER, Role.EVIDENCE, Role.TRANSLATOR)


class InviteCoAuthor(Action[Contribution]):
    """
    Ask a person, or whoever reads an address, to be named. Nothing is shown before they accept.

    Takes ``invitee`` as typed (user name, public name or address), ``role``, and the ``language``
    of a mail. The result is the invitation. Refused as ``oneself``, ``invited-twice``,
    ``credited-already``, or when nobody can be meant.
    """

    verb = "invite_co_author"
    announces = signals.invitation_sent
    policy = policies.may_invite

    invitee: str
    role: str = Role.CO_AUTHOR
    language: str = ""

    def check(self) -> None:
        if self.role not in OFFERED_ROLES:
            raise ActionRefused(_("Nobody is invited in this role."), code="role-not-offered")
        if self.subject.state not in (State.PUBLISHED, State.HELD, State.DRAFT):
            raise ActionRefused(
                _("“%(title)s” is not open any more, so nobody is added to it."),
                code="not-open",
                title=self.subject.title,
            )
        RateLimit("civic_attribution.invite", INVITATIONS_PER_DAY, DAY).hit(self.actor)
        self.found = find_invitee(self.invitee)
        self._refuse_oneself()
        self._refuse_repetition()

    def perform(self) -> Credit:
        token = new_token() if self.found.address else ""
        inviter = Participant.objects.of(self.by)
        credit = Credit.objects.create(
            contribution=self.subject,
            participant=self.found.participant,
            role=self.role,
            state=CreditState.INVITED,
            invited_by=inviter,
            address_digest=self.found.digest,
            token_digest=token_digest(token) if token else "",
            created_at=self.at,
        )
        if token:
            news.write_to_invited(
                credit,
                inviter,
                address=self.found.address,
                token=token,
                language=self.language or get_language() or "",
            )
        else:
            news.tell_invited(credit, inviter)
        return credit

    def audit_details(self) -> dict[str, Any]:
        return {
            "credit": str(self.result.uuid),
            "role": str(self.role),
            "by_mail": bool(self.found.address),
        }

    def content(self) -> Mapping[str, Any]:
        return {"subject": self.subject, "invitee": self.invitee, "role": self.role}

    def _refuse_oneself(self) -> None:
        found: Invitee = self.found
        mine = found.participant is not None and found.participant.user_id == self.by.pk
        if mine or (found.address and belongs_to(found.address, self.by)):
            raise ActionRefused(
                _("You cannot invite yourself. You are named already with what you wrote."),
                code="oneself",
            )

    def _refuse_repetition(self) -> None:
        standing = self.subject.credits.standing().filter(role=self.role)
        person = self.found.participant
        if self.found.address:
            if standing.filter(address_digest=self.found.digest).exists():
                raise invited_twice(self.invitee)
            return
        if standing.filter(participant=person, state=CreditState.INVITED).exists():
            raise invited_twice(self.invitee)
        if person and records.has_role(self.subject, person, self.role):
            raise ActionRefused(
                _("“%(person)s” is named in this role already."),
                code="credited-already",
                person=person.public_name,
            )


def invited_twice(invitee: str) -> ActionRefused:
    return ActionRefused(
        _("“%(invitee)s” has been invited already and has not answered yet."),
        code="invited-twice",
        invitee=invitee,
    )


class OnCredit(Action[Credit]):
    """A step on one credit, with its contribution locked first, as ``SetShares`` does."""

    takes: ClassVar[frozenset[str]]

    def fresh_subject(self) -> Any:
        keys = Credit.objects.filter(pk=self.subject.pk).values("contribution")
        list(Contribution.objects.select_for_update(no_key=True).filter(pk__in=keys))
        return super().fresh_subject()

    def check(self) -> None:
        self.before = self.subject.state
        if self.before not in self.takes:
            raise ActionRefused(
                _("This is settled already: it is marked “%(state)s”."),
                code=f"is-{self.before}",
                state=CreditState(self.before).label,
            )

    def audit_details(self) -> dict[str, Any]:
        return {
            "contribution": str(self.subject.contribution.uuid),
            "role": self.subject.role,
            "before": str(self.before),
            "after": str(self.subject.state),
        }


class AnswerInvitation(OnCredit):
    """
    Answer an invitation. One sent by mail is answered by whoever has its link: ``token``.

    Refused as ``is-…`` where it has been answered or withdrawn.
    """

    takes = frozenset({CreditState.INVITED})
    sentence: ClassVar[Any]

    token: str = ""

    def check(self) -> None:
        super().check()
        expected = self.subject.token_digest
        if self.subject.participant is None and (
            not self.token or token_digest(self.token) != expected
        ):
            raise ActionForbidden(_("This invitation is for somebody else."))

    def content(self) -> Mapping[str, Any]:
        return {"subject": self.subject}


class AcceptInvitation(AnswerInvitation):
    """Be named from now on. Shares that were set before are void, as the circle has grown."""

    verb = "accept_invitation"
    announces = signals.invitation_accepted
    policy = policies.may_accept

    def check(self) -> None:
        super().check()
        self.person = Participant.objects.of(self.by)
        if self.subject.participant is None and records.has_role(
            self.subject.contribution, self.person, self.subject.role
        ):
            raise ActionRefused(
                _("You are named in this role already, or have another invitation for it."),
                code="credited-already",
            )

    def perform(self) -> Credit:
        credit = self.subject
        records.clear_shares(credit.contribution)
        credit.participant = self.person
        credit.state, credit.answered_at = CreditState.ACCEPTED, self.at
        credit.address_digest = credit.token_digest = ""
        credit.save()
        news.tell_answer(credit, _("%(person)s is now named as %(role)s of “%(title)s”"))
        return credit


class DeclineInvitation(AnswerInvitation):
    """Not be named. An account is not needed for it."""

    verb = "decline_invitation"
    announces = signals.invitation_declined
    policy = policies.may_decline

    def perform(self) -> Credit:
        news.tell_answer(
            self.subject, _("%(person)s does not want to be named as %(role)s of “%(title)s”")
        )
        return records.end_credit(self.subject, CreditState.DECLINED, at=self.at)


class WithdrawCredit(OnCredit):
    """
    Take one's name back, or an invitation that nobody has answered.

    The author's own credit goes only with the contribution (code ``author``). Shares are void
    afterwards.
    """

    verb = "withdraw_credit"
    announces = signals.credit_withdrawn
    policy = policies.may_withdraw_credit
    takes = frozenset({CreditState.INVITED, CreditState.ACCEPTED, CreditState.CREDITED})

    def check(self) -> None:
        super().check()
        credit = self.subject
        author = credit.contribution.author_id
        if credit.role == Role.ORIGINATOR and author and credit.participant_id == author:
            raise ActionRefused(
                _("You wrote this. To take your name off it, withdraw the contribution itself."),
                code="author",
            )

    def perform(self) -> Credit:
        return records.end_credit(self.subject, CreditState.WITHDRAWN, at=self.at)


class SetShares(Action[Contribution]):
    """
    Say how the credit is shared: ``shares`` maps UUIDs of credits, and ``"author"``, to hundredths.

    Everybody named directly has to be in it, staff editors aside. All ``None`` takes the shares
    back. Refused as ``shares-missing``, ``shares-too-small``, ``shares-too-large``,
    ``share-out-of-range``, or ``circle-changed`` where somebody joined or left meanwhile.
    """

    verb = "set_shares"
    announces = signals.shares_set
    policy = policies.may_set_shares

    shares: Mapping[str, int | None]

    def check(self) -> None:
        self.circle = {key_of(credit): credit for credit in records.circle(self.subject)}
        if set(self.shares) != set(self.circle):
            raise ActionRefused(
                _("Somebody has joined or left in the meantime. Please look at the shares again."),
                code="circle-changed",
            )
        check_shares(self.shares)

    def perform(self) -> int:
        for key, credit in self.circle.items():
            credit.share = self.shares[key]
            if credit.share is not None or not credit._state.adding:
                credit.save()
        people = [credit.participant for credit in self.circle.values() if credit.participant]
        news.tell_shares(self.subject, people, by=self.by)
        return len(self.circle)

    def audit_details(self) -> dict[str, Any]:
        return {
            "shares": {
                str(credit.uuid): credit.share
                for credit in self.circle.values()
                if credit.share is not None
            }
        }


def key_of(credit: Credit) -> str:
    """Return how a list of shares names ``credit``."""
    return AUTHOR if credit.pk is None else str(credit.uuid)
