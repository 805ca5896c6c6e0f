"""Choosing favourites in the public vote, and solvers scoring each other."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from civic_sourcing.challenges.crowd import news, policies
from civic_sourcing.challenges.crowd.peers import share_among_peers
from civic_sourcing.challenges.crowd.votes import entries_on, is_own, peers_of
from civic_sourcing.challenges.models import CrowdKind, CrowdScore, CrowdVote, Entry, Round
from civic_sourcing.core.actions import Action
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.limits import hit_limits
from civic_sourcing.participants.models import Participant

LEAST, MOST = 1, 5
"""Of the points another solver gives."""


class VotingStep(Action[CrowdVote]):
    """A step in a vote; its round is locked with it, so that nobody's two clicks overtake."""

    def fresh_subject(self) -> CrowdVote:
        rounds = Round.objects.using(self.using).select_for_update(no_key=True)
        round_ = rounds.get(pk=self.subject.round_id)
        vote: CrowdVote = super().fresh_subject()
        vote.round = round_
        return vote

    def rows(self) -> Any:
        return CrowdScore.objects.filter(round=self.subject.round, kind=self.subject.kind)

    def content(self) -> dict[str, Any]:
        return {"subject": self.subject}


class CastVote(VotingStep):
    """
    Choose up to ``CrowdVote.most`` entries in the public vote; ``choices`` are their UUIDs.

    It takes the place of what the same person chose before; none takes it back. Refused: more than
    there are votes (``too-many``), what is not voted on here (``not-here``), one's own (``own``).
    Returns how many are chosen now. The log keeps that number and not what was chosen.
    """

    verb = "cast_vote"
    policy = policies.may_vote

    choices: Collection[str]
    ip: str | None = None

    def check(self) -> None:
        if self.subject.kind != CrowdKind.PUBLIC:
            raise ValueError(f"{self.subject!r} is not a public vote.")
        hit_limits("challenge_vote", actor=self.actor, ip=self.ip)
        wanted = {str(choice) for choice in self.choices}
        refuse_too_many(len(wanted), self.subject.most)
        self.person = Participant.objects.of(self.by)
        open_here = entries_on(self.subject).filter(uuid__in=wanted)
        self.entries = {row.pk: row for row in open_here}
        if len(self.entries) != len(wanted):
            raise ActionRefused(
                _("One of these entries is not voted on any more. Please choose again."),
                code="not-here",
            )
        if Entry.objects.filter(is_own(self.person), pk__in=self.entries).exists():
            raise own_refusal()

    def perform(self) -> int:
        rows = list(self.rows().filter(participant=self.person).order_by("slot"))
        kept = {row.entry_id for row in rows}
        new = [key for key in sorted(self.entries) if key not in kept]
        for row in rows:
            before = (row.entry_id, row.points)
            if row.entry_id not in self.entries and new:
                row.entry_id = new.pop(0)
            row.points = int(row.entry_id in self.entries)
            if (row.entry_id, row.points) != before:
                row.at = self.at
                row.save(update_fields=["entry", "points", "at"])
        for slot, key in enumerate(new, start=len(rows) + 1):
            self.give(key, slot)
        return len(self.entries)

    def give(self, key: int, slot: int) -> None:
        CrowdScore.objects.create(
            kind=self.subject.kind,
            round=self.subject.round,
            entry_id=key,
            participant=self.person,
            slot=slot,
            points=1,
            at=self.at,
        )

    def audit_details(self) -> dict[str, Any]:
        return {"chosen": self.result}


class ScorePeers(VotingStep):
    """
    Give entries of others one to five points each: ``points`` by the UUID of the entry.

    Only those that were assigned (``not-here``), never one's own (``own``); what is left out stays
    as it was. Can be changed until the vote ends. Returns how many are scored now.
    """

    verb = "score_peers"
    policy = policies.may_score

    points: Mapping[str, int]
    ip: str | None = None

    def check(self) -> None:
        hit_limits("challenge_vote", actor=self.actor, ip=self.ip)
        if any(not LEAST <= given <= MOST for given in self.points.values()):
            raise ActionRefused(_("Give one to five points."), code="out-of-bounds")
        self.person = Participant.objects.of(self.by)
        mine = self.rows().filter(participant=self.person).select_related("entry")
        self.mine = {str(row.entry.uuid): row for row in mine}
        if set(self.points) - set(self.mine):
            raise ActionRefused(_("One of these entries was not given to you."), code="not-here")
        keys = [self.mine[key].entry_id for key in self.points]
        if Entry.objects.filter(is_own(self.person), pk__in=keys).exists():
            raise own_refusal()
        if entries_on(self.subject).filter(pk__in=keys).count() != len(keys):
            raise ActionRefused(_("One of these entries is not scored any more."), code="not-here")

    def perform(self) -> int:
        for key, given in self.points.items():
            row = self.mine[key]
            if row.points != given:
                row.points, row.at = given, self.at
                row.save(update_fields=["points", "at"])
        return sum(row.points is not None for row in self.mine.values())

    def audit_details(self) -> dict[str, Any]:
        return {"scored": self.result}


class AssignPeers(VotingStep):
    """
    Give every solver of a phase entries of others to score, as evenly as can be. A job's step.

    It is done once (``assigned``), when the vote begins. Returns how many people have some.
    """

    verb = "assign_peers"
    policy = policies.by_the_system

    def check(self) -> None:
        if self.rows().exists():
            raise ActionRefused(_("The entries are given out already."), code="assigned")

    def perform(self) -> int:
        entries = {row.pk: row for row in peers_of(self.subject)}
        captains = {row.captain_id: row.captain for row in entries.values()}
        pairs = share_among_peers(self.subject, entries, captains)
        slots: dict[Any, int] = {}
        rows = []
        for captain, entry in pairs:
            slots[captain] = slots.get(captain, 0) + 1
            rows.append(
                CrowdScore(
                    kind=self.subject.kind,
                    round=self.subject.round,
                    entry_id=entry,
                    participant_id=captain,
                    slot=slots[captain],
                    at=self.at,
                )
            )
        CrowdScore.objects.bulk_create(rows)
        news.tell_assigned(self.subject, [captains[key] for key in slots])
        return len(slots)

    def audit_details(self) -> dict[str, Any]:
        return {"people": self.result}


def refuse_too_many(number: int, most: int) -> None:
    """Raise ``too-many`` above ``most`` choices."""
    if number > most:
        sentence = ngettext(
            "You can choose one entry; you chose %(number)d.",
            "You can choose up to %(most)d entries; you chose %(number)d.",
            most,
        )
        raise ActionRefused(sentence, code="too-many", number=number, most=most)


def own_refusal() -> ActionRefused:
    return ActionRefused(_("Nobody votes for an entry of their own, or of their team."), code="own")
