"""What the office's screens share: whose process it is, and how Wagtail frames them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from django.views.generic.edit import FormMixin
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.participants.eligibility.places import titles_of
from civic_sourcing.participants.eligibility.roles import DESK, REGISTRAR
from civic_sourcing.processes.models import Process
from civic_sourcing.processes.roles import roles_of

NAMESPACE = "civic_eligibility_admin"
FOLDER = "civic_sourcing/participants/admin"


def address(name: str, *args: Any) -> str:
    return reverse(f"{NAMESPACE}:{name}", args=args)


class ProcessScreen(WagtailAdminTemplateMixin, TemplateView):
    """A screen about one process; for everybody without a role there it does not exist."""

    roles: ClassVar[frozenset[str]] = frozenset({REGISTRAR})
    header_icon = "key"
    page_title: Any = gettext_lazy("Who can take part")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.process = get_object_or_404(Process, uuid=kwargs["uuid"])
        self.mine = roles_of(request.user, self.process)
        if not self.mine & self.roles:
            raise Http404

    @cached_property
    def process_title(self) -> str:
        return titles_of([self.process])[self.process.pk]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        items = [
            *self.breadcrumbs_items,
            {"url": address("index"), "label": _("Who can take part")},
            {"url": address("process", self.process.uuid), "label": self.process_title},
        ]
        if self.kwargs.get("uuid") and type(self).page_title is not ProcessScreen.page_title:
            items.append({"url": "", "label": self.get_page_title()})
        return items

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"process": self.process, "process_title": self.process_title}


class FormScreen(FormMixin, ProcessScreen):
    """A form and what it does: ``act`` is asked once the form is valid."""

    template_name = f"{FOLDER}/form.html"
    submit: Any = gettext_lazy("Save")
    serious = False

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.get_form()
        if not form.is_valid():
            messages.validation_error(
                request, _("Please check what you entered. Nothing has been saved."), form
            )
            return self.render_to_response(self.get_context_data(form=form))
        try:
            return self.act(form)
        except ActionRefused as refused:
            messages.error(request, refused.message)
            return self.render_to_response(self.get_context_data(form=form), status=409)

    def act(self, form: Any) -> HttpResponse:
        raise NotImplementedError

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {
            "submit": self.submit,
            "serious": self.serious,
            "back": address("process", self.process.uuid),
        }


DESK_ROLES = frozenset({DESK, REGISTRAR})
