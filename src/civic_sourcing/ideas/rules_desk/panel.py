"""What editors see of the rules in the editor of a forum."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from wagtail.admin.panels import Panel

from civic_sourcing.core import clock
from civic_sourcing.ideas.models.rules import ForumRules, ThresholdRule


class ForumRulesPanel(Panel):
    """
    What holds in the forum, with a way to change it.

    It is no part of the page's draft, and the same in every language: it takes effect at once.
    """

    class BoundPanel(Panel.BoundPanel):
        template_name = "civic_sourcing/ideas/admin/forum_rules_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            from civic_sourcing.ideas.recipes import find_recipe  # noqa: PLC0415 - reads models

            context: dict[str, Any] = super().get_context_data(parent_context)
            process = self.instance.process
            if process is None:
                return context
            rules = ForumRules.objects.of(process)
            thresholds = ThresholdRule.objects.of(process)
            return context | {
                "rules": rules,
                "recipe": find_recipe(rules.recipe),
                "thresholds": thresholds.in_force(clock.now()),
                "missing": rules.missing(),
                "change_url": reverse("civic_ideas_processes:forum_rules", args=[process.uuid]),
            }
