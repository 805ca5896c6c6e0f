"""The steps around eligibility: conditions, registers, ages, objections."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.db import models
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from civic_sourcing.core.actions import Action
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.policies import Always, SignedIn
from civic_sourcing.notifications.outbox import notify, send_mail_to
from civic_sourcing.notifications.texts import filled
from civic_sourcing.participants.actions.people import PersonalAction
from civic_sourcing.participants.codes.digests import entry_digest
from civic_sourcing.participants.eligibility.conf import conf
from civic_sourcing.participants.eligibility.kinds import AgeVerifier
from civic_sourcing.participants.eligibility.roles import is_registrar
from civic_sourcing.participants.eligibility.verifiers import find_verifier_kind
from civic_sourcing.participants.models import (
    EligibilityRule,
    Objection,
    Participant,
    ProcessOffice,
    Register,
    RegisterEntry,
    VerifiedAttribute,
)
from civic_sourcing.participants.policies import InGoodStanding, Oneself
from civic_sourcing.processes.freezing import refuse_frozen_conditions
from civic_sourcing.processes.models import Process

CATEGORY = "civic_participants.objections"
WRITTEN_AT_ONCE = 1000

NO_MATCH = _(
    "With these data you could not be found on the register. Please compare them with your papers. "
    "If they are right, turn to: %(office)s."
)


class SetEligibility(Action[Process]):
    """
    Set all conditions of a process: ``rules`` as pairs of verifier key and options, in order.

    ``office`` are the words for the office, by language. What people did before stays.
    """

    verb = "set_eligibility"
    policy = SignedIn() & is_registrar()

    rules: Sequence[tuple[str, Mapping[str, Any]]]
    office: Mapping[str, str] | None = None

    def check(self) -> None:
        refuse_frozen_conditions(self.subject)
        for key, options in self.rules:
            kind = find_verifier_kind(key)
            if kind is None:
                raise ActionRefused(_("This condition is not known."), code="unknown-condition")
            if refusal := kind.refusal_of(options):
                raise ActionRefused(refusal, code="wrong-options")

    def perform(self) -> list[EligibilityRule]:
        if self.office is not None:
            ProcessOffice.objects.update_or_create(
                process=self.subject, defaults={"texts": dict(self.office)}
            )
        EligibilityRule.objects.filter(process=self.subject).delete()
        return EligibilityRule.objects.bulk_create(
            EligibilityRule(
                process=self.subject, verifier=key, options=dict(options), position=position
            )
            for position, (key, options) in enumerate(self.rules)
        )

    def audit_details(self) -> dict[str, Any]:
        return {"conditions": [key for key, _options in self.rules]}


class MakeRegister(Action[Process]):
    """Start an empty register: its ``title`` and the ``columns`` people will be asked for."""

    verb = "make_register"
    policy = SignedIn() & is_registrar()

    title: str
    columns: Sequence[str]

    def perform(self) -> Register:
        return Register.objects.create(
            process=self.subject,
            name=self.title,
            columns=list(self.columns),
            created_at=self.at,
        )


class ImportRegister(Action[Register]):
    """
    Add people to a register: ``digests`` of their data. Those already on it stay as they are.

    The result is how many were new.
    """

    verb = "import_register"
    policy = SignedIn() & is_registrar()

    digests: Sequence[str]

    def perform(self) -> int:
        known = set(self.subject.entries.values_list("digest", flat=True))
        last = self.subject.entries.aggregate(last=models.Max("number"))["last"] or 0
        new = [digest for digest in dict.fromkeys(self.digests) if digest not in known]
        RegisterEntry.objects.bulk_create(
            (
                RegisterEntry(register=self.subject, number=number, digest=digest)
                for number, digest in enumerate(new, start=last + 1)
            ),
            batch_size=WRITTEN_AT_ONCE,
        )
        return len(new)

    def content(self) -> dict[str, Any]:
        return {"subject": self.subject}

    def audit_details(self) -> dict[str, Any]:
        return {"read": len(self.digests), "new": self.result}


class ProveRegister(PersonalAction[Participant]):
    """
    Prove that one is on ``register`` with ``values`` in the order of its columns.

    Not on it, and proved by somebody else, are one refusal in the same words. Attempts are limited
    where the request is known: ``Tries``.
    """

    verb = "prove_register"
    policy = SignedIn() & Oneself() & InGoodStanding()

    register: Register
    values: Sequence[str]
    office: str = ""

    def perform(self) -> RegisterEntry:
        digest = entry_digest(self.register.uuid, self.values)
        entries = self.register.entries.select_for_update()
        entry = entries.filter(digest=digest).first()
        mine = entry is not None and entry.participant_id == self.subject.pk
        if entry is None or (entry.matched_at is not None and not mine):
            raise ActionRefused(NO_MATCH, code="no-match", office=self.office)
        if mine:
            return entry
        if entries.filter(participant=self.subject).exists():
            raise ActionRefused(
                _("You have already proved that you are on this register."), code="already-proved"
            )
        entry.participant, entry.matched_at = self.subject, self.at
        entry.save(update_fields=["participant", "matched_at"])
        VerifiedAttribute.objects.update_or_create(
            participant=self.subject,
            key=self.register.attribute_key,
            defaults={"value": "yes", "source": self.register.name, "verified_at": self.at},
        )
        return entry

    def content(self) -> dict[str, Any]:
        return {"subject": self.subject}

    def audit_details(self) -> dict[str, Any]:
        return {"register": str(self.register.uuid)}


class ReleaseEntry(Action[RegisterEntry]):
    """Free an entry that was proved by the wrong person, or by an account that is gone."""

    verb = "release_entry"
    policy = SignedIn() & is_registrar()

    def check(self) -> None:
        if self.subject.matched_at is None:
            raise ActionRefused(_("Nobody has proved this entry."), code="free")

    def perform(self) -> RegisterEntry:
        entry = self.subject
        VerifiedAttribute.objects.filter(
            participant=entry.participant_id, key=entry.register.attribute_key
        ).delete()
        entry.participant = entry.matched_at = None
        entry.save(update_fields=["participant", "matched_at"])
        return entry


class StateAge(PersonalAction[Participant]):
    """
    Say whether one is within the age window of ``process`` (``yes``). Answered once.

    Only where the process takes one's own word; the city corrects a wrong answer.
    """

    verb = "state_age"
    policy = SignedIn() & Oneself()

    process: Process
    yes: bool

    def check(self) -> None:
        rule = EligibilityRule.objects.filter(
            process=self.process, verifier=AgeVerifier.key
        ).first()
        if rule is None or not rule.options.get("own_word"):
            raise ActionRefused(_("This is not asked here."), code="not-asked")
        self.verifier = AgeVerifier(rule.options)
        if self.subject.verified_attributes.filter(key=self.verifier.attribute_key).exists():
            raise ActionRefused(
                _("You have already answered this. If it has changed, please ask the city."),
                code="already-answered",
            )

    def perform(self) -> VerifiedAttribute:
        return self.subject.verified_attributes.create(
            key=self.verifier.attribute_key,
            value="yes" if self.yes else "no",
            source=str(_("the person's own word")),
            verified_at=self.at,
        )

    def audit_details(self) -> dict[str, Any]:
        return {"process": str(self.process.uuid)}


class FileObjection(Action[Process]):
    """
    Object to a refusal: ``condition`` is its code, ``text`` what the person says.

    ``contact`` is for somebody who is not signed in. The result is the ``Objection`` with its due
    date. Nothing of it is written into the log.
    """

    verb = "file_objection"
    policy = Always()

    condition: str
    text: str
    contact: str = ""
    language: str = ""

    def perform(self) -> Objection:
        return Objection.objects.create(
            process=self.subject,
            participant=Participant.objects.of(self.by) if self.actor else None,
            condition=self.condition,
            text=self.text,
            contact=self.contact,
            language=self.language,
            filed_at=self.at,
            due_at=self.at + timedelta(days=conf.OBJECTION_DAYS),
        )

    def content(self) -> dict[str, Any]:
        return {"subject": self.subject}

    def audit_details(self) -> dict[str, Any]:
        return {"objection": str(self.result.uuid), "condition": self.condition}


class AnswerObjection(Action[Objection]):
    """Answer an objection: whether it was right (``upheld``) and ``answer`` in words."""

    verb = "answer_objection"
    policy = SignedIn() & is_registrar()

    upheld: bool
    answer: str

    def check(self) -> None:
        if not self.subject.is_open:
            raise ActionRefused(_("This objection was already answered."), code="answered")
        participant = self.subject.participant
        if participant is not None and participant.user_id == self.by.pk:
            raise ActionRefused(
                _("This is your own objection. Somebody else has to answer it."), code="own"
            )

    def perform(self) -> Objection:
        objection = self.subject
        self.tell(objection)
        objection.state = Objection.State.UPHELD if self.upheld else Objection.State.REJECTED
        objection.answer, objection.answered_at, objection.contact = self.answer, self.at, ""
        objection.save(update_fields=["state", "answer", "answered_at", "contact"])
        return objection

    def tell(self, objection: Objection) -> None:
        """Send the answer to the person's inbox, or to the address they left."""
        words: dict[str, Any] = {
            "category": CATEGORY,
            "subject": _("Your objection was answered"),
            "body": filled(
                _("%(outcome)s\n\n%(answer)s"),
                outcome=UPHELD if self.upheld else REJECTED,
                answer=self.answer,
            ),
            "about": objection.uuid,
        }
        if objection.participant is not None and objection.participant.user is not None:
            notify([objection.participant.user], url=reverse_lazy("civic_participants:me"), **words)
        elif objection.contact:
            send_mail_to(objection.contact, language=objection.language or None, **words)

    def content(self) -> dict[str, Any]:
        return {"subject": self.subject}

    def audit_details(self) -> dict[str, Any]:
        return {"upheld": self.upheld}


UPHELD = _("You were right: the refusal was a mistake.")
REJECTED = _("We looked into it again, and the refusal stands.")
