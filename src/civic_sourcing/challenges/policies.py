"""
Who may do what with a challenge, in its main lines; judging and awards add questions of their own.

Solvers are the captain of an entry and those who joined its team, judges those who accepted to be
on the panel. Managers have their role on the pages of a department, stewards on the whole site.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from civic_sourcing.challenges.models import (
    ChallengeFacts,
    Entry,
    Judge,
    JudgeState,
    Round,
)
from civic_sourcing.challenges.roles import MANAGER, STEWARD
from civic_sourcing.core.policies import Occasion, Policy, Refusal, SignedIn, System
from civic_sourcing.participants.standing import participant_of
from civic_sourcing.processes.policies import HasRole


class OnTeam(Policy):
    """The captain of the entry that is the subject, and who joined its team and stayed."""

    def refusal(self, occasion: Occasion) -> Refusal | None:
        if is_on_team(occasion.user, occasion.subject):
            return None
        return Refusal(_("Only the people whose entry this is can do this."))


class OnPanel(Policy):
    """Judges of the subject's challenge who accepted and did not step down."""

    def refusal(self, occasion: Occasion) -> Refusal | None:
        if is_judge(occasion.user, occasion.subject.process):
            return None
        return Refusal(_("Only the judges of this challenge can do this."))


class NotAJudge(Policy):
    """Nobody enters a challenge they judge. The subject has a process, or is of an entry."""

    def refusal(self, occasion: Occasion) -> Refusal | None:
        subject = occasion.subject
        process = getattr(subject, "process", None) or subject.entry.process
        if is_judge(occasion.user, process):
            sentence = _("You judge this challenge, so you cannot enter it. Step down first.")
            return Refusal(sentence, "judge")
        return None


class NotOnTeamOrPanel(Policy):
    """Whoever manages an entry is neither a solver of it nor a judge of the challenge."""

    def refusal(self, occasion: Occasion) -> Refusal | None:
        user, subject = occasion.user, occasion.subject
        own = isinstance(subject, Entry) and is_on_team(user, subject)
        if own or is_judge(user, subject.process):
            return Refusal(_("You take part in this challenge, so somebody else does this."), "own")
        return None


class Unsealed(Policy):
    """The deadline of the entry that is the subject has passed, or the challenge has no seal."""

    def refusal(self, occasion: Occasion) -> Refusal | None:
        if is_sealed(occasion.subject.round, occasion.at):
            sentence = _("Entries are sealed: nobody reads them before the deadline.")
            return Refusal(sentence, "sealed")
        return None


class IsOut(Policy):
    """The subject's challenge was published; an archived one still can be read."""

    def refusal(self, occasion: Occasion) -> Refusal | None:
        if ChallengeFacts.objects.filter(process=occasion.subject.process).out().exists():
            return None
        return Refusal(_("This challenge is not published."), "not-published")


class NamedManager(Policy):
    """Whoever is named as a manager of this very challenge, without a role on its pages."""

    def refusal(self, occasion: Occasion) -> Refusal | None:
        if is_named_manager(occasion.user, occasion.subject.process):
            return None
        return Refusal(_("Only the managers of this challenge can do this."))


def is_named_manager(user: Any, process: Any) -> bool:
    """Whether ``user`` is named among the managers of this challenge."""
    if user is None or not user.is_authenticated or not user.is_active:
        return False
    return ChallengeFacts.objects.filter(process=process, managers__user=user).exists()


def is_on_team(user: Any, entry: Entry) -> bool:
    """Whether ``user`` is captain of ``entry`` or joined its team and has not left."""
    person = participant_of(user)
    if person is None:
        return False
    joined = entry.members.filter(participant=person, joined_at__isnull=False, left_at=None)
    return entry.captain_id == person.pk or joined.exists()


def is_judge(user: Any, process: Any) -> bool:
    """Whether ``user`` accepted to judge this challenge and has not stepped down."""
    person = participant_of(user)
    if person is None:
        return False
    panel = Judge.objects.filter(process=process, state=JudgeState.ACCEPTED)
    return panel.filter(participant=person).exists()


def is_sealed(round_: Round, at: datetime) -> bool:
    """
    Whether nobody reads what was handed in to ``round_`` at ``at``.

    A sealed challenge opens its entries at the deadline, and a round without one never.
    """
    closed = round_.closes_at is not None and round_.closes_at <= at
    unsealed = ChallengeFacts.objects.filter(process=round_.process_id, sealed=False)
    return not closed and not unsealed.exists()


def entries_of_person(person: Any) -> Any:
    """The entries that ``person`` is captain of, or whose team they are in."""
    joined = Q(members__joined_at__isnull=False, members__left_at=None)
    return Entry.objects.filter(Q(captain=person) | joined & Q(members__participant=person))


may_manage = System() | HasRole(MANAGER, STEWARD) | NamedManager()
may_review = SignedIn() & HasRole(STEWARD)
may_read_own_entry = SignedIn() & OnTeam()
may_read_entries = SignedIn() & HasRole(MANAGER, STEWARD) & NotOnTeamOrPanel() & Unsealed()
