"""What the steps about a case share: order of locks, chain in the log."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from civic_sourcing.attribution.models import Contribution
from civic_sourcing.core.actions import Action
from civic_sourcing.moderation.models import Case
from civic_sourcing.participants.models import Participant


class CaseAction(Action[Case]):
    """
    A step about a case. Order of locks: the contribution or the person, then the case.

    Whoever writes or reports holds the contribution before the case is gathered; a step that begins
    with the case would lock the other way round and wait for ever.
    """

    def fresh_subject(self) -> Any:
        if self.subject.contribution is not None:
            rows = Contribution.objects.select_for_update(no_key=True)
            key: int = self.subject.contribution.pk
            contribution = rows.get(pk=key)
            case = super().fresh_subject()
            case.contribution = contribution
            return case
        assert self.subject.participant is not None
        people = Participant.objects.select_for_update(no_key=True)
        people.get(pk=self.subject.participant.pk)
        return super().fresh_subject()

    def chain(self) -> UUID:
        """That of the case's process; the person's own where it is about a person."""
        return chain_of(self.subject)


def chain_of(case: Case) -> UUID:
    """Return the audit chain of what happens to ``case``."""
    place = case.participant or case.process
    assert place is not None  # the database insists
    uuid: UUID = place.uuid
    return uuid
