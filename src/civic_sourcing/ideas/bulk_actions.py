"""“Merge” for ideas chosen in the explorer."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.views.pages.bulk_actions.page_bulk_action import PageBulkAction

from civic_sourcing.ideas.models import IdeaMixin


class MergeIdeas(PageBulkAction):
    """Lead from the ideas chosen to the form that merges them; it asks who may."""

    display_name = _("Merge ideas")
    aria_label = _("Merge the ideas chosen")
    action_type = "merge_ideas"
    template_name = "civic_sourcing/ideas/merge_ideas.html"
    action_priority = 60

    def check_perm(self, page: Any) -> bool:
        return issubclass(page.specific_class, IdeaMixin)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        found, _others = self.get_actionable_objects()
        numbers = [("contribution", str(page.specific.contribution.uuid)) for page in found]
        if len(numbers) < 2:
            messages.error(request, _now("Choose at least two ideas to merge."))
            return redirect(request.GET.get("next") or reverse("wagtailadmin_explore_root"))
        return redirect(f"{reverse('civic_attribution_admin:merge')}?{urlencode(numbers)}")
