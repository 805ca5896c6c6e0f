"""What editors see of the terms in the editor of a participation page."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from wagtail.admin.panels import Panel

from civic_sourcing.attribution.licences import offered


class LicencesPanel(Panel):
    """
    The licences the page's process offers, with a way to change them.

    They are no part of the page's draft: what people agree to takes effect at once, or not at all.
    """

    class BoundPanel(Panel.BoundPanel):
        template_name = "civic_sourcing/attribution/admin/licences_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            process = self.instance.process
            context["licences"] = offered(process) if process else []
            context["change_url"] = (
                reverse("civic_attribution_admin:process_licences", args=[process.uuid])
                if process
                else ""
            )
            return context
