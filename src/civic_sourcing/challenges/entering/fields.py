"""The fields of the form: those every entry has, and the questions of its phase."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from civic_sourcing.challenges.models import EntryQuestion
from civic_sourcing.core.forms import PlainTextField

TITLE_LENGTH, BRIEF_LENGTH, DESCRIPTION_LENGTH = 90, 200, 10_000
SHORT_LENGTH, LONG_LENGTH, URL_LENGTH = 200, 4_000, 500
TITLE_POINTS = 200
COLUMN = 4
"""Code points kept for each character a reader counts; of a title, what its column holds."""

RADIOS_AT_MOST = 6
"""Choices up to which all of them are seen at once."""

Kind = EntryQuestion.Kind


def address_field(**facts: Any) -> forms.URLField:
    """An address of the web; without ``https://`` it is taken to have it."""
    return forms.URLField(
        max_length=URL_LENGTH,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
        **facts,
    )


def words() -> dict[str, forms.Field]:
    """What every entry has: title, a summary, a description, perhaps an address."""
    return {
        "title": PlainTextField(
            label=_("Title of your entry"),
            max_length=TITLE_POINTS,
            max_graphemes=TITLE_LENGTH,
            single_line=True,
            error_messages={"required": _("Please give your entry a title.")},
        ),
        "brief": PlainTextField(
            label=_("In two sentences"),
            help_text=_("What lists and winners’ pages say of it."),
            max_length=BRIEF_LENGTH * COLUMN,
            max_graphemes=BRIEF_LENGTH,
            widget=forms.Textarea(attrs={"rows": 2}),
            error_messages={"required": _("Please say in two sentences what it is.")},
        ),
        "description": PlainTextField(
            label=_("Description"),
            help_text=_("What you propose, how it works, and what it needs."),
            max_length=DESCRIPTION_LENGTH * COLUMN,
            max_graphemes=DESCRIPTION_LENGTH,
            widget=forms.Textarea(attrs={"rows": 12}),
            error_messages={"required": _("Please describe what you propose.")},
        ),
        "url": address_field(
            label=_("Address on the web"),
            help_text=_("For example of a film or a prototype. Judges may look at it."),
            required=False,
        ),
    }


def of_questions(questions: Iterable[EntryQuestion]) -> dict[str, forms.Field]:
    """The questions replied to with words; files are added on a page of their own."""
    return {
        question.field_name: _field(question)
        for question in questions
        if question.kind != Kind.FILE
    }


def _field(question: EntryQuestion) -> forms.Field:
    facts: dict[str, Any] = {
        "label": question.label,
        "help_text": question.help,
        "required": question.is_required,
        "error_messages": {"required": _("Please answer this question.")},
    }
    match question.kind:
        case Kind.CHOICE:
            return _choice(question, facts)
        case Kind.NUMBER:
            return forms.DecimalField(max_digits=15, decimal_places=4, **facts)
        case Kind.DATE:
            return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}), **facts)
        case Kind.URL:
            return address_field(**facts)
        case Kind.TEXT:
            return _text(question.most_characters or SHORT_LENGTH, facts, single_line=True)
    length = question.most_characters or LONG_LENGTH
    return _text(length, facts, widget=forms.Textarea(attrs={"rows": 6}))


def _text(length: int, facts: Mapping[str, Any], **more: Any) -> PlainTextField:
    return PlainTextField(max_length=length * COLUMN, max_graphemes=length, **facts, **more)


def _choice(question: EntryQuestion, facts: Mapping[str, Any]) -> forms.Field:
    options: list[tuple[str, Any]] = list(question.options)
    few = len(options) <= RADIOS_AT_MOST
    if not few or not question.is_required:
        options = [("", _("No answer")), *options]
    widget = forms.RadioSelect if few else forms.Select
    return forms.ChoiceField(choices=options, widget=widget, **facts)


def replies(questions: Iterable[EntryQuestion], given: Mapping[str, Any]) -> list[dict[str, str]]:
    """What was replied, of ``cleaned_data``, as documents keep it; nothing where left out."""
    typed = ((question, given.get(question.field_name)) for question in questions)
    return [
        {
            "question": str(question.uuid),
            "label": question.label,
            "text": _in_words(question, value),
            "value": _for_machines(value),
        }
        for question, value in typed
        if value is not None and value != ""
    ]


def _in_words(question: EntryQuestion, value: Any) -> str:
    if isinstance(value, date):
        return date_format(value, "DATE_FORMAT")
    if question.kind == Kind.CHOICE:
        return dict(question.options)[value]
    return _for_machines(value)


def _for_machines(value: Any) -> str:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value.isoformat() if isinstance(value, date) else str(value)
