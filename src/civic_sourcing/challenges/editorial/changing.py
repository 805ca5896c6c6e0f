"""What every step that changes a challenge has in common."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from civic_sourcing.challenges.conf import conf
from civic_sourcing.challenges.editorial.draft import Draft
from civic_sourcing.challenges.editorial.people import may_write
from civic_sourcing.challenges.editorial.points import Point, points_of
from civic_sourcing.challenges.freezing import refuse_if_frozen
from civic_sourcing.challenges.models import ChallengeFacts, EditorialState, ReviewMessage
from civic_sourcing.challenges.roles import STEWARD
from civic_sourcing.core.actions import Action
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.participants.models import Participant
from civic_sourcing.processes.models import Process
from civic_sourcing.processes.roles import roles_of

Row = Mapping[str, Any]


class ChangeChallenge(Action[Process]):
    """
    Change part of a challenge, in all its languages. Returns its facts.

    Subclasses ``write`` it. Refused while stewards read it (``in-review``), except by them, and
    when it is ``archived``; what is frozen at the opening, ``frozen``; once people see it, what it
    could not have been published with, ``incomplete``. Who changes what was approved has it
    approved again, unless they are a steward.
    """

    policy = may_write
    freezes: ClassVar[bool] = True

    def check(self) -> None:
        self.facts = facts_of(self.subject)
        state = self.facts.state
        if state == EditorialState.ARCHIVED:
            raise ActionRefused(
                _("This challenge is archived and stays as it is."), code="archived"
            )
        if state == EditorialState.IN_REVIEW and not self.is_steward:
            raise ActionRefused(
                _(
                    "The challenge is being reviewed. Take it back from the review if you want "
                    "to change it."
                ),
                code="in-review",
            )
        if self.freezes and self.touches_frozen():
            refuse_if_frozen(self.subject, self.at)
        self.is_out = state == EditorialState.PUBLISHED and not self.facts.imported
        self.points = self.points_now() if self.is_out else []

    def touches_frozen(self) -> bool:
        """Whether this changes what may not change once the challenge has opened."""
        return True

    def write(self) -> None:
        raise NotImplementedError

    def perform(self) -> ChallengeFacts:
        self.write()
        self.facts.version += 1
        if self.facts.state == EditorialState.APPROVED and not self.is_steward:
            self.facts.state = EditorialState.DRAFT
            note(self, EditorialState.DRAFT)
        self.facts.save()
        if self.is_out:
            self.refuse_new_points()
        return self.facts

    def points_now(self) -> list[Point]:
        return points_of(Draft.of(self.subject, timezone.localdate(self.at)))

    def refuse_new_points(self) -> None:
        """Raise ``incomplete`` where it lacks something now that it did not lack before."""
        lacked = {point.code for point in self.points}
        if new := [point for point in self.points_now() if point.code not in lacked]:
            raise ActionRefused(
                _("People see this challenge, so this cannot be. %(sentence)s"),
                code="incomplete",
                sentence=new[0].sentence,
            )

    @property
    def is_steward(self) -> bool:
        return self.by is None or STEWARD in roles_of(self.by, self.subject)

    def audit_details(self) -> dict[str, Any]:
        return {"version": self.facts.version}

    def content(self) -> dict[str, Any]:
        return {"subject": self.subject, "arguments": repr(sorted(self.arguments.items()))}


def facts_of(process: Process) -> ChallengeFacts:
    """Its facts under lock; new ones where nobody has said any. The process is locked before."""
    found = ChallengeFacts.objects.select_for_update().filter(process=process).first()
    return found or ChallengeFacts(process=process, currency=conf.CHALLENGE_CURRENCY)


def note(action: Action[Any], state: str, text: str = "", section: str = "") -> ReviewMessage:
    """Keep a step of the review, with what was said."""
    return ReviewMessage.objects.create(
        process=action.subject,
        state=state,
        section=section,
        text=text,
        by=Participant.objects.of(action.by) if action.by is not None else None,
        at=action.at,
    )


def settle_rows(
    rows: Sequence[Row], known: QuerySet[Any], make: Any, names: Iterable[str]
) -> list[Model]:
    """
    Bring the rows of ``known`` to ``rows``, in this order; return them, saved.

    A row with the ``uuid`` of one there is changes it; one without is made by ``make()``; what is
    not among them goes. ``names`` are the fields taken over.
    """
    present = {str(row.uuid): row for row in known}
    kept = []
    for position, row in enumerate(rows):
        own = present.pop(str(row.get("uuid") or ""), None) or make()
        for name in names:
            if name in row:
                setattr(own, name, row[name])
        own.position = position
        kept.append(own)
    for gone in present.values():
        gone.delete()
    for own in kept:
        own.save()
    return kept
