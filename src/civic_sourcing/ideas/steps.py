"""What the steps on one idea share: the order of locks."""

from __future__ import annotations

from typing import Any

from civic_sourcing.attribution.models import Contribution
from civic_sourcing.core.actions import Action
from civic_sourcing.ideas.models import IdeaPage


class IdeaStep(Action[IdeaPage]):
    """
    A step on an idea. First its row in the ledger is locked, then the page, as the ledger's own
    steps do, so that no two of them wait for each other.
    """

    def fresh_subject(self) -> Any:
        rows = Contribution.objects.using(self.using).select_for_update(of=("self",), no_key=True)
        contribution = rows.select_related("author", "process__forum_rules").get(
            pk=self.subject.contribution_id
        )
        idea = super().fresh_subject()
        idea.contribution = contribution
        idea.process = contribution.process
        return idea
