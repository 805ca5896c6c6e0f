"""What the editor of a challenge's page shows of its sections, with the ways to them."""

from __future__ import annotations

from typing import Any

from wagtail.admin.panels import Panel


class ChallengeDeskPanel(Panel):
    """
    How complete each section is, and the way to write it.

    The texts are drafts of the page; everything else is the same in every language at once.
    """

    class BoundPanel(Panel.BoundPanel):
        template_name = "civic_sourcing/challenges/admin/panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            from civic_sourcing.challenges.desk import overview  # noqa: PLC0415 - reads models

            context: dict[str, Any] = super().get_context_data(parent_context)
            process = self.instance.process
            if process is None or self.instance.alias_of_id:
                return context
            return context | overview.of(process)
