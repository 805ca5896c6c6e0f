"""Leaving: the person goes, the tombstone stays."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.personal_records import personal_records
from civic_sourcing.core.policies import SignedIn, System
from civic_sourcing.participants import signals
from civic_sourcing.participants.accounts import remove_account
from civic_sourcing.participants.actions.people import PersonalAction
from civic_sourcing.participants.models import Participant
from civic_sourcing.participants.policies import Oneself


class EraseParticipant(PersonalAction[Participant]):
    """
    Take a person out of every room and leave a tombstone, “former participant 7f3a”.

    ``blank_texts`` also empties what they wrote; counts and credits stay either way. Then the
    account goes as ``ERASE_DELETES_USER`` says, unless ``keep_account`` (the host is deleting it
    already). Everything happens in one transaction, or nothing does. The log names the random
    number and nothing else.
    """

    verb = "erase"
    policy = (SignedIn() & Oneself()) | System()
    announces = signals.participant_erased

    blank_texts: bool
    keep_account: bool = False

    def check(self) -> None:
        if self.subject.erased_at is not None:
            raise ActionRefused(_("This account was already deleted."), code="erased")
        if self.by is not None and getattr(self.by, "is_superuser", False):
            raise ActionRefused(
                _(
                    "This account administers the site, so it cannot be deleted here. "
                    "Have another administrator take that right away first."
                ),
                code="administrator",
            )

    def perform(self) -> Participant:
        person = self.subject
        user = person.user
        for records in personal_records():
            records.erase(person, blank_texts=self.blank_texts)
        person.refresh_from_db()
        person.user = None
        person.erased_at = self.at
        person.save(update_fields=["user", "erased_at"])
        if user is not None and not self.keep_account:
            remove_account(user, person)
        return person

    def audit_details(self) -> dict[str, Any]:
        return {"texts": "blanked" if self.blank_texts else "kept"}
