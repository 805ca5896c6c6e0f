"""What editors see of comments in the editor of a participation page."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel

from civic_sourcing.comments.models import CommentRules, Order
from civic_sourcing.processes.kinds import kind_of, phase_label
from civic_sourcing.processes.panels import register_process_panel


class CommentsPanel(Panel):
    """
    What holds for comments of the page's process, with a way to change it.

    It is no part of the page's draft, and the same in every language: it takes effect at once.
    """

    class BoundPanel(Panel.BoundPanel):
        template_name = "civic_sourcing/comments/admin/comments_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            process = self.instance.process
            if process is None:
                return context
            rules = CommentRules.objects.of(process)
            phases = rules.open_phases
            return context | {
                "rules": rules,
                "order": Order(rules.order).label,
                "phases": phases and [phase_label(kind_of(process), phase) for phase in phases],
                "never": phases is not None and not phases,
                "change_url": reverse(
                    "civic_comments_processes:process_comments", args=[process.uuid]
                ),
            }


panel = CommentsPanel(heading=_("Comments"), icon="comment")


def register() -> None:
    register_process_panel(panel)
