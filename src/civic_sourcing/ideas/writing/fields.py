"""The fields of the form, as one forum wants them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from civic_sourcing.core.forms import PlainTextField
from civic_sourcing.core.spots import Spot, in_degrees, read_spot
from civic_sourcing.ideas.conf import DESCRIPTION_COLUMN, TITLE_COLUMN, conf
from civic_sourcing.ideas.models import FormQuestion, FormReply
from civic_sourcing.ideas.models.ideas import ADDRESS_COLUMN
from civic_sourcing.ideas.tags import OTHER_TAGS, WORDS_READ, read_tags
from civic_sourcing.ideas.writing.details import Reply
from civic_sourcing.ideas.writing.plan import FormPlan

ADDRESS_LENGTH = 150
REPLY_COLUMN, REPLY_LENGTH = 10_000, 2_000
RADIOS_AT_MOST = 6
"""Choices up to which all of them are seen at once."""


class TagsField(forms.CharField):
    """Tags in one line, separated by commas; cleans to a list, which may be empty."""

    def clean(self, value: str) -> list[str]:
        tags = read_tags(self.to_python(value) or "")
        if self.required and not tags:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return tags


class TagBoxes(forms.CheckboxSelectMultiple):
    """Tags as boxes to tick, sent and kept as one line, as if they had been typed."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str:
        return ticked(data, name)

    def format_value(self, value: Any) -> list[str]:
        return read_tags(value or "", most=WORDS_READ)


