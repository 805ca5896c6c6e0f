"""The desk in Wagtail's admin: enter for somebody, and the sheet with the codes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.generic import FormView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from civic_sourcing.attribution.actions.enter import EnterForSomebody
from civic_sourcing.attribution.entering.forms import EnterForm, licence_terms
from civic_sourcing.attribution.entering.places import places_for
from civic_sourcing.attribution.ledger import Terms
from civic_sourcing.attribution.models import Contribution
from civic_sourcing.attribution.views.answers import place_of, status_of
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.text import TextRefused
from civic_sourcing.processes.models import Process


@method_decorator(never_cache, name="dispatch")
class EnterView(WagtailAdminTemplateMixin, FormView):
    """Type in what came on paper; the answer is the sheet to print, shown this once."""

    form_class = EnterForm
    template_name = "civic_sourcing/attribution/admin/enter.html"
    page_title = _("Enter for somebody")
    header_icon = "form"

    def dispatch(self, *args: Any, **kwargs: Any) -> Any:
        if not self.places:
            raise PermissionDenied
        return super().dispatch(*args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Name the page in the header."""
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    @cached_property
    def places(self) -> dict[str, str]:
        return places_for(self.request.user)

    def get_form_kwargs(self) -> dict[str, Any]:
        languages = getattr(settings, "WAGTAIL_CONTENT_LANGUAGES", None) or settings.LANGUAGES
        return {**super().get_form_kwargs(), "places": self.places, "languages": languages}

    def form_valid(self, form: EnterForm) -> HttpResponse:
        kind, _colon, number = form.cleaned_data["place_key"].partition(":")
        process = get_object_or_404(Process, uuid=UUID(number))
        terms = Terms(licence=licence_terms(process))
        action = EnterForSomebody(
            process, by=self.request.user, kind=kind, terms=terms, **form.words
        )
        try:
            contribution = action.execute()
        except ActionRefused as refused:
            form.add_error(None, refused.message)
            return self.render_to_response(
                self.get_context_data(form=form), status=status_of(refused)
            )
        except TextRefused as refused:
            form.add_error(None, refused)
            return self.render_to_response(self.get_context_data(form=form), status=409)
        return sheet(self.request, contribution, action.codes, form.cleaned_data["place"])


def sheet(
    request: HttpRequest, contribution: Contribution, codes: list[str], place: str
) -> HttpResponse:
    """The sheet with the codes: one card for each, to cut out. It is never shown again."""
    context = {
        "contribution": contribution,
        "codes": codes,
        "place": place,
        "claim_url": request.build_absolute_uri(reverse("civic_attribution:claim_by_code")),
        "page": place_of(contribution),
        "enter_url": reverse("civic_attribution_admin:enter"),
    }
    return TemplateResponse(request, "civic_sourcing/attribution/admin/sheet.html", context)
