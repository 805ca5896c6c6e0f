"""What editors see of categories and districts in the editor of a forum."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from wagtail.admin.panels import Panel

from civic_sourcing.ideas.models.places import Category, District


class PlacesPanel(Panel):
    """
    What ideas are sorted by, with a way to change it.

    It is no part of the page's draft, and the same in every language: it takes effect at once.
    """

    class BoundPanel(Panel.BoundPanel):
        template_name = "civic_sourcing/ideas/admin/places_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            process = self.instance.process
            if process is None:
                return context
            return context | {
                "categories": Category.objects.of(process).offered(),
                "districts": District.objects.of(process).offered(),
                "change_url": reverse("civic_ideas_processes:places", args=[process.uuid]),
            }