class OfferedTagsField(TagsField):
    """Some of ``words``, the tags a forum offers."""

    widget = TagBoxes

    def __init__(self, words: Iterable[str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.words = list(words)
        self.widget.choices = [(word, word) for word in self.words]

    def clean(self, value: str) -> list[str]:
        tags = super().clean(value)
        if not set(tags) <= set(self.words):
            raise forms.ValidationError(OTHER_TAGS, code="tag-not-offered")
        return tags


def ticked(data: Any, name: str) -> str:
    """What was sent under ``name``, once or for each box, as one line."""
    return ", ".join(data.getlist(name)) if hasattr(data, "getlist") else data.get(name, "")


class SpotField(forms.CharField):
    """Latitude and longitude in one line; cleans to a pair, or to nothing."""

    def clean(self, value: Any) -> Spot | None:
        return read_spot(self.to_python(value) or "")


class OneOfField(forms.TypedChoiceField):
    """One of ``rows``, which are shown by their names; cleans to the row."""

    def __init__(self, rows: Iterable[Any], **kwargs: Any) -> None:
        self.rows = {str(row.pk): row for row in rows}
        choices = [("", "—"), *((key, row.name) for key, row in self.rows.items())]
        super().__init__(choices=choices, coerce=self.rows.get, empty_value=None, **kwargs)


def words(plan: FormPlan) -> dict[str, forms.Field]:
    """Title, description and, if the forum wants them, tags."""
    forum, setup = plan.forum, plan.setup
    found: dict[str, forms.Field] = {
        "title": PlainTextField(
            label=_("Title"),
            help_text=forum.title_help or _("One short sentence that says what should happen."),
            max_length=TITLE_COLUMN,
            max_graphemes=conf.IDEA_TITLE_LENGTH,
            single_line=True,
            error_messages={"required": _("Please give it a title.")},
        ),
        "description": PlainTextField(
            label=_("Description"),
            help_text=forum.description_help or _("What is the problem, and what do you propose?"),
            max_length=DESCRIPTION_COLUMN,
            max_graphemes=plan.rules.text_length,
            initial=setup.prefilled_text,
            widget=forms.Textarea(attrs={"rows": 10}),
            error_messages={"required": _("Please write a description.")},
        ),
    }
    if setup.asks("tags"):
        usual = ngettext_lazy(
            "At most %(number)d word others may look for.",
            "Up to %(number)d words others may look for, separated by commas.",
            "number",
        )
        offered = ngettext_lazy("At most %(number)d.", "Up to %(number)d.", "number")
        help_text = setup.help_for("tags") or (offered if plan.tag_words else usual) % {
            "number": conf.IDEA_TAGS
        }
        given: dict[str, Any] = {"label": _("Tags"), "help_text": help_text}
        given["required"] = setup.requires("tags")
        words = plan.tag_words
        found["tags"] = OfferedTagsField(words, **given) if words else TagsField(**given)
    return found


def place(plan: FormPlan) -> dict[str, forms.Field]:
    """Category, district and location, each where the forum asks for it."""
    setup = plan.setup
    found: dict[str, forms.Field] = {}
    for name, label, rows in (
        ("category", pgettext_lazy("idea", "Category"), plan.categories),
        ("district", _("District"), plan.districts),
    ):
        if rows:
            found[name] = OneOfField(
                rows, label=label, required=setup.requires(name), help_text=setup.help_for(name)
            )
    if plan.asks("location"):
        found["address"] = PlainTextField(
            label=_("Where is it?"),
            help_text=setup.help_for("location") or _("A street and number, or what is near."),
            required=False,
            max_length=ADDRESS_COLUMN,
            max_graphemes=ADDRESS_LENGTH,
            single_line=True,
        )
        found["coordinates"] = SpotField(
            label=_("Or its coordinates"),
            help_text=_("Latitude and longitude as maps show them, such as 37.5665, 126.9780."),
            required=False,
            widget=forms.TextInput(attrs={"data-civic-spot": "", "autocomplete": "off"}),
        )
    return found


def questions(plan: FormPlan) -> dict[str, forms.Field]:
    """The forum's own questions that are replied to with words."""
    return {question.field_name: _field(question) for question in plan.questions}


def replies(plan: FormPlan, given: Mapping[str, Any]) -> list[Reply]:
    """What was replied, of ``cleaned_data``; nothing where a question was left out."""
    typed = ((question, given.get(question.field_name)) for question in plan.questions)
    return [
        (question, *_in_words(question, value)) for question, value in typed if _is_reply(value)
    ]


def initial_place(idea: Any) -> dict[str, Any]:
    return {
        "category": idea.category_id or "",
        "district": idea.district_id or "",
        "address": idea.address,
        "coordinates": in_degrees(idea.latitude, idea.longitude),
    }


def initial_replies(idea: Any) -> dict[str, str]:
    """What was replied, by name of field, as the fields take it."""
    rows = FormReply.objects.filter(contribution=idea.contribution_id).select_related("question")
    return {row.question.field_name: row.value or row.text for row in rows}


def _field(question: FormQuestion) -> forms.Field:
    facts: dict[str, Any] = {
        "label": question.label,
        "help_text": question.help,
        "required": question.is_required,
        "error_messages": {"required": _("Please answer this question.")},
    }
    match question.kind:
        case FormQuestion.Kind.CHOICE:
            options: list[tuple[str, Any]] = list(question.options)
            few = len(options) <= RADIOS_AT_MOST
            if not few or not question.is_required:
                options = [("", _("No answer")), *options]
            return forms.ChoiceField(
                choices=options, widget=forms.RadioSelect if few else forms.Select, **facts
            )
        case FormQuestion.Kind.NUMBER:
            return forms.DecimalField(max_digits=15, decimal_places=4, **facts)
        case FormQuestion.Kind.DATE:
            return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}), **facts)
    return PlainTextField(
        max_length=REPLY_COLUMN,
        max_graphemes=REPLY_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        **facts,
    )


def _is_reply(value: Any) -> bool:
    return value is not None and value != ""


def _in_words(question: FormQuestion, value: Any) -> tuple[str, str]:
    """The reply as people read it, and as machines do."""
    if isinstance(value, Decimal):
        number = f"{value.normalize():f}"
        return number, number
    if isinstance(value, date):
        return date_format(value, "DATE_FORMAT"), value.isoformat()
    if question.kind == FormQuestion.Kind.CHOICE:
        return dict(question.options)[value], value
    return str(value), ""
