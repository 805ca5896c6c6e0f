from typing import Any
from uuid import UUID

from civic_sourcing.core.actions import Action, Subject


class PersonalAction(Action[Subject]):
    """
    A step about one person: its audit chain is the person's own, named by their random number.

    So one person's chain never keeps another one waiting.
    """

    @property
    def participant(self) -> Any:
        """The person the subject is, or is about."""
        return getattr(self.subject, "participant", self.subject)

    def chain(self) -> UUID:
        uuid: UUID = self.participant.uuid
        return uuid
