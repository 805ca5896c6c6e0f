"""What every screen of officials shares: who may see it, breadcrumbs, ways to the others."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from civic_sourcing.answers.desk.names import URL_NAME
from civic_sourcing.answers.desk.reach import answers_or_asked, contribution_or_404, keys_for
from civic_sourcing.answers.desk.tabs import tabs_for
from civic_sourcing.answers.desk.words import words_of
from civic_sourcing.answers.places import answers_somewhere
from civic_sourcing.attribution.models import Contribution
from civic_sourcing.core.exceptions import ActionRefused


class OfficialsOnly:
    """A view for officials; others get 403, at once after their role was taken away."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not answers_somewhere(request.user):
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return response


class DeskMixin(WagtailAdminTemplateMixin):
    """A page beside the list; ``tab`` is the way it belongs to."""

    header_icon = "mail"
    _show_breadcrumbs = True
    tab = "due"

    @cached_property
    def at(self) -> datetime:
        return timezone.now()

    def crumbs(self) -> list[dict[str, Any]]:
        """What lies between the list and this page."""
        return []

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            {"url": reverse("wagtailadmin_home"), "label": _now("Home")},
            {"url": reverse(f"{URL_NAME}:index"), "label": _now("Answers")},
            *self.crumbs(),
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        tabs = tabs_for(self.tab) if answers_somewhere(self.request.user) else []
        return {**context, "tabs": tabs, "at": self.at}


class ContributionMixin(DeskMixin):
    """
    A page about one contribution: 404 where the user does not answer for its place.

    With ``officials_only`` off, also for people of a department whose part is asked for.
    """

    officials_only = True

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)  # type: ignore[misc]
        find = contribution_or_404 if self.officials_only else answers_or_asked
        self.contribution: Contribution = find(request.user, kwargs["uuid"])
        self.is_official = self.contribution.process_id in keys_for(request.user)

    def get_page_subtitle(self) -> str:
        return str(self.contribution.public_title)

    @property
    def contribution_url(self) -> str:
        return reverse(f"{URL_NAME}:contribution", args=[self.contribution.uuid])

    def crumbs(self) -> list[dict[str, Any]]:
        return [{"url": self.contribution_url, "label": self.get_page_subtitle()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "contribution": self.contribution,
            "contribution_url": self.contribution_url,
            "is_official": self.is_official,
        }


class ContributionScreen(ContributionMixin, TemplateView):
    """A page to read about one contribution."""


STEP = "civic_sourcing/answers/admin/step.html"


class Step(FormView):
    """
    One step, as a form.

    Subclasses name ``page_title``, ``submit`` and ``done`` (told afterwards), and take the step in
    ``settle``; what it refuses is shown above the form with what was typed.
    """

    submit: Any
    done: Any
    introduction: Any = ""
    is_dangerous = False

    def settle(self, form: Any) -> None:
        """Take the step the form asks for. Raises ``ActionRefused``."""
        raise NotImplementedError

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            self.settle(form)
        except ActionRefused as refused:
            context = self.get_context_data(form=form, refused=refused.message)
            return self.render_to_response(context, status=409)
        messages.success(self.request, self.done)
        return redirect(self.get_success_url())

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "submit": self.submit,
            "introduction": self.introduction,
            "is_dangerous": self.is_dangerous,
            "back_url": self.get_success_url(),
        }


class StepScreen(ContributionMixin, Step):
    """One step about a contribution; ``is_beside_text`` shows what it is about beside the form."""

    template_name = STEP
    is_beside_text = False

    def get_success_url(self) -> str:
        return self.contribution_url

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return {**context, "words": words_of(self.contribution) if self.is_beside_text else None}


def found_or_404(rows: Any, **wanted: Any) -> Any:
    """The one row of ``rows`` that is wanted."""
    row = rows.filter(**wanted).first()
    if row is None:
        raise Http404
    return row
