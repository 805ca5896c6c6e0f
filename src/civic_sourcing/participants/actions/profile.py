"""What people say of themselves, and what the city vouches for."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.policies import SignedIn
from civic_sourcing.participants.actions.people import PersonalAction
from civic_sourcing.participants.models import Participant, VerifiedAttribute
from civic_sourcing.participants.names import check_name
from civic_sourcing.participants.policies import MayChangePeople, Oneself

PROFILE_FIELDS = {
    "public_name": "name",
    "affiliation": "affiliation",
    "affiliation_note": "affiliation_note",
    "language": "language",
}
"""Arguments of ``ChangeProfile`` and the columns they set."""


class ChangeProfile(PersonalAction[Participant]):
    """
    Change one's public name, interest or language. Takes any of ``PROFILE_FIELDS``.

    Raises ``NameRefused`` for a name that cannot be taken. The log keeps which fields changed, not
    what they hold.
    """

    verb = "change_profile"
    policy = SignedIn() & Oneself()

    def perform(self) -> Participant:
        given = {
            column: self.arguments[argument]
            for argument, column in PROFILE_FIELDS.items()
            if argument in self.arguments
        }
        if "name" in given and given["name"] != self.subject.name:
            given["name"] = check_name(given["name"], bearer=self.by)
        now = {key: getattr(self.subject, key) for key in given}
        self.changed = sorted(key for key in given if given[key] != now[key])
        for key in self.changed:
            setattr(self.subject, key, given[key])
        if self.changed:
            self.subject.save(update_fields=self.changed)
        return self.subject

    def audit_details(self) -> dict[str, Any]:
        return {"changed": self.changed}


class AnswerAgeQuestion(PersonalAction[Participant]):
    """
    Answer once whether one is old enough (``of_age``). Only the city corrects the answer.

    Otherwise who waits for a guardian would simply answer anew.
    """

    verb = "answer_age_question"
    policy = SignedIn() & Oneself()

    of_age: bool

    def check(self) -> None:
        if self.subject.age_band != Participant.AgeBand.UNKNOWN:
            raise ActionRefused(
                _("You have already answered this. If it has changed, please ask the city."),
                code="already-answered",
            )

    def perform(self) -> Participant:
        band = Participant.AgeBand.OF_AGE if self.of_age else Participant.AgeBand.MINOR
        self.subject.age_band = band
        self.subject.save(update_fields=["age_band"])
        return self.subject


class CorrectAge(PersonalAction[Participant]):
    """Set the answer to the age question for somebody who turned to the city (``age_band``)."""

    verb = "correct_age"
    policy = SignedIn() & MayChangePeople()

    age_band: str

    def perform(self) -> Participant:
        self.subject.age_band = Participant.AgeBand(self.age_band)
        self.subject.save(update_fields=["age_band"])
        return self.subject


class VerifyAttribute(PersonalAction[Participant]):
    """
    Vouch for something about somebody: ``key``, ``value`` and the ``source`` that knows it.

    What was verified under the same key before is replaced.
    """

    verb = "verify_attribute"
    policy = SignedIn() & MayChangePeople()

    key: str
    value: str
    source: str

    def check(self) -> None:
        if self.subject.erased_at is not None:
            raise ActionRefused(_("This account was deleted."), code="erased")

    def perform(self) -> VerifiedAttribute:
        attribute, _made = VerifiedAttribute.objects.update_or_create(
            participant=self.subject,
            key=self.key,
            defaults={"value": self.value, "source": self.source, "verified_at": self.at},
        )
        return attribute

    def audit_details(self) -> dict[str, Any]:
        return {"key": self.key}
