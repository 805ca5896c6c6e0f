"""Who may report, decide, decide an appeal, and see who reported."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from civic_sourcing.attribution.models import Contribution, CreditState, Role
from civic_sourcing.core.policies import (
    Occasion,
    Policy,
    Refusal,
    SignedIn,
    Superuser,
    System,
)
from civic_sourcing.moderation.conf import conf
from civic_sourcing.moderation.models import Appeal, Case
from civic_sourcing.moderation.places import REPORTERS, cases_for
from civic_sourcing.participants.models import Participant
from civic_sourcing.participants.policies import InGoodStanding

AUTHORS = (Role.ORIGINATOR, Role.CO_AUTHOR)


class Anonymous(Policy):
    """People who are not signed in, where the town lets them report; they bring a key."""

    def refusal(self, occasion: Occasion) -> Refusal | None:
        user = occasion.user
        if user is not None and user.is_authenticated:
            return Refusal(_("Only people who are not signed in."))
        if conf.ANONYMOUS_REPORTS and occasion.extra.get("anonymous_key"):
            return None
        return Refusal(_("Please sign in first."), "sign-in")


class ModeratesCase(Policy):
    """Moderators at the place of the case; the subject is a case or has one."""

    def refusal(self, occasion: Occasion) -> Refusal | None:
        user, case = occasion.user, case_of(occasion.subject)
        if user is not None and cases_for(user).filter(pk=case.pk).exists():
            return None
        return Refusal(_("Only moderators of this place can do this."))


class NotOwnMatter(Policy):
    """Nobody decides about their own contribution, about themselves, or on their own report."""

    def refusal(self, occasion: Occasion) -> Refusal | None:
        return own_matter(occasion.user, case_of(occasion.subject))


class NotDecider(Policy):
    """Whoever made a decision, or one it took the place of, does not decide the appeal."""

    def refusal(self, occasion: Occasion) -> Refusal | None:
        case, user = case_of(occasion.subject), occasion.user
        person = Participant.objects.of(user)
        if not case.decisions.filter(Q(decider=person.uuid) | Q(decided_by=user)).exists():
            return None
        return Refusal(_("You made this decision, so somebody else decides the appeal."), "own")


class SeesReporters(Policy):
    """Moderators who also have the permission to see who reported."""

    def refusal(self, occasion: Occasion) -> Refusal | None:
        if occasion.user is not None and occasion.user.has_perm(REPORTERS):
            return None
        return Refusal(_("You are not allowed to see who reported."))


def own_matter(
    user: Any,
    case: Case,
    *,
    parties: Collection[int | None] | None = None,
    reporters: Collection[int | None] | None = None,
) -> Refusal | None:
    """
    Return why ``user`` is too close to ``case`` to decide it, or ``None``.

    ``parties`` are the keys of those ``concerned`` and ``reporters`` of those who reported, where
    they are known already.
    """
    if user is None:
        return None
    person = Participant.objects.of(user)
    if person.pk in (concerned(case) if parties is None else parties):
        return Refusal(_("This is about yourself or something of yours."), "own")
    own = case.reports.filter(reporter=person)
    if own.exists() if reporters is None else person.pk in reporters:
        return Refusal(_("You reported this, so somebody else decides."), "own")
    return None


def concerned(case: Case) -> set[int | None]:
    """Keys of the participants a case is about: the person, or those who made the contribution."""
    if case.contribution is None:
        return {case.participant_id} - {None}
    entered_by = {case.contribution.entered_by_id} - {None}
    return authors_of(case.contribution) | entered_by


def authors_of(contribution: Contribution) -> set[int | None]:
    """Keys of the participants who wrote it, as author or as co-author who has not declined."""
    credits = contribution.credits.filter(role__in=AUTHORS).exclude(participant=None)
    standing = credits.exclude(state__in=[CreditState.DECLINED, CreditState.WITHDRAWN])
    author = {contribution.author_id} - {None}
    return author | set(standing.values_list("participant_id", flat=True))


def case_of(subject: Any) -> Case:
    """The case that ``subject`` is or belongs to: a case, decision, measure, appeal, opinion."""
    if isinstance(subject, Case):
        return subject
    if isinstance(subject, Appeal) or hasattr(subject, "decision_id"):
        subject = subject.decision
    case: Case = subject.case
    return case


may_report = (SignedIn() & InGoodStanding()) | Anonymous()
may_moderate_case = SignedIn() & (Superuser() | ModeratesCase())
may_decide = (may_moderate_case & NotOwnMatter()) | System()
may_decide_appeal = may_moderate_case & NotOwnMatter() & NotDecider()
may_read_names = SeesReporters()
"""For a case of one's place that is not one's own matter, which was asked before."""
may_see_reporters = may_moderate_case & NotOwnMatter() & SeesReporters()
