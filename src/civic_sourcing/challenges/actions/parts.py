"""Steps on a part of a challenge, such as a round or a prize."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db.models import Model

from civic_sourcing.core.actions import Action
from civic_sourcing.processes.models import Process

Part = TypeVar("Part", bound=Model)


class OnPart(Action[Part]):
    """
    A step on a row that points to its process, which is locked first.

    Whoever sets a challenge up locks in the same order, so that two never wait for each other.
    """

    def fresh_subject(self) -> Any:
        key: int = self.subject.process_id  # type: ignore[attr-defined]
        list(Process.objects.using(self.using).select_for_update(no_key=True).filter(pk=key))
        return super().fresh_subject()
