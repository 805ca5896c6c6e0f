"""Who is to decide a case: take it, give it to a colleague, give it back, hand many over."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from civic_sourcing.core.actors import actor_uuid
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.policies import Policy
from civic_sourcing.moderation.actions.steps import CaseAction
from civic_sourcing.moderation.colleagues import name_of
from civic_sourcing.moderation.models import Case
from civic_sourcing.moderation.places import cases_for
from civic_sourcing.moderation.policies import (
    NotOwnMatter,
    concerned,
    may_moderate_case,
    own_matter,
)
from civic_sourcing.participants.models import Participant


class AssignmentStep(CaseAction):
    """A step about who decides an open case. The log names both by their random numbers."""

    policy: ClassVar[Policy] = may_moderate_case & NotOwnMatter()

    def check(self) -> None:
        if not self.subject.is_open:
            raise ActionRefused(_("This case is decided already."), code="decided")

    def assign_to(self, user: Any) -> Case:
        self.given_to = actor_uuid(user)
        self.subject.assigned_to = user
        self.subject.assigned_at = self.at if user else None
        self.subject.save(update_fields=["assigned_to", "assigned_at"])
        return self.subject

    def audit_details(self) -> dict[str, Any]:
        return {"to": str(self.given_to) if self.given_to else None}


class TakeCase(AssignmentStep):
    """Take a case for oneself, also one that a colleague has let lie."""

    verb = "take"

    def perform(self) -> Case:
        return self.assign_to(self.by)


class AssignCase(AssignmentStep):
    """
    Give a case to a colleague who moderates its place and whom it is not about.

    Whoever reported it can be given it: a refusal would tell. They cannot decide it (``DecideCase``
    says so to them alone) and give it back.
    """

    verb = "assign"
    to: Any

    def check(self) -> None:
        super().check()
        if not cases_for(self.to).filter(pk=self.subject.pk).exists():
            raise ActionRefused(
                _("%(name)s does not moderate this place."),
                code="not-moderator",
                name=name_of(self.to),
            )
        if Participant.objects.of(self.to).pk in concerned(self.subject):
            raise ActionRefused(
                _("%(name)s is too close to this case to decide it."),
                code="own",
                name=name_of(self.to),
            )

    def perform(self) -> Case:
        return self.assign_to(self.to)


class ReleaseCase(AssignmentStep):
    """Give a case back to everybody; one's own assignment also in a matter of one's own."""

    verb = "release"
    policy = may_moderate_case

    def check(self) -> None:
        super().check()
        refusal = own_matter(self.by, self.subject)
        if refusal and self.subject.assigned_to_id != self.by.pk:
            raise refusal.error()

    def perform(self) -> Case:
        return self.assign_to(None)


class HandOverCase(AssignCase):
    """Give a colleague's case to another one, as long as it is still theirs."""

    verb = "hand_over"
    of: Any

    def check(self) -> None:
        super().check()
        if self.subject.assigned_to_id != self.of.pk:
            raise ActionRefused(_("Somebody else took this case in the meantime."), code="taken")


def hand_over_cases(
    cases: Iterable[Case], *, by: Any, of: Any, to: Any
) -> tuple[list[Case], list[tuple[Case, ActionRefused]]]:
    """Hand over each of ``cases`` that can be; return those handed over, and refusals of others."""
    done, refused = [], []
    for case in cases:
        try:
            with transaction.atomic():
                done.append(HandOverCase(case, by=by, of=of, to=to).execute())
        except ActionRefused as error:
            refused.append((case, error))
    return done, refused
