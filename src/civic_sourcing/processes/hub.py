from __future__ import annotations

from typing import Any

import swapper
from django.db import models
from django.utils.translation import gettext_lazy as _

BasePage: Any = swapper.load_model("wagtailcore", "Page", require_ready=False)


class ParticipationPage(BasePage):
    """The hub: running, coming and finished processes among the pages below it."""

    introduction = models.TextField(_("introduction"), blank=True)

    content_panels = [*BasePage.content_panels, "introduction"]
    template = "civic_sourcing/processes/participation_page.html"

    class Meta:
        verbose_name = _("participation page")
        verbose_name_plural = _("participation pages")
