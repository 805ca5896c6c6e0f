"""What is voted on, when, and by whom; read by pages, actions and the ranking alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from civic_sourcing.attribution.models import Contribution, Credit, State
from civic_sourcing.attribution.models.credits import CreditState
from civic_sourcing.challenges.contributions import KEEPER
from civic_sourcing.challenges.models import (
    CrowdKind,
    CrowdVote,
    Entry,
    Round,
    Submission,
    TeamMember,
)
from civic_sourcing.challenges.panel.rounds import entries_of
from civic_sourcing.participants.eligibility.policies import Eligibility
from civic_sourcing.participants.eligibility.verifiers import Verifier, find_verifier_kind

ENTRANTS = "entrants"
"""Stands among the conditions for all that are set for entering."""


def vote_of(round_: Round, kind: str) -> CrowdVote | None:
    """The vote of this kind beside the panel of ``round_``, if it has one."""
    vote = CrowdVote.objects.filter(round=round_, kind=kind).first()
    if vote is not None:
        vote.round = round_
    return vote


def votes_of(process: Any, kind: str = "") -> list[CrowdVote]:
    """All of a challenge, in the order of its rounds."""
    rows = CrowdVote.objects.filter(round__process=process).select_related("round__process")
    return list((rows.filter(kind=kind) if kind else rows).order_by("round__number", "position"))


def vote_at(process: Any, kind: str, at: datetime) -> CrowdVote | None:
    """The one that runs at ``at``; else the next to begin; else the last there was."""
    votes = votes_of(process, kind)
    running = [vote for vote in votes if runs(vote, at)]
    coming = [vote for vote in votes if vote.opens_at is None or vote.opens_at > at]
    return next(iter([*running, *coming, *reversed(votes)]), None)


def runs(vote: CrowdVote, at: datetime) -> bool:
    opens_at, closes_at = vote.opens_at, vote.closes_at
    return opens_at is not None and closes_at is not None and opens_at <= at < closes_at


def is_undone(round_: Round, at: datetime) -> bool:
    """Whether people still vote on the entries of ``round_``, or have not begun."""
    votes = CrowdVote.objects.filter(round=round_).select_related("round")
    return any(vote.closes_at is None or at < vote.closes_at for vote in votes)


def entries_on(vote: CrowdVote) -> QuerySet[Entry]:
    """
    What is voted on: opened entries of the round that wait for nothing but the decision.

    So neither one that waits for a guardian or a moderator, nor one that was hidden.
    """
    shown = Contribution.objects.filter(pk=OuterRef("contribution"))
    free = shown.filter(Q(state=State.HELD, held_by=KEEPER) | Q(state=State.PUBLISHED))
    return entries_of(vote.round).filter(Exists(free))


def readable_on(vote: CrowdVote) -> QuerySet[Entry]:
    """What of it voters can read: what was handed in to this very round."""
    handed_in = Submission.objects.filter(entry=OuterRef("pk"), round=vote.round).exclude(salt="")
    return entries_on(vote).filter(Q(round=vote.round) | Exists(handed_in))


def is_own(participant: Any) -> Q:
    """Entries ``participant`` leads, is in the team of, or has agreed to be credited for."""
    credited = Credit.objects.filter(
        contribution=OuterRef("contribution"), participant=participant, state=CreditState.ACCEPTED
    )
    joined = Entry.objects.filter(
        members__participant=participant, members__joined_at__isnull=False, members__left_at=None
    )
    return Q(captain=participant) | Q(pk__in=joined.values("pk")) | Exists(credited)


def of_others(scores: Any) -> Any:
    """Without those of people whose entry it has become since, as team or co-author."""
    joined = TeamMember.objects.present().filter(
        entry=OuterRef("entry"), participant=OuterRef("participant")
    )
    credited = Credit.objects.filter(
        contribution=OuterRef("entry__contribution"),
        participant=OuterRef("participant"),
        state=CreditState.ACCEPTED,
    )
    rows = scores.exclude(entry__captain=F("participant"))
    return rows.exclude(Exists(joined)).exclude(Exists(credited))


@dataclass(frozen=True)
class Shown:
    """An entry as voters read it: what was handed in to the round, without whose it is."""

    entry: Entry
    document: dict[str, Any]
    own: bool = False

    @property
    def key(self) -> str:
        return self.entry.uuid.hex

    @property
    def title(self) -> str:
        return str(self.document.get("title", ""))

    @property
    def brief(self) -> str:
        return str(self.document.get("brief", ""))

    @property
    def description(self) -> str:
        return str(self.document.get("description", ""))


def shown_entries(vote: CrowdVote, entries: Iterable[Entry], reader: Any) -> list[Shown]:
    """
    ``entries`` of ``vote``, in an order by lot that is another one for every reader.

    Of one that went on only what was handed in to this very round is shown, never the next version.
    """
    rows = list(entries)
    keys = [row.pk for row in rows]
    given = Submission.objects.filter(entry__in=keys, round=vote.round).exclude(salt="")
    documents = {row.entry_id: row.document for row in given.order_by("number")}
    mine: set[int] = set()
    if reader is not None:
        mine = set(Entry.objects.filter(is_own(reader), pk__in=keys).values_list("pk", flat=True))
    for row in rows:
        if row.round_id == vote.round_id:
            documents.setdefault(row.pk, row.handed_in)
    shown = [Shown(row, documents[row.pk], row.pk in mine) for row in rows if row.pk in documents]
    lot = drawn(vote, reader)
    return sorted(shown, key=lambda one: lot(one.key))


def drawn(vote: CrowdVote, reader: Any) -> Callable[[str], bytes]:
    """The lot of each entry, by its key, in the order of ``reader``."""
    seed = f"{vote.uuid}:{reader.uuid if reader else ''}"
    return lambda key: sha256(f"{seed}:{key}".encode()).digest()


class VoterEligibility(Eligibility):
    """How ``user`` stands to the conditions of ``vote``."""

    def __init__(self, user: Any, vote: CrowdVote, at: datetime) -> None:
        super().__init__(user, vote.process, at)
        self.vote = vote

    @cached_property
    def verifiers(self) -> list[Verifier | None]:
        """Those of entering where the vote asks for them, and those of its own."""
        found: list[Verifier | None] = []
        if ENTRANTS in self.vote.conditions:
            rules = self.process.eligibility_rules.all()
            kinds = [(find_verifier_kind(rule.verifier), rule.options) for rule in rules]
            found = [kind(options) if kind else None for kind, options in kinds]
        own = [find_verifier_kind(key) for key in self.vote.conditions if key != ENTRANTS]
        return [*found, *(kind() if kind else None for kind in own)]


def peers_of(vote: CrowdVote) -> list[Entry]:
    """The entries whose captains score each other, with their captains."""
    assert vote.kind == CrowdKind.PEER
    return list(entries_on(vote).filter(captain__isnull=False).select_related("captain__user"))
