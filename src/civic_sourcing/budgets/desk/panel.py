"""What the editor of a vote's page shows of its set-up, with the ways to the desk."""

from __future__ import annotations

from typing import Any

from wagtail.admin.panels import Panel

from civic_sourcing.budgets.desk.names import address
from civic_sourcing.budgets.models.casting import VoteRun


class VoteDeskPanel(Panel):
    """
    Money, kind of ballot and state of the vote, with ways to set it up, check it and hold it.

    None of it is part of the page's draft, and it is the same in every language.
    """

    class BoundPanel(Panel.BoundPanel):
        template_name = "civic_sourcing/budgets/admin/vote/panel.html"

        def is_shown(self) -> bool:
            rules = self.instance.rules
            return not (rules and rules.imported) and super().is_shown()

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            process = self.instance.process
            if process is None:
                return context
            run = VoteRun.objects.of(process)
            return context | {
                "page": self.instance,
                "rules": self.instance.rules,
                "run": run,
                "is_frozen": run is not None and run.state != VoteRun.State.PREPARED,
                "setup_url": address("money", process),
                "check_url": address("check", process),
                "vote_url": address("vote", process),
            }
