"""Forms about one answer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.coreutils import get_content_languages

from civic_sourcing.answers.actions.answers import SAID, fingerprint
from civic_sourcing.answers.conf import TEXT_COLUMN, conf
from civic_sourcing.answers.desk.fields import (
    DayField,
    DepartmentChoice,
    DepartmentsChoice,
    DeskForm,
    long_words,
)
from civic_sourcing.answers.models import AnswerDecision, AnswerKind, OfficialAnswer
from civic_sourcing.answers.reasons import reasons
from civic_sourcing.core.forms import PlainTextField

KINDS = [
    (AnswerKind.FINAL, _("Answer: it says what is decided and ends the clock")),
    (AnswerKind.INTERIM, _("Interim answer: the clock goes on")),
]
UNDECIDED = [("", _("Not decided yet"))]
WORDS = (*SAID, "partners")


class AnswerForm(DeskForm):
    """What the city says. Everything but the kind may still be missing in a draft."""

    kind = forms.ChoiceField(label=_("Kind"), choices=KINDS, widget=forms.RadioSelect)
    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[*UNDECIDED, *AnswerDecision.choices],
        required=False,
        widget=forms.RadioSelect,
    )
    text = long_words(
        pgettext_lazy("official answer", "Text"),
        rows=14,
        required=False,
        help_text=_("In plain words, to the people who proposed and support it."),
    )
    reason_codes = forms.MultipleChoiceField(
        label=_("Reasons"),
        choices=lambda: list(reasons().items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("At least one where it is declined."),
    )
    departs_reason = long_words(
        _("Why it departs from what people supported"),
        rows=4,
        length=5000,
        required=False,
        help_text=_("Only where the city does something else than many people asked for."),
    )
    department = DepartmentChoice(label=_("Responsible department"))
    partners = DepartmentsChoice(
        label=_("Departments that contribute"),
        help_text=_("The answer can be published when each of them has written its part."),
    )
    next_step = PlainTextField(
        label=_("Next step"), max_length=300, single_line=True, required=False
    )
    next_date = DayField(label=_("Next step until"), required=False)
    language = forms.ChoiceField(label=_("Language"))
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = list(get_content_languages().items())
        self.fields["text"].max_length = TEXT_COLUMN
        self.fields["text"].max_graphemes = conf.ANSWER_TEXT_LENGTH

    @property
    def words(self) -> dict[str, Any]:
        """The arguments of the actions."""
        return {name: self.cleaned_data[name] for name in WORDS}


class PartForm(forms.Form):
    """What one department says."""

    text = long_words(pgettext_lazy("official answer", "Text"), rows=10)


class NoFields(forms.Form):
    """A step that only asks to be confirmed."""


def initial_of(answer: OfficialAnswer, language: str) -> dict[str, Any]:
    """The words of ``answer`` as the form shows them, departments in ``language``."""
    department = answer.department
    parts = answer.parts.select_related("department__locale")
    return {
        **{name: getattr(answer, name) for name in WORDS if name not in ("department", "partners")},
        "department": department and department.in_language(language),
        "partners": [part.department.in_language(language) for part in parts],
        "seen": fingerprint(answer),
    }
