"""What a manager enters for somebody, who then says whether it is theirs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from civic_sourcing.attribution import licences
from civic_sourcing.attribution.credits.invitations import find_invitee, token_digest
from civic_sourcing.challenges.actions.entries import (
    OnEntry,
    empty,
    keep_submission,
    put_in_place,
)
from civic_sourcing.challenges.entering import documents, news, teams
from civic_sourcing.challenges.entering.policies import may_enter_for, round_for
from civic_sourcing.challenges.entering.tokens import new_token
from civic_sourcing.challenges.models import Entry, EntryState, Round
from civic_sourcing.challenges.signals import entry_submitted, entry_verified, entry_withdrawn
from civic_sourcing.core.actions import Action
from civic_sourcing.core.exceptions import ActionForbidden, ActionRefused
from civic_sourcing.core.locks import share
from civic_sourcing.core.policies import SignedIn
from civic_sourcing.participants.models import Participant
from civic_sourcing.participants.policies import InGoodStanding
from civic_sourcing.processes.models import Process


class EnterEntryFor(Action[Process]):
    """
    Hand in what somebody brought to the office. Takes ``solver`` as typed (name or address),
    ``words`` and ``replies``. It is sealed like any other, from whoever typed it, too, and is not
    judged before the solver has verified it. The result is the entry.
    """

    verb = "enter_entry_for"
    announces = entry_submitted
    policy = may_enter_for

    solver: str
    words: Mapping[str, str]
    replies: Sequence[Mapping[str, str]] = ()

    def fresh_subject(self) -> Any:
        found = round_for(self.subject)
        if found is not None:
            share(Round, found.pk, using=self.using)
        return super().fresh_subject()

    def check(self) -> None:
        self.found = find_invitee(self.solver)
        person = self.found.participant
        if person is not None and person.user_id == self.by.pk:
            raise ActionRefused(
                _("You look after this challenge, so you cannot enter for yourself."),
                code="oneself",
            )
        self.licence = licences.chosen(self.subject, None)

    def perform(self) -> Entry:
        round_ = round_for(self.subject)
        assert round_ is not None  # the policy has seen it
        token = new_token() if self.found.address else ""
        entry: Entry = Entry.objects.create(
            process=self.subject,
            round=round_,
            captain=self.found.participant,
            entered_by=Participant.objects.of(self.by),
            language=get_language() or "",
            licence=self.licence,
            token_digest=token_digest(token) if token else "",
            created_at=self.at,
            changed_at=self.at,
        )
        if entry.captain:
            teams.join(entry, entry.captain, at=self.at)
        document = documents.document(self.words, self.replies)
        self.submission = keep_submission(entry, round_, document, at=self.at)
        entry.words, entry.state = dict(self.words), EntryState.SUBMITTED
        put_in_place(entry, self.submission, round_)
        news.tell_entered(entry, self.found.address, token, entry.language)
        return entry

    def audit_details(self) -> dict[str, Any]:
        return {"entry": str(self.result.uuid), "fingerprint": self.submission.digest}

    def content(self) -> dict[str, Any]:
        return {"subject": self.subject, "solver": self.solver, "words": dict(self.words)}


class OnUnverified(OnEntry):
    """A step of the person for whom something was entered: by name, or by the link of a mail."""

    token: str = ""

    def check(self) -> None:
        entry = self.subject
        self.refuse_unless(EntryState.SUBMITTED)
        if entry.verified_at is not None or entry.entered_by_id is None:
            raise ActionRefused(_("It is verified already."), code="verified")
        self.person = Participant.objects.of(self.by)
        named = entry.captain_id is not None and entry.captain_id == self.person.pk
        by_link = entry.captain_id is None and self.token
        if not named and not (by_link and token_digest(self.token) == entry.token_digest):
            raise ActionForbidden(_("This was entered for somebody else."))
        if entry.entered_by_id == self.person.pk:
            raise ActionForbidden(_("You entered this for somebody else, so it is theirs to say."))

    def content(self) -> dict[str, Any]:
        return {"subject": self.subject.uuid}


class VerifyEntry(OnUnverified):
    """Say that it is one's own: from then on it counts, and one leads it. The result is it."""

    verb = "verify_entry"
    announces = entry_verified
    policy = SignedIn() & InGoodStanding()

    def perform(self) -> Entry:
        entry = self.subject
        if entry.captain_id is None:
            entry.captain = self.person
            teams.join(entry, self.person, at=self.at)
        entry.verified_at, entry.token_digest = self.at, ""
        entry.save(update_fields=["captain", "verified_at", "token_digest"])
        licences.record_choice(self.person, entry.licence, at=self.at)
        return entry


class DisownEntry(OnUnverified):
    """Say that it is not one's own: its words go at once. The result is the empty entry."""

    verb = "disown_entry"
    announces = entry_withdrawn
    policy = SignedIn()

    def perform(self) -> Entry:
        empty(self.subject, EntryState.WITHDRAWN, at=self.at)
        return self.subject
