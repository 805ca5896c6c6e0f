"""Screens of several forms that are sent together: nothing typed is lost beside another button."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from civic_sourcing.challenges.panel.desk.base import JudgingScreen
from civic_sourcing.challenges.panel.desk.beside import came_along, typed
from civic_sourcing.core.exceptions import ActionRefused

NONE_MEANT = "none"
"""The step of the return key in a field: it does not say which of the forms is meant."""


def name_of(step: str, row: Any = "") -> str:
    """What the form of ``step`` is called, and what the names of its fields begin with."""
    return f"{step}-{row}" if row else step


class TogetherScreen(JudgingScreen):
    """
    A screen with several forms, each with a step of its own.

    ``steps`` names the method that takes each step; ``make_forms`` the forms some of them need. All
    forms of a screen are sent together: the one whose button was pressed is judged, and what was
    typed into others stands there again afterwards. A button that is about one of several rows says
    so: ``pay:UUID``.
    """

    done: Any = _("Saved.")
    steps: Mapping[str, str] = {}
    is_taken = False

    def setup(self, *args: Any, **kwargs: Any) -> None:
        super().setup(*args, **kwargs)
        self.kept: set[str] = set()
        self.left: set[str] | None = None

    @property
    def step(self) -> str:
        return super().step.partition(":")[0]

    @property
    def about(self) -> str:
        """The UUID of the row that the button is about; empty where it is about none."""
        return super().step.partition(":")[2]

    def make_forms(self) -> dict[str, Any]:
        """The forms of this screen, each by ``make_form`` and called ``name_of`` its step."""
        return {}

    def make_form(self, step: str, form_class: Any, *, row: Any = "", **kwargs: Any) -> Any:
        """The form of ``step``, judged if its button was pressed, else as it was typed."""
        name, data = name_of(step, row), self.request.POST
        if name == name_of(self.step, self.about):
            return form_class(None if self.is_taken else data, prefix=name, **kwargs)
        if came_along(data, name) and (self.left is None or name in self.left):
            sent = form_class(data, prefix=name, **kwargs)
            if sent.has_changed():
                self.kept.add(name)
                kwargs["initial"] = typed(sent)
        return form_class(prefix=name, **kwargs)

    @cached_property
    def forms_here(self) -> dict[str, Any]:
        return self.make_forms()

    def get_form(self, form_class: Any = None) -> Any:
        form = self.forms_here.get(name_of(self.step, self.about))
        return forms.Form(self.request.POST or None) if form is None else form

    def settle(self, form: Any) -> None:
        if self.step == NONE_MEANT:
            raise ActionRefused(
                _("Nothing is saved yet. Please press the button of what you mean."),
                code="none-meant",
            )
        if self.step not in self.steps:
            raise Http404
        getattr(self, self.steps[self.step])(form)

    @property
    def is_typed_beside(self) -> bool:
        """Whether something was typed that the step which is taken says nothing about."""
        return bool(self.kept)

    def form_valid(self, form: Any) -> HttpResponse:
        """Where something else was typed, show it again instead of leading on."""
        response = super().form_valid(form)
        if response.status_code != HTTPStatus.FOUND or not self.is_typed_beside:
            return response
        again = type(self)()
        again.setup(self.request, *self.args, **self.kwargs)
        again.is_taken, again.left = True, self.kept
        return again.render_to_response(again.get_context_data())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs["form"] = kwargs.get("form") or forms.Form()
        return super().get_context_data(**kwargs) | {
            "forms": self.forms_here,
            "media": sum((form.media for form in self.forms_here.values()), forms.Media()),
            "is_kept": self.is_taken,
        }
