"""
Casting a ballot: recorded exactly once and exactly as meant, or refused in plain words.

Order of locks: the request's unique key, the run (shared, so that voters do not wait for each
other), the voter's entry in the roll, the envelope, the head of the audit chain. Closing a vote
takes the run for itself, so it waits for every cast that has begun, and every later one waits for
it. The time that decides is read from the database when the roll entry is held.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.db import Error, models
from django.utils.translation import gettext_lazy as _

from civic_sourcing.budgets.actions.casting.runs import RunAction, State
from civic_sourcing.budgets.ballots import Choice, ContentError, Fault, Faulty, check
from civic_sourcing.budgets.casting import bulletin, codes
from civic_sourcing.budgets.casting.box import Cast, box_of
from civic_sourcing.budgets.casting.keys import Keys, keys_of
from civic_sourcing.budgets.models import (
    BulletinEntry,
    CastRequest,
    PaperVoter,
    RollEntry,
    VoteRun,
)
from civic_sourcing.budgets.policies import MayVote
from civic_sourcing.budgets.polling.standing import (
    paper_of,
    refuse_after_paper,
    take_back,
    was_on_paper,
)
from civic_sourcing.budgets.rulebooks import frozen, usual_group, withdrawn_numbers
from civic_sourcing.core.actions import gone
from civic_sourcing.core.durability import commit_durably
from civic_sourcing.core.exceptions import ActionRefused, IdempotencyConflict
from civic_sourcing.core.idempotency import Claim
from civic_sourcing.core.rows import Reading, put_unless_there
from civic_sourcing.participants.models import VotingCode

logger = logging.getLogger(__name__)

LONGEST = 100_000

OF_RUNS = [field.attname for field in VoteRun._meta.concrete_fields if field.name != "rulebook"]

shared_run = Reading(
    lambda run: VoteRun.objects.filter(pk=run).values_list(*OF_RUNS), ending="FOR SHARE"
)
locked_entry = Reading(
    lambda run, voter_key: (
        RollEntry.objects.select_for_update(no_key=True)
        .filter(run=run)
        .filter(voter_key=voter_key)
        .values_list("uuid")
    )
)


@dataclass(frozen=True)
class Voter:
    """
    Who votes. ``identity`` is the same whenever this person comes back, in every language, and
    differs from everybody else's; only a keyed hash of it is stored.

    With a ``user`` the conditions of the process are asked of them; without one whoever made the
    voter (a code, a desk) answers for it. ``area`` is the code of the area the voter lives in, if
    that is known, ``group`` that of the voter's group; empty: the first one. ``code`` is the key of
    the voting code that lets the voter in: the first cast uses it up, so that nobody redeems it
    elsewhere.
    """

    identity: str
    user: Any = None
    area: str = ""
    code: int | None = None
    group: str = ""


@dataclass(frozen=True)
class Receipt:
    """
    Proof of inclusion, never of the choice: ``tracker`` will stand in the public bulletin.

    ``replaced`` is the tracker of the ballot that this one replaced. A repeated request does not
    know it any more.
    """

    tracker: str
    replaced: str = ""


class BallotRefused(ActionRefused):
    """The ballot does not keep to the rules; ``faults`` say why, at least one."""

    sentence = _(
        "This ballot does not keep to the rules of the vote, so it was not recorded. Please look "
        "at it again."
    )

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(self.sentence, code="faulty")
        self.faults = tuple(faults)


class NotRecorded(ActionRefused):
    """The database did not take the ballot, or did not say that it had."""

    sentence = _(
        "Your ballot was not confirmed, so please take it as not recorded. Send it again in a "
        "moment: it never counts twice."
    )

    def __init__(self) -> None:
        super().__init__(self.sentence, code="not-recorded")


class RequestClaim(Claim):
    """One voter's hold on the key of their form, kept as hashes under the key of the run."""

    def __init__(
        self, request: str, *, run: VoteRun, keys: Keys, voter_key: str, choice: str, using: str
    ) -> None:
        self.using = using
        self.run = run
        self.digest = keys.value("request", voter_key, request)
        self.content = keys.value("request content", voter_key, request, choice)
        self.tracker = keys.tracker(voter_key, request)

    def take(self) -> bool:
        """
        Return whether this request is the first with its key; wait for a parallel one to end.

        Raises ``IdempotencyConflict`` where the key belongs to another choice.
        """
        row = CastRequest(run=self.run, digest=self.digest, content=self.content)
        if put_unless_there(row, using=self.using):
            return True
        if self._requests().get().content != self.content:
            raise IdempotencyConflict()
        return False

    def is_taken(self) -> bool:
        return self._requests().exists()

    def _requests(self) -> models.QuerySet[CastRequest]:
        requests = CastRequest.objects.using(self.using)
        return requests.filter(run=self.run, digest=self.digest)

    def first_result(self) -> Receipt:
        """Return the receipt of the first request: trackers are computed, not kept."""
        return Receipt(self.tracker)

    def keep(self, result: Any) -> None:
        """Nothing is kept but the hashes."""


