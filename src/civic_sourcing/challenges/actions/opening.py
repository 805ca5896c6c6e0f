"""After the deadline: entries are opened, later published, at last returned."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext_lazy as _

from civic_sourcing.attribution import ledger
from civic_sourcing.attribution.actions import RemoveContribution
from civic_sourcing.attribution.credits.records import grant
from civic_sourcing.attribution.models import Channel, Contribution, CreditState, Role, State
from civic_sourcing.challenges.actions.entries import KIND, OnEntry, empty
from civic_sourcing.challenges.contributions import TEAM_KEEPER
from civic_sourcing.challenges.entering import documents, news, teams
from civic_sourcing.challenges.models import Entry, EntryState, Round
from civic_sourcing.challenges.policies import is_sealed
from civic_sourcing.challenges.signals import entry_opened, entry_returned
from civic_sourcing.core.actions import Action
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.policies import System
from civic_sourcing.core.text import TextRefused


class OpenEntries(Action[Round]):
    """
    Enter what was handed in to a round into the ledger, once it has closed, in the order in which
    it was handed in. The result is how many were opened.

    Waits for whoever was in time and is still at it (``OnEntry`` shares the round). What the gate
    refuses is marked with the code (``Entry.refused``) and holds up nobody else. The ledger keeps
    all of it held until the decision.
    """

    verb = "open_entries"
    announces = entry_opened
    policy = System()

    def fresh_subject(self) -> Any:
        return Round.objects.select_for_update().select_related("process").get(pk=self.subject.pk)

    def check(self) -> None:
        closes_at = self.subject.closes_at
        if closes_at is None or self.at < closes_at:
            raise ActionRefused(_("Entries have not closed yet."), code="sealed")

    def perform(self) -> int:
        waiting = to_open(self.subject).select_for_update(of=("self",), no_key=True)
        rows = list(waiting.select_related("captain__user").order_by("submitted_at", "pk"))
        last = Entry.objects.of(self.subject.process).aggregate(most=Max("number"))["most"] or 0
        opened = 0
        for entry in rows:
            if entry.number is None:
                last += 1
                entry.number = last
            opened += self._enter(entry)
        return opened

    def audit_details(self) -> dict[str, Any]:
        return {"opened": self.result}

    def _enter(self, entry: Entry) -> bool:
        """Enter it, or its next version; what is public already is replaced by the decision."""
        try:
            with transaction.atomic():
                enter_in_ledger(entry)
        except (ActionRefused, TextRefused) as refusal:
            entry.refused = str(getattr(refusal, "code", "") or "refused")[:64]
        entry.opened = entry.version
        entry.save(update_fields=["contribution", "number", "opened", "refused"])
        if entry.refused:
            return False
        credit_team(entry, at=self.at)
        if keep_for_guardians(entry):
            news.tell_waits(entry)
        return True


class ReturnEntry(OnEntry):
    """
    Erase an entry that was not chosen, as its time is over: words and files go, rights are its
    solvers' alone, and the fingerprints stay.
    """

    verb = "return_entry"
    announces = entry_returned
    policy = System()

    def check(self) -> None:
        self.refuse_unless(EntryState.SUBMITTED, EntryState.WITHDRAWN)
        if is_sealed(self.subject.round, self.at):
            raise ActionRefused(_("Entries have not closed yet."), code="sealed")

    def perform(self) -> Entry:
        entry = self.subject
        users = news.team_users(entry)
        if entry.contribution_id:
            assert entry.contribution is not None
            contribution = entry.contribution
            if contribution.state != State.REMOVED:
                contribution = RemoveContribution(contribution, by=None).execute()
            ledger.blank(contribution)
            entry.refresh_from_db()
        if entry.state != EntryState.RETURNED:
            empty(entry, EntryState.RETURNED, at=self.at)
        entry.rights_back_at = entry.rights_back_at or self.at
        entry.save(update_fields=["rights_back_at"])
        news.tell_returned(entry, users)
        return entry


def to_open(round_: Round) -> Any:
    """What was handed in to ``round_``, is its solver's, and is not in the ledger yet."""
    entries = Entry.objects.handed_in().filter(round=round_, verified_at__isnull=False)
    return entries.filter(opened__lt=F("version"), refused="")


def enter_in_ledger(entry: Entry) -> None:
    """Give ``entry`` its row in the ledger, or put its new words into the one it has."""
    contribution = entry.contribution
    if contribution is None:
        entry.contribution = received(entry)
    elif not contribution.is_public:
        title, text = documents.title_and_text(entry.handed_in)
        ledger.revise(contribution, title=title, text=text)


def received(entry: Entry) -> Contribution:
    """Enter ``entry`` into the ledger; its captain is the author."""
    title, text = documents.title_and_text(entry.handed_in)
    return ledger.receive(
        KIND,
        process=entry.process,
        author=entry.captain,
        title=title,
        text=text,
        language=entry.language,
        channel=Channel.PAPER if entry.entered_by_id else Channel.ONLINE,
        entered_by=entry.entered_by,
        terms=ledger.Terms(
            licence=entry.licence,
            third_party_note=entry.third_party_note,
            made_on_duty=entry.made_on_duty,
        ),
    )


def credit_team(entry: Entry, *, at: Any) -> None:
    """Name everybody in the team beside its captain: by joining they agreed to it."""
    assert entry.contribution is not None
    for member in teams.others_of(entry):
        if member.participant is not None:
            grant(
                entry.contribution,
                member.participant,
                Role.CO_AUTHOR,
                at=at,
                state=CreditState.ACCEPTED,
            )


def keep_for_guardians(entry: Entry) -> bool:
    """Hold it for members who are too young, too; tell whether anybody's guardian is missing."""
    contribution = entry.contribution
    assert contribution is not None
    missing = teams.needing_guardian(entry)
    if any(person.pk != entry.captain_id for person in missing):
        keepers = sorted({*contribution.keepers, TEAM_KEEPER})
        contribution.held_by, contribution.state = " ".join(keepers), State.HELD
        contribution.save(update_fields=["held_by", "state"])
    return bool(missing)
