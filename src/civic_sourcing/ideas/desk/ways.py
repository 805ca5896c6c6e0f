"""Buttons that lead from the ideas chosen to another room: onto a ballot paper, for one."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request

from civic_sourcing.attribution.ways_on import MOST, WayOn, ways_on
from civic_sourcing.ideas.desk.bulk import IdeaBulkAction


class TakeFurther(IdeaBulkAction):
    """Lead from the ideas chosen to the screen of a ``way``; it asks who may do it."""

    way: ClassVar[WayOn]
    action_priority = 35

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.refuse_elsewhere()
        back = get_valid_next_url_from_request(request) or reverse("wagtailadmin_explore_root")
        if not self.reachable:
            messages.error(request, _("You have no role for this here."))
            return redirect(back)
        if len(self.reachable) > MOST:
            sentence = _("At most %(most)d contributions can be worked on in one step.")
            messages.error(request, sentence % {"most": MOST})
            return redirect(back)
        return redirect(self.way.url(idea.contribution for idea in self.reachable))


def bulk_action_for(way: WayOn) -> type[TakeFurther]:
    """Return the bulk action that offers ``way``."""
    words = {"display_name": way.label, "aria_label": way.description}
    return type("TakeFurther", (TakeFurther,), {**words, "action_type": way.key, "way": way})


BULK_ACTIONS = [bulk_action_for(way) for way in ways_on()]