class CastBallot(RunAction):
    """
    Cast ``choice``, the canonical JSON of a whole ballot, or replace the ballot cast before.

    Returns the ``Receipt``. With the same ``idempotency_key`` a voter gets the first receipt again,
    also after the close; with another choice it is refused. Refused before the opening
    (``not-open-yet``) and from ``closes_at`` on (``closed``), and where the choice breaks the rules
    frozen at the opening (``BallotRefused``), unless they make such a ballot void. The log says
    that a ballot was cast, and neither by whom nor which. Raises ``NotRecorded`` where the
    database fails. ``keys`` are those of the run, if they are at hand.
    """

    verb = "cast"
    policy = MayVote()

    voter: Voter
    choice: str
    ballot: Choice
    keys: Keys
    entry: RollEntry
    voted_before: bool = True
    paper: PaperVoter | None = None
    code: VotingCode | None = None

    def __init__(
        self,
        run: VoteRun,
        *,
        voter: Voter,
        choice: str,
        idempotency_key: str,
        keys: Keys | None = None,
    ) -> None:
        if not idempotency_key or not voter.identity:
            raise ValueError("A cast needs an idempotency key and somebody who casts.")
        super().__init__(run, by=None, idempotency_key=idempotency_key, voter=voter, choice=choice)
        self.known_keys = keys

    def execute(self) -> Receipt:
        try:
            return cast(Receipt, super().execute())
        except Error as error:
            logger.exception("A ballot was not recorded.")
            raise NotRecorded() from error

    def fresh_subject(self) -> VoteRun:
        """Return the run as it is, shared until the end, with the voter's roll entry locked."""
        found = shared_run(self.subject.pk, using=self.using)
        if not found:
            raise gone()
        run = VoteRun.from_db(self.using, OF_RUNS, found[0])
        run.process = self.subject.process
        if run.state == State.OPEN:
            self.entry = self._locked_entry(run)
        return run

    def check(self) -> None:
        run = self.subject
        early = run.state == State.PREPARED or run.opens_at is None or self.at < run.opens_at
        if early:
            raise ActionRefused(_("The vote has not opened yet."), code="not-open-yet")
        if run.state != State.OPEN or run.closes_at is None or self.at >= run.closes_at:
            raise ActionRefused(
                _("The vote is closed, so this ballot was not recorded."), code="closed"
            )
        self.ballot = self._checked()
        self.paper = paper_of(run, self.voter_key, using=self.using)
        refuse_after_paper(run, self.paper)
        if self.voter.code is not None:
            self.code = codes.locked_code(
                run, self.voter.code, on_roll=self._was_here(), using=self.using
            )

    def perform(self) -> Receipt:
        if self.code is not None:
            codes.use_up(self.code, self.subject, using=self.using)
        if self.paper is not None:
            take_back(self.paper, PaperVoter.State.REPLACED, using=self.using)
        tracker = self.claim.tracker
        link = self.keys.value("link", str(self.entry.uuid))
        box = box_of(self.subject, self.keys, using=self.using)
        stored = Cast(self.ballot.canonical(), tracker, area=self.voter.area, group=self._group())
        before = box.replace(link, stored) if self.voted_before else None
        void = self.ballot.is_void
        told = [(BulletinEntry.Kind.VOID if void else BulletinEntry.Kind.CAST, tracker)]
        if before is None:
            box.put(link, stored)
        else:
            told.append((BulletinEntry.Kind.CHANGED, before.tracker))
        self._note(told)
        return Receipt(tracker, before.tracker if before else "")

    def _checked(self) -> Choice:
        """
        Return what is stored of the ballot: the choice, or a void one where the rules have it so.

        Checked against the rulebook frozen at the opening, less what was withdrawn since.
        """
        choice = read_choice(self.choice)
        rulebook = frozen(self.subject)
        voids = rulebook.faulty == Faulty.VOID
        if choice.is_void and not voids:
            raise unreadable()
        faults = check(
            rulebook,
            rulebook.areas_of(self.voter.area),
            choice,
            withdrawn=withdrawn_numbers(self.subject.process),
        )
        if faults and not (voids and not any(fault.is_unreadable for fault in faults)):
            raise BallotRefused(faults)
        return Choice.voided([fault.code for fault in faults]) if faults else choice

    def _group(self) -> str:
        """The code of the group in which the ballot weighs."""
        return self.voter.group or usual_group(frozen(self.subject))

    def _was_here(self) -> bool:
        """Whether this voter has voted in this run, online or at a polling place."""
        return self.voted_before or was_on_paper(self.subject, self.voter_key, using=self.using)

    def _note(self, told: Sequence[tuple[str, str]]) -> None:
        bulletin.note(self.subject, self.keys, told, using=self.using)

    def _claim(self) -> Claim:
        commit_durably(self.using)
        self.keys = self.known_keys or keys_of(self.subject, using=self.using)
        self.voter_key = self.keys.value("voter", self.voter.identity)
        self.claim = RequestClaim(
            cast(str, self.idempotency_key),
            run=self.subject,
            keys=self.keys,
            voter_key=self.voter_key,
            choice=self.choice,
            using=self.using,
        )
        return self.claim

    def _locked_entry(self, run: VoteRun) -> RollEntry:
        found = locked_entry(run.pk, self.voter_key, using=self.using)
        entry = RollEntry(
            run_id=run.pk,
            process_id=run.process_id,
            voter_key=self.voter_key,
            area=self.voter.area,
        )
        self.voted_before = bool(found) or not put_unless_there(entry, using=self.using)
        if self.voted_before:
            found = found or locked_entry(run.pk, self.voter_key, using=self.using)
            ((entry.uuid,),) = found
        return entry


def read_choice(text: str) -> Choice:
    """Read what ``Choice.canonical`` wrote, unless it is beyond all measure."""
    if len(text) > LONGEST:
        raise unreadable()
    try:
        return Choice.load(text)
    except ContentError:
        raise unreadable() from None


def unreadable() -> ActionRefused:
    return ActionRefused(
        _("This ballot could not be read, so it was not recorded."), code="unreadable"
    )
