"""The screen on which a list of projects comes in: the file, what would come of it, then all."""

from __future__ import annotations

import base64
import binascii
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from civic_sourcing.budgets.actions.projects import AddProjects
from civic_sourcing.budgets.projects.reading import ProjectList
from civic_sourcing.budgets.projects.screens import VoteScreen
from civic_sourcing.budgets.projects.tables import COLUMNS, MOST_BYTES, REQUIRED
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.forms import RequestKeyField

DRAFTS, PUBLISHED = "drafts", "published"
FAULTS_SHOWN = 100


class ListForm(forms.Form):
    """The file itself."""

    file = forms.FileField(
        label=_("List of projects"),
        help_text=_("A CSV file, or an election file that ends in .pb. At most 1 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.pb,.txt,text/csv,text/plain"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 1 MB."), code="too-large")
        return file


class PublishField(forms.ChoiceField):
    """Whether what is made can be seen at once."""

    def __init__(self, **kwargs: Any) -> None:
        choices = [
            (DRAFTS, _("As drafts, to be looked through and published one by one or together")),
            (PUBLISHED, _("Publish them at once")),
        ]
        label = _("How the pages are made")
        widget = forms.RadioSelect
        super().__init__(choices=choices, label=label, widget=widget, initial=DRAFTS, **kwargs)


class ConfirmForm(forms.Form):
    """The file once more, as it was looked through, and what is to be done with it."""

    name = forms.CharField(widget=forms.HiddenInput, max_length=255)
    data = forms.CharField(widget=forms.HiddenInput, max_length=2 * MOST_BYTES)
    key = RequestKeyField()
    publish = PublishField()

    def clean_data(self) -> bytes:
        try:
            return base64.b64decode(self.cleaned_data["data"], validate=True)
        except (binascii.Error, ValueError):
            raise forms.ValidationError(_("The file did not arrive. Send it again.")) from None


class ProjectListView(VoteScreen):
    """
    Bring a list of projects into a vote, all or nothing.

    First the file is read and shown with every fault by its line; only then the same file, sent
    along once more, is taken.
    """

    page_title = _("Projects from a list")
    template_name = "civic_sourcing/budgets/admin/project_list.html"
    form_class = ListForm
    found: ProjectList | None = None

    @cached_property
    def is_confirming(self) -> bool:
        return "data" in self.request.POST

    def get_form_class(self) -> type[forms.Form]:
        return ConfirmForm if self.is_confirming else ListForm

    def form_valid(self, form: Any) -> HttpResponse:
        if self.is_confirming:
            return self.take(form)
        file = form.cleaned_data["file"]
        data = file.read()
        self.found = ProjectList.read(data, file.name, self.process)
        sent = {"name": file.name[:255], "data": base64.b64encode(data).decode("ascii")}
        ahead = ConfirmForm(initial={**sent, "key": uuid4()})
        status = 422 if self.found.faults else 200
        return self.render_to_response(self.get_context_data(form=form, ahead=ahead), status=status)

    def take(self, form: ConfirmForm) -> HttpResponse:
        values = form.cleaned_data
        self.found = ProjectList.read(values["data"], values["name"], self.process)
        action = AddProjects(
            self.page,
            by=self.request.user,
            idempotency_key=values["key"],
            projects=tuple(self.found.projects),
            publish=values["publish"] == PUBLISHED,
        )
        if self.found.faults and not action.was_taken_before():
            return self.again(form, status=422)
        try:
            made = action.execute()
        except ActionRefused as refused:
            return self.again(form, status=409, refused=refused.message)
        return self.tell(made)

    def tell(self, made: Any) -> HttpResponse:
        sentence = ngettext(
            "%(number)d project is added.", "%(number)d projects are added.", len(made)
        )
        messages.success(self.request, sentence % {"number": len(made)})
        return redirect(self.back_url)

    def again(self, form: ConfirmForm, *, status: int, refused: str = "") -> HttpResponse:
        context = self.get_context_data(form=ListForm(), ahead=form, refused=refused)
        return self.render_to_response(context, status=status)

    def form_invalid(self, form: Any) -> HttpResponse:
        refused = _("The file did not arrive. Send it again.") if self.is_confirming else ""
        form = ListForm() if self.is_confirming else form
        context = self.get_context_data(form=form, refused=refused)
        return self.render_to_response(context, status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = self.found
        return {
            **super().get_context_data(**kwargs),
            "found": found,
            "rows": [self.row(project) for project in found.projects] if found else [],
            "faults": found.faults[:FAULTS_SHOWN] if found else [],
            "more_faults": max(len(found.faults) - FAULTS_SHOWN, 0) if found else 0,
            "columns": [(name, name in REQUIRED) for name in COLUMNS],
        }
