"""Asking a guardian, and what the guardian answers."""

from __future__ import annotations

from typing import Any, ClassVar

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.limits import DAY, RateLimit
from civic_sourcing.core.policies import Always, Policy, SignedIn, System
from civic_sourcing.notifications.outbox import send_mail_to, withdraw
from civic_sourcing.notifications.recipients import language_of
from civic_sourcing.notifications.texts import filled
from civic_sourcing.participants import signals
from civic_sourcing.participants.actions.people import PersonalAction
from civic_sourcing.participants.age import tell_of_answer
from civic_sourcing.participants.conf import conf
from civic_sourcing.participants.guardians import (
    address_digest,
    belongs_to,
    new_token,
    token_digest,
)
from civic_sourcing.participants.models import GuardianConsent, Participant
from civic_sourcing.participants.policies import Oneself

CATEGORY = "civic_participants.guardian"
LETTERS_A_DAY = 3
State = GuardianConsent.State


class AskGuardian(PersonalAction[Participant]):
    """
    Write to a guardian at ``address``. The result is the ``GuardianConsent`` that waits.

    A request that still waits is replaced, so that a mistyped address can be mended; its link
    stops working. At most three letters a day per child and per mailbox.
    """

    verb = "ask_guardian"
    policy = SignedIn() & Oneself()
    announces = signals.guardian_asked

    address: str

    def check(self) -> None:
        if self.subject.age_band != Participant.AgeBand.MINOR:
            raise ActionRefused(_("You do not need a guardian's consent."), code="not-needed")
        if belongs_to(self.address, self.by):
            raise ActionRefused(
                _(
                    "This is your own e-mail address. "
                    "Please enter the address of your mother, your father or another guardian."
                ),
                code="own-address",
            )
        if GuardianConsent.objects.in_force().filter(participant=self.subject).exists():
            raise ActionRefused(_("A guardian has already consented."), code="already-consented")
        self.digest = address_digest(self.address)
        for key in (f"child:{self.actor}", f"mailbox:{self.digest}"):
            RateLimit("civic_participants.guardian", LETTERS_A_DAY, DAY, "closed").hit(key)

    def perform(self) -> GuardianConsent:
        for earlier in GuardianConsent.objects.unanswered().filter(participant=self.subject):
            withdraw(earlier.uuid)
            earlier.delete()
        token = new_token()
        consent = GuardianConsent.objects.create(
            participant=self.subject,
            contact=self.address,
            contact_digest=self.digest,
            token_digest=token_digest(token),
            language=language_of(self.by),
            asked_at=self.at,
        )
        send_letter(consent, token)
        return consent

    def content(self) -> dict[str, Any]:
        return {"subject": self.subject}


def send_letter(consent: GuardianConsent, token: str) -> None:
    """Write the mail that asks; it leaves with the transaction."""
    send_mail_to(
        consent.contact,
        category=CATEGORY,
        subject=filled(
            _("%(name)s would like to take part and needs your consent"), **_who(consent)
        ),
        body=filled(
            _(
                "%(name)s has written something for our city's participation pages and named you "
                "as mother, father or guardian.\n\n"
                "It is not published until you agree. The page behind the link shows what it is. "
                "You need no account.\n\n"
                "If you do not answer within %(days)d days, it is deleted, and so is your address."
            ),
            days=conf.GUARDIAN_DAYS,
            **_who(consent),
        ),
        url=lambda user: reverse("civic_participants:guardian", args=[token]),
        language=consent.language,
        about=consent.uuid,
    )


def _who(consent: GuardianConsent) -> dict[str, str]:
    return {"name": consent.participant.public_name}


class GuardianAnswer(PersonalAction[GuardianConsent]):
    """
    What a guardian answers through the link, without an account; ``token`` proves who it is.

    Answering twice alike is the first answer again; another answer is refused. The address goes
    with the answer. What waits is released or removed in the same transaction.
    """

    policy: ClassVar[Policy] = Always()
    before: ClassVar[tuple[str, ...]] = (State.ASKED,)
    after: ClassVar[GuardianConsent.State]
    keeps_digest: ClassVar[bool] = False

    token: str

    def check(self) -> None:
        if token_digest(self.token) != self.subject.token_digest:
            raise ActionRefused(_("This link is not valid."), code="wrong-link")
        if self.by is not None and self.by.pk == self.subject.participant.user_id:
            raise ActionRefused(
                _("You cannot answer this yourself. Please let your guardian open the link."),
                code="oneself",
            )
        if self.subject.state not in self.before:
            raise ActionRefused(SENTENCES[State(self.subject.state)], code="already-answered")

    def perform(self) -> GuardianConsent:
        consent = self.subject
        consent.state = self.after
        consent.answered_at = self.at
        consent.contact = ""
        if not self.keeps_digest:
            consent.contact_digest = ""
        consent.save(update_fields=["state", "answered_at", "contact", "contact_digest"])
        withdraw(consent.uuid)
        tell_of_answer(consent)
        return consent

    def content(self) -> dict[str, Any]:
        return {"subject": self.subject}

    def audit_details(self) -> dict[str, Any]:
        return {"state": str(self.after)}


class ConsentAsGuardian(GuardianAnswer):
    """Let the child take part: what waits is published, and so is what it writes from now on."""

    verb = "consent_as_guardian"
    announces = signals.guardian_consented
    after = State.CONSENTED
    keeps_digest = True


class RefuseAsGuardian(GuardianAnswer):
    """Do not let the child take part: what waits is deleted."""

    verb = "refuse_as_guardian"
    announces = signals.guardian_refused
    after = State.REFUSED


class WithdrawAsGuardian(GuardianAnswer):
    """Take the consent back: what was published with it goes."""

    verb = "withdraw_as_guardian"
    announces = signals.guardian_withdrawn
    before = (State.CONSENTED,)
    after = State.WITHDRAWN


class ExpireGuardianRequest(GuardianAnswer):
    """Give up waiting for an answer: the address and what waited are deleted."""

    verb = "expire_guardian_request"
    policy = System()
    announces = signals.guardian_request_expired
    after = State.EXPIRED

    token = ""

    def check(self) -> None:
        if self.subject.state not in self.before:
            raise ActionRefused(SENTENCES[State(self.subject.state)], code="already-answered")


SENTENCES = {
    State.ASKED: _("This was not agreed to yet."),
    State.CONSENTED: _("You have already agreed to this."),
    State.REFUSED: _("You have already refused this, and it was deleted."),
    State.WITHDRAWN: _("The consent was already withdrawn."),
    State.EXPIRED: _("Nobody answered in time, so what waited was deleted."),
}
