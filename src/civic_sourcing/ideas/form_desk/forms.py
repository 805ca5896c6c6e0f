"""The form for the form: which fields, and a row for each further question."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import zip_longest
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.formsets import BaseFormSetMixin
from wagtail.coreutils import get_content_languages

from civic_sourcing.core.forms import PlainTextField
from civic_sourcing.ideas.actions.form_setup import (
    FIELDS,
    MOST_QUESTIONS,
    MOST_TAGS,
    Question,
)
from civic_sourcing.ideas.models import Asked, FormQuestion, FormSetup
from civic_sourcing.ideas.models.form_setup import LABEL_COLUMN
from civic_sourcing.ideas.tags import read_tags
from civic_sourcing.processes.naming import in_language

LABELS = {
    "tags": _("Tags"),
    "category": _("Categories, if there are any"),
    "district": _("Districts, if there are any"),
    "location": _("Where it is: address and coordinates"),
    "photos": _("Photos, each with words for who cannot see it"),
}
TEXT, HELP = 5000, 500
MOST_CHOICES = 30


class TagWordsField(forms.CharField):
    """Tags in one line, separated by commas; cleans to a list."""

    def clean(self, value: str) -> list[str]:
        return read_tags(self.to_python(value) or "", most=MOST_TAGS)


class FormSetupForm(forms.Form):
    """What the form asks beside title and description, and with which words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in FIELDS:
            self.fields[name] = forms.ChoiceField(label=LABELS[name], choices=Asked.choices)
        self.fields["tag_words"] = TagWordsField(
            label=_("Tags to choose from"),
            help_text=_("Separated by commas. Left empty, people write their own."),
            required=False,
        )
        for code, language in get_content_languages().items():
            self.fields[f"prefilled_{code}"] = PlainTextField(
                label=_("The description begins with (%(language)s)") % {"language": language},
                required=False,
                max_length=TEXT,
                widget=forms.Textarea(attrs={"rows": 4, "lang": code}),
            )
            for name in FIELDS:
                self.fields[f"help_{name}_{code}"] = PlainTextField(
                    label=_("Help: %(field)s (%(language)s)")
                    % {"field": LABELS[name], "language": language},
                    required=False,
                    max_length=HELP,
                    single_line=True,
                )

    @property
    def asked(self) -> list[Any]:
        return [self[name] for name in FIELDS]

    @property
    def prefilled(self) -> list[Any]:
        return [self[name] for name in self.fields if name.startswith("prefilled_")]

    @property
    def helps(self) -> list[Any]:
        return [self[name] for name in self.fields if name.startswith("help_")]

    def values(self) -> dict[str, Any]:
        """What the action takes, without the questions."""
        typed = self.cleaned_data
        codes = list(get_content_languages())
        return {
            "asked": {name: typed[name] for name in FIELDS},
            "tag_words": typed["tag_words"],
            "prefilled": {code: typed[f"prefilled_{code}"] for code in codes},
            "helps": {
                name: {code: typed[f"help_{name}_{code}"] for code in codes} for name in FIELDS
            },
        }


class QuestionForm(forms.Form):
    """One further question, in every language of the site."""

    uuid = forms.UUIDField(required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("Kind of answer"), choices=FormQuestion.Kind.choices)
    is_required = forms.BooleanField(label=_("Everybody has to answer"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, language in get_content_languages().items():
            named = {"language": language}
            self.fields |= {
                f"label_{code}": PlainTextField(
                    label=_("Question (%(language)s)") % named,
                    required=False,
                    max_length=LABEL_COLUMN,
                    single_line=True,
                ),
                f"help_{code}": PlainTextField(
                    label=_("Help (%(language)s)") % named,
                    required=False,
                    max_length=HELP,
                    single_line=True,
                ),
                f"choices_{code}": PlainTextField(
                    label=_("Answers to choose from (%(language)s)") % named,
                    help_text=_("One in each line, in the same order in every language."),
                    required=False,
                    max_length=TEXT,
                    widget=forms.Textarea(attrs={"rows": 3, "lang": code}),
                ),
            }

    @property
    def texts(self) -> list[list[Any]]:
        """The fields of each language, which stand in one column."""
        return [[self[f"{part}_{code}"] for part in PARTS] for code in get_content_languages()]

    @property
    def heading(self) -> Any:
        texts = {code: self[f"label_{code}"].value() or "" for code in get_content_languages()}
        return in_language(texts) or _("New question")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        codes = list(get_content_languages())
        if not any(cleaned.get(f"label_{code}") for code in codes):
            self.add_error(f"label_{codes[0]}", _("Write the question in one language at least."))
        if cleaned.get("kind") == FormQuestion.Kind.CHOICE and len(self._choices()) < 2:
            self.add_error(f"choices_{codes[0]}", _("Give at least two answers to choose from."))
        return cleaned

    def _choices(self) -> list[dict[str, str]]:
        codes = list(get_content_languages())
        lines = [(self.cleaned_data.get(f"choices_{code}") or "").splitlines() for code in codes]
        written = [[line.strip() for line in some if line.strip()] for some in lines]
        rows = zip_longest(*written, fillvalue="")
        return [dict(zip(codes, row, strict=True)) for row in rows][:MOST_CHOICES]

    def question(self) -> Question:
        """What the action takes."""
        typed, codes = self.cleaned_data, list(get_content_languages())
        return Question(
            uuid=typed["uuid"],
            kind=typed["kind"],
            is_required=typed["is_required"],
            labels={code: typed[f"label_{code}"] for code in codes},
            helps={code: typed[f"help_{code}"] for code in codes},
            choices=self._choices() if typed["kind"] == FormQuestion.Kind.CHOICE else (),
        )


PARTS = ("label", "help", "choices")


class BaseQuestionFormSet(BaseFormSetMixin, forms.BaseFormSet):
    """Rows that Wagtail's ``w-formset`` controller adds and takes away."""

    def questions(self) -> list[Question]:
        return [
            form.question()
            for form in self.forms
            if form not in self.deleted_forms and (form.has_changed() or form.initial)
        ]


QuestionFormSet: Any = forms.formset_factory(
    QuestionForm,
    formset=BaseQuestionFormSet,
    extra=0,
    can_delete=True,
    max_num=MOST_QUESTIONS,
    absolute_max=MOST_QUESTIONS + 1,
    validate_max=True,
)


def initial_of(setup: FormSetup) -> dict[str, Any]:
    """What the form shows of ``setup``."""
    found = {name: getattr(setup, name) for name in FIELDS}
    found["tag_words"] = ", ".join(setup.tag_words)
    found |= {f"prefilled_{code}": text for code, text in setup.prefilled.items()}
    for name, texts in setup.helps.items():
        found |= {f"help_{name}_{code}": text for code, text in texts.items()}
    return found


def rows_of(questions: Iterable[FormQuestion]) -> list[dict[str, Any]]:
    """What the rows show of ``questions``."""
    return [_row(question) for question in questions]


def _row(question: FormQuestion) -> dict[str, Any]:
    row = {
        "uuid": question.uuid,
        "kind": question.kind,
        "is_required": question.is_required,
    }
    for code in get_content_languages():
        row[f"label_{code}"] = question.labels.get(code, "")
        row[f"help_{code}"] = question.helps.get(code, "")
        row[f"choices_{code}"] = "\n".join(texts.get(code, "") for texts in question.choices)
    return row
