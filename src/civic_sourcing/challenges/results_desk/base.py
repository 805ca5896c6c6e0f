"""What the screens of results share: several forms on one screen, each with a step of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from civic_sourcing.challenges.panel.desk.base import JudgingScreen
from civic_sourcing.core.money import format_money
from civic_sourcing.participants.models import Participant

NAMESPACE = "civic_challenge_results_admin"
FOLDER = "civic_sourcing/challenges/admin/results"


def address(name: str, *args: Any) -> str:
    return reverse(f"{NAMESPACE}:{name}", args=args)


def names_of(people: Iterable[UUID | None]) -> dict[UUID, str]:
    """What people are called in public, by their random number."""
    wanted = {key for key in people if key is not None}
    rows = Participant.objects.filter(uuid__in=wanted).select_related("user")
    return {row.uuid: row.public_name for row in rows}


class ResultsScreen(JudgingScreen):
    """
    A screen about the results of one challenge, for whoever may lead its judging.

    ``steps`` names the method that takes each step; ``make_forms`` the forms some of them need.
    """

    page_title: Any = _("Results")
    done: Any = _("Saved.")
    steps: Mapping[str, str] = {}

    def make_forms(self) -> dict[str, Any]:
        """The forms of this screen by step; ``sent`` gives what was typed."""
        return {}

    def sent(self, step: str) -> Any:
        return self.request.POST if self.step == step else None

    @cached_property
    def by_step(self) -> dict[str, Any]:
        return self.make_forms()

    def get_form(self, form_class: Any = None) -> Any:
        form = self.by_step.get(self.step)
        return forms.Form(self.request.POST or None) if form is None else form

    def settle(self, form: Any) -> None:
        if self.step not in self.steps:
            raise Http404
        getattr(self, self.steps[self.step])(form)

    def money(self, amount: int) -> str:
        return format_money(amount, self.facts.currency)

    def trail(self) -> list[tuple[str, Any]]:
        return [*super().trail(), (address("index", self.process.uuid), _("Results"))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs["form"] = kwargs.get("form") or forms.Form()
        return super().get_context_data(**kwargs) | {
            "results_url": address("index", self.process.uuid),
            "forms": self.by_step,
            "media": sum((form.media for form in self.by_step.values()), forms.Media()),
            "sent_step": self.step,
        }
