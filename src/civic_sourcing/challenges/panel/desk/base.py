"""What the manager's screens of judging share: whose they are, and how Wagtail frames them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from civic_sourcing.challenges.models import ChallengeFacts, ChallengeMixin, Round
from civic_sourcing.challenges.panel.policies import may_lead_judging
from civic_sourcing.core import clock
from civic_sourcing.core.policies import Occasion
from civic_sourcing.processes.models import Process
from civic_sourcing.processes.process_screens import ProcessScreen

NAMESPACE = "civic_judging_admin"
FOLDER = "civic_sourcing/challenges/admin/judging"


def address(name: str, *args: Any) -> str:
    return reverse(f"{NAMESPACE}:{name}", args=args)


class JudgingScreen(ProcessScreen):
    """
    A screen about the judging of one challenge; for whoever may not lead it, it does not exist.

    A press on a button sends ``step``. Several forms may stand on one screen; ``forms_by_step``
    makes them.
    """

    form_class = forms.Form
    header_icon = "list-ul"
    page_title: Any = _("Judging")

    def may_settle(self) -> bool:
        occasion = Occasion(self.request.user, self.process, clock.now())
        if self.process.kind != ChallengeMixin.process_kind:
            raise Http404
        if not may_lead_judging.allows(occasion):
            raise Http404
        return True

    @cached_property
    def process(self) -> Process:
        return get_object_or_404(Process, uuid=self.kwargs["uuid"])

    @cached_property
    def facts(self) -> ChallengeFacts:
        return get_object_or_404(ChallengeFacts, process=self.process)

    @cached_property
    def rounds(self) -> list[Round]:
        return list(Round.objects.of(self.process).order_by("number"))

    @property
    def step(self) -> str:
        return self.request.POST.get("step", "")

    def posted(self, rows: Any, name: str) -> Any:
        """The one of ``rows`` that the press was about, by its UUID; 404 for all others."""
        return self.found(rows, self.request.POST.get(name, ""))

    def found(self, rows: Any, number: str) -> Any:
        try:
            return get_object_or_404(rows, uuid=number)
        except (ValueError, ValidationError) as error:
            raise Http404 from error

    def trail(self) -> list[tuple[str, Any]]:
        """Addresses and names of the screens above this one."""
        return [(super().back_url, self.get_page_subtitle())]

    @property
    def back_url(self) -> str:
        return self.trail()[-1][0]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = [{"url": url, "label": str(label)} for url, label in self.trail()]
        return [*self.breadcrumbs_items, *above, {"url": "", "label": self.page_title}]

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return {
            **context,
            "media": context["form"].media,
            "process": self.process,
            "challenge_title": self.get_page_subtitle(),
            "facts": self.facts,
            "rounds": self.rounds,
            "panel_url": address("panel", self.process.uuid),
        }
