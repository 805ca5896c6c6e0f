"""What is asked before several ideas are assigned, put into a stage, or moved."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from civic_sourcing.answers.actions.adoptions import end_of
from civic_sourcing.answers.desk.fields import DayField, long_words
from civic_sourcing.answers.desk.promise_forms import CareForm
from civic_sourcing.answers.reasons import reasons
from civic_sourcing.ideas.models import Stage
from civic_sourcing.ideas.stages import NEEDS_NOTE, NEEDS_REASON, NOTE_LENGTH
from civic_sourcing.processes.models import Process

AS_IT_IS = pgettext_lazy("owner or department", "as it is")


class AssignForm(CareForm):
    """Who cares for the answers, and until when they are owed where nothing is owed yet."""

    due_on = DayField(
        label=pgettext_lazy("promise", "Answer by"),
        required=False,
        help_text=_(
            "Only where no answer is owed yet: then one is promised in public. What is owed "
            "already keeps its day."
        ),
    )
    field_order = ("owner", "department", "due_on")

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, people=people, **kwargs)
        owner: Any = self.fields["owner"]
        department: Any = self.fields["department"]
        owner.choices = [("", AS_IT_IS), *people]
        department.empty_label = AS_IT_IS

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and not any(cleaned.values()):
            raise forms.ValidationError(_("Choose who cares for it, or a day."))
        return cleaned

    @property
    def due_at(self) -> datetime | None:
        day = self.cleaned_data["due_on"]
        return end_of(day) if day else None


class StageForm(forms.Form):
    """The next stage, with what everybody can read about it."""

    stage = forms.ChoiceField(label=_("Stage"), widget=forms.RadioSelect)
    reason_codes = forms.MultipleChoiceField(
        label=_("Reasons"),
        choices=lambda: list(reasons().items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("At least one where it is declined."),
    )
    note = long_words(
        pgettext_lazy("stage", "Text"),
        rows=6,
        length=NOTE_LENGTH,
        required=False,
        help_text=_(
            "Everybody can read it, and it is sent to authors, supporters and followers. Needed"
            " where something is declined or referred elsewhere."
        ),
    )
    is_answer = forms.BooleanField(
        label=_("This is the city’s official answer"),
        required=False,
        help_text=_("It is published as such on each of the contributions and ends their clock."),
    )

    def __init__(self, *args: Any, stages: Sequence[Stage], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["stage"]
        field.choices = [(stage.value, stage.label) for stage in stages]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        stage = cleaned.get("stage")
        if stage in NEEDS_REASON and not cleaned.get("reason_codes"):
            self.add_error("reason_codes", _("Please choose at least one reason."))
        if stage in NEEDS_NOTE and not cleaned.get("note"):
            self.add_error("note", _("Please say why, or where it is taken further."))
        if cleaned.get("is_answer") and not cleaned.get("note"):
            self.add_error("note", _("An official answer needs a text."))
        return cleaned


class MoveForm(forms.Form):
    """To which forum; only those of which the user is an official too."""

    forum = forms.ModelChoiceField(
        queryset=Process.objects.none(), label=_("Idea forum"), to_field_name="uuid"
    )

    def __init__(self, *args: Any, titles: dict[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["forum"]
        field.queryset = Process.objects.filter(pk__in=titles)
        field.label_from_instance = lambda process: titles[process.pk]
