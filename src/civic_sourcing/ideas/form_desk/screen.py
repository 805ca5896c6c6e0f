"""The screen on which editors set up the form for new ideas."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import path
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from civic_sourcing.ideas.actions.form_setup import SetIdeaForm
from civic_sourcing.ideas.form_desk.forms import (
    FormSetupForm,
    QuestionFormSet,
    initial_of,
    rows_of,
)
from civic_sourcing.ideas.models import FormQuestion, FormSetup
from civic_sourcing.processes.process_screens import ProcessScreen


class IdeaFormView(ProcessScreen):
    """Say what the form asks. For people who may publish one of the forum's pages."""

    form_class = FormSetupForm
    template_name = "civic_sourcing/ideas/admin/form_setup.html"
    page_title = _("What the form asks")
    header_icon = "form"
    done = _("The form is changed.")

    def get_initial(self) -> dict[str, Any]:
        return initial_of(FormSetup.objects.of(self.process))

    @cached_property
    def questions(self) -> Any:
        return QuestionFormSet(
            self.request.POST if self.request.method == "POST" else None,
            prefix="questions",
            initial=rows_of(FormQuestion.objects.of(self.process)),
        )

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.get_form()
        if form.is_valid() & self.questions.is_valid():
            return self.form_valid(form)
        return self.form_invalid(form)

    def settle(self, form: FormSetupForm) -> None:
        SetIdeaForm(
            self.process,
            by=self.request.user,
            questions=self.questions.questions(),
            **form.values(),
        ).execute()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        media = self.questions.media + context["form"].media
        return {**context, "questions": self.questions, "media": media}


ADDRESSES = [
    path("processes/<uuid:uuid>/idea-form/", IdeaFormView.as_view(), name="idea_form"),
]
