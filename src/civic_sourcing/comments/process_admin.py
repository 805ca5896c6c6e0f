"""The screen on which editors say what holds for the comments of a process."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import path
from django.utils.translation import gettext_lazy as _

from civic_sourcing.comments.actions import SetCommentRules
from civic_sourcing.comments.actions.rules import MOST_MINUTES
from civic_sourcing.comments.conf import conf
from civic_sourcing.comments.models import CommentRules, Order
from civic_sourcing.processes.kinds import ProcessKind, kind_of
from civic_sourcing.processes.process_screens import ProcessScreen


class CommentRulesForm(forms.Form):
    """When people can comment, if they take sides, how long they can edit, what comes first."""

    open_phases = forms.MultipleChoiceField(
        label=_("Comments are open during"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Without any tick nobody can comment; what was written stays readable."),
    )
    positions = forms.BooleanField(
        label=_("Ask for a position"),
        required=False,
        help_text=_("With a comment people can say if they are for, against or neutral."),
    )
    edit_minutes = forms.IntegerField(
        label=_("Minutes in which authors can edit"),
        required=False,
        min_value=0,
        max_value=MOST_MINUTES,
        help_text=_("0: not at all. Empty: as the site’s settings say."),
    )
    order = forms.ChoiceField(label=_("Order at first"), choices=Order.choices)

    def __init__(self, *args: Any, kind: ProcessKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.fields["open_phases"].choices = kind.choices  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """What the action takes: every phase means those added later, too."""
        typed = dict(self.cleaned_data)
        if set(typed["open_phases"]) == set(self.kind.phases):
            typed["open_phases"] = None
        return typed


class ProcessCommentsView(ProcessScreen):
    """Say what holds for comments. For people who may publish one of the process's pages."""

    form_class = CommentRulesForm
    template_name = "civic_sourcing/comments/admin/process_comments.html"
    page_title = _("Comments")
    header_icon = "comment"
    done = _("The rules of comments are changed.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "kind": kind_of(self.process)}

    def get_initial(self) -> dict[str, Any]:
        rules = CommentRules.objects.of(self.process)
        phases = rules.open_phases
        every = list(kind_of(self.process).phases)
        return {
            "open_phases": every if phases is None else phases,
            "positions": rules.positions,
            "edit_minutes": rules.edit_minutes,
            "order": rules.order,
        }

    def settle(self, form: CommentRulesForm) -> None:
        SetCommentRules(self.process, by=self.request.user, **form.values()).execute()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        minutes = {"minutes": conf.COMMENT_EDIT_MINUTES}
        return {**super().get_context_data(**kwargs), **minutes}


ADDRESSES = [
    path("processes/<uuid:uuid>/comments/", ProcessCommentsView.as_view(), name="process_comments")
]
