"""What editors see of the form for new ideas in the editor of a forum."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from wagtail.admin.panels import Panel

from civic_sourcing.ideas.models.form_setup import Asked, FormQuestion, FormSetup

FIELDS = ("tags", "category", "district", "location", "photos")


class IdeaFormPanel(Panel):
    """
    What the form asks, with a way to change it.

    It is no part of the page's draft, and the same in every language: it takes effect at once.
    """

    class BoundPanel(Panel.BoundPanel):
        template_name = "civic_sourcing/ideas/admin/form_setup_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            process = self.instance.process
            if process is None:
                return context
            setup = FormSetup.objects.of(process)
            fields = {each.name: each for each in FormSetup._meta.concrete_fields}
            asked = [
                {"name": fields[name].verbose_name, "how": Asked(getattr(setup, name)).label}
                for name in FIELDS
            ]
            return context | {
                "asked": asked,
                "tag_words": setup.tag_words,
                "questions": FormQuestion.objects.of(process),
                "change_url": reverse("civic_ideas_processes:idea_form", args=[process.uuid]),
            }
