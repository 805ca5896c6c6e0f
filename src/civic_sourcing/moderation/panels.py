"""What editors see of moderation in the editor of a participation page."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel

from civic_sourcing.moderation.conf import conf
from civic_sourcing.moderation.keeper import premoderation_of
from civic_sourcing.moderation.models import ForumModeration
from civic_sourcing.processes.panels import register_process_panel


class ModerationPanel(Panel):
    """
    How the page's process is moderated, with a way to change it.

    It is no part of the page's draft, and the same in every language: it takes effect at once.
    """

    class BoundPanel(Panel.BoundPanel):
        template_name = "civic_sourcing/moderation/admin/moderation_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            process = self.instance.process
            if process is None:
                return context
            row = ForumModeration.objects.filter(process=process).first() or ForumModeration()
            given = row.auto_hide_reporters
            return context | {
                "premoderation": premoderation_of(process),
                "target_hours": row.target_hours or conf.CASE_TARGET_HOURS,
                "reporters": conf.TRUSTED_REPORTERS if given is None else given,
                "contact": row.contact,
                "change_url": reverse(
                    "civic_moderation_processes:process_moderation", args=[process.uuid]
                ),
            }


panel = ModerationPanel(heading=_("Moderation"), icon="comment")


def register() -> None:
    register_process_panel(panel)
