"""Beginning an entry, handing it in, replacing it, taking it back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from civic_sourcing.attribution import gate, licences
from civic_sourcing.attribution.actions import WithdrawContribution
from civic_sourcing.attribution.models import Channel, Contribution, LicenceVersion
from civic_sourcing.challenges.entering import documents, news, teams
from civic_sourcing.challenges.entering.files import handed_in_files
from civic_sourcing.challenges.entering.policies import (
    may_begin,
    may_submit,
    may_withdraw,
    round_for,
)
from civic_sourcing.challenges.models import (
    Entry,
    EntryFile,
    EntryState,
    PartnerInvitation,
    Round,
    Submission,
)
from civic_sourcing.challenges.signals import (
    entry_begun,
    entry_submitted,
    entry_withdrawn,
)
from civic_sourcing.core.actions import Action, gone
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.limits import hit_limits
from civic_sourcing.core.locks import share
from civic_sourcing.participants.models import Participant
from civic_sourcing.processes.models import Process

KIND = "entry"
MOST_ENTRIES = 5
"""Entries one person may lead in one challenge at a time."""


class BeginEntry(Action[Process]):
    """
    Begin an entry to the challenge of a process. Nobody but its team reads it. The result is the
    entry, a draft. ``source`` is the invitation of a partner through which somebody came.
    """

    verb = "begin_entry"
    announces = entry_begun
    policy = may_begin

    source: PartnerInvitation | None = None

    def check(self) -> None:
        self.captain = Participant.objects.of(self.by)
        mine = Entry.objects.of(self.subject).filter(captain=self.captain)
        if mine.filter(state__in=(EntryState.DRAFT, EntryState.SUBMITTED)).count() >= MOST_ENTRIES:
            raise ActionRefused(
                _("You have begun %(most)d entries here. Please finish or withdraw one first."),
                code="too-many",
                most=MOST_ENTRIES,
            )

    def perform(self) -> Entry:
        round_ = round_for(self.subject)
        assert round_ is not None  # the policy has seen it
        entry: Entry = Entry.objects.create(
            process=self.subject,
            round=round_,
            captain=self.captain,
            language=get_language() or "",
            source=self.source,
            created_at=self.at,
            changed_at=self.at,
        )
        teams.join(entry, self.captain, at=self.at)
        return entry

    def audit_details(self) -> dict[str, Any]:
        return {"entry": str(self.result.uuid)}


class OnEntry(Action[Entry]):
    """
    A step on one entry while its round stays as it is.

    Order of locks: the round (shared: its dates cannot change meanwhile, and who opens entries
    after the deadline waits for those who were in time), the row in the ledger, the entry.
    """

    def fresh_subject(self) -> Any:
        found = Entry.objects.filter(pk=self.subject.pk).values_list("round", "contribution")
        round_key, contribution_key = found.first() or (None, None)
        if round_key is None:
            raise gone()
        target = round_for(self.subject)
        for key in sorted({round_key, target.pk if target else round_key}):
            share(Round, key, using=self.using)
        if contribution_key:
            list(Contribution.objects.select_for_update(no_key=True).filter(pk=contribution_key))
        return super().fresh_subject()

    def refuse_unless(self, *states: str) -> None:
        if self.subject.state not in states:
            raise ActionRefused(
                _("This cannot be done now: the entry is marked “%(state)s”."),
                code=f"is-{self.subject.state}",
                state=EntryState(self.subject.state).label,
            )


class SubmitEntry(OnEntry):
    """
    Hand an entry in, or put what is handed in now in place of what was. The result is the entry.

    Takes ``words`` and ``replies`` as documents keep them, checked and normalised, whether
    everybody may read it later (``shown``), and the terms: ``licence``, ``third_party_note``,
    ``made_on_duty``. In time is what reaches the database before the round closes, by its clock,
    under the entry's lock. The receipt is made of the fingerprint of what was handed in.
    """

    verb = "submit_entry"
    announces = entry_submitted
    policy = may_submit

    words: Mapping[str, str]
    replies: Sequence[Mapping[str, str]] = ()
    shown: bool = False
    licence: LicenceVersion | None = None
    third_party_note: str = ""
    made_on_duty: bool = False
    ip: str | None = None

    def check(self) -> None:
        entry = self.subject
        self.refuse_unless(EntryState.DRAFT, EntryState.SUBMITTED)
        round_ = round_for(entry)
        assert round_ is not None  # the policy has seen it
        self.round = round_
        teams.refuse_incomplete(entry)
        self.files = handed_in_files(entry, round_)
        self.document = documents.document(
            self.words, self.replies, [file.facts for file in self.files], shown=self.shown
        )
        self.terms = licences.chosen(entry.process, self.licence)
        hit_limits(KIND, actor=self.actor, ip=self.ip)
        self._ask_gate()

    def perform(self) -> Entry:
        entry = self.subject
        submission = keep_submission(entry, self.round, self.document, at=self.at)
        first = entry.submitted_at is None
        entry.state = EntryState.SUBMITTED
        entry.is_first = is_first_time(entry) if first else entry.is_first
        entry.licence, entry.third_party_note = self.terms, self.third_party_note
        entry.made_on_duty = self.made_on_duty
        entry.verified_at = entry.verified_at or self.at
        put_in_place(entry, submission, self.round)
        count_files(entry, self.files)
        captain = entry.captain
        assert captain is not None  # the policy has seen them
        licences.record_choice(captain, self.terms, at=self.at)
        news.tell_receipt(entry)
        return entry

    def content(self) -> dict[str, Any]:
        said = {name: value for name, value in self.arguments.items() if name != "ip"}
        return {"subject": self.subject.uuid, "arguments": said}

    def audit_details(self) -> dict[str, Any]:
        return {
            "round": str(self.round.uuid),
            "version": self.subject.version,
            "fingerprint": self.subject.submissions.get(number=self.subject.version).digest,
        }

    def _ask_gate(self) -> None:
        """Say now what the ledger would not take later. What it holds back is held then."""
        title, text = documents.title_and_text(self.document)
        entry = self.subject
        gate.judge(
            gate.Submission(
                KIND,
                entry.process,
                entry.captain,
                title,
                text,
                entry.language,
                Channel.ONLINE,
                self.at,
            )
        )


class WithdrawEntry(OnEntry):
    """
    Take an entry back. Before the deadline its words and files are gone at once; afterwards its
    row in the ledger stays, and says that it was withdrawn. Fingerprints stay.
    """

    verb = "withdraw_entry"
    announces = entry_withdrawn
    policy = may_withdraw

    def check(self) -> None:
        self.refuse_unless(EntryState.DRAFT, EntryState.SUBMITTED)

    def perform(self) -> Entry:
        entry = self.subject
        if entry.contribution:
            WithdrawContribution(entry.contribution, by=None).execute()
            entry.refresh_from_db()
        if entry.state != EntryState.WITHDRAWN:
            empty(entry, EntryState.WITHDRAWN, at=self.at)
        return entry


def keep_submission(
    entry: Entry, round_: Round, document: documents.Document, *, at: Any
) -> Submission:
    """Keep ``document`` as the next submission; those before it in the round lose their words."""
    blank_submissions(entry.submissions.filter(round=round_))
    salt = documents.fresh_salt()
    submission: Submission = Submission.objects.create(
        entry=entry,
        round=round_,
        number=entry.version + 1,
        document=dict(document),
        salt=salt,
        digest=documents.digest_of(document, salt=salt),
        at=at,
    )
    return submission


def put_in_place(entry: Entry, submission: Submission, round_: Round) -> None:
    """Let ``submission`` be what counts."""
    entry.version = submission.number
    entry.round = round_
    entry.handed_in = submission.document
    entry.title = submission.document["title"]
    entry.receipt = documents.receipt_of(submission.digest)
    entry.submitted_at = entry.changed_at = submission.at
    entry.save()


def blank_submissions(submissions: Any) -> None:
    """Empty words and salt; the fingerprints stay."""
    submissions.exclude(salt="").update(document={}, salt="")


def count_files(entry: Entry, files: Sequence[EntryFile]) -> None:
    """Let ``files`` be those that count; what was taken out since goes with its content."""
    keys = [file.pk for file in files]
    EntryFile.objects.filter(pk__in=keys).update(counts=True)
    there = EntryFile.objects.filter(entry=entry, counts=True)
    here = Q(question=None) | Q(question__round=entry.round)
    for old in there.filter(here).exclude(pk__in=keys):
        old.delete_with_content()


def empty(entry: Entry, state: str, *, at: Any) -> None:
    """Leave nothing of ``entry`` but that it was there, and its fingerprints."""
    blank_submissions(entry.submissions)
    for file in entry.files.all():
        file.delete_with_content()
    entry.words, entry.handed_in = {}, {}
    entry.title = entry.third_party_note = entry.team_name = entry.token_digest = ""
    entry.state, entry.changed_at = state, at
    if state == EntryState.WITHDRAWN:
        entry.withdrawn_at = at
    else:
        entry.returned_at = at
    entry.save()


def is_first_time(entry: Entry) -> bool:
    """Whether its captain has not handed in anything to a challenge before."""
    before = Entry.objects.filter(captain=entry.captain, submitted_at__isnull=False)
    return not before.exclude(pk=entry.pk).exists()
