"""The form for the rules of a forum, with a row for each threshold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.forms.formsets import BaseFormSetMixin
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput
from wagtail.coreutils import get_content_languages

from civic_sourcing.core.forms import MomentField, PlainTextField, allow_at_most
from civic_sourcing.ideas.actions.rules import MOST, MOST_DAYS, Threshold
from civic_sourcing.ideas.conf import conf
from civic_sourcing.ideas.models import (
    Event,
    ForumRules,
    Initiator,
    Measure,
    Openness,
    ThresholdRule,
    Vocabulary,
)
from civic_sourcing.ideas.recipes import Recipe, find_recipe
from civic_sourcing.processes.roles import people_with_role

MOST_THRESHOLDS = 20
STATEMENT_LENGTH = 5000
PLAIN = (
    "initiator",
    "owner_name",
    "owner",
    "answer_on",
    "openness",
    "vocabulary",
    "supports_hidden",
    "anyone_supports",
    "supports_per_person",
    "ideas_per_person",
    "edit_hours",
    "body_length",
    "review_days",
)
"""Fields that are called as in ``ForumRules``."""


class ForumRulesForm(forms.Form):
    """Who begins, who may, what it is called, and how much; thresholds have a form each."""

    recipe = forms.CharField(required=False, widget=forms.HiddenInput)
    vocabulary = forms.ChoiceField(
        label=_("What people hand in is called"), choices=Vocabulary.choices
    )
    initiator = forms.ChoiceField(
        label=_("Who begins"), choices=Initiator.choices, widget=forms.RadioSelect
    )
    owner_name = PlainTextField(
        label=_("Who answers for it"),
        required=False,
        max_length=255,
        single_line=True,
        help_text=_("Name and office, for everybody to read. An agency has to give it."),
    )
    owner: Any = forms.ModelChoiceField(
        None,
        label=_("Who is reminded of answers"),
        required=False,
        help_text=_("An official of this place. Without one, all of them are."),
    )
    answer_on = forms.DateField(
        label=_("Answer by"),
        required=False,
        widget=AdminDateInput,
        help_text=_("When the city says what comes of it. An agency has to give it."),
    )
    openness = forms.ChoiceField(
        label=_("Who may take part"),
        choices=Openness.choices,
        widget=forms.RadioSelect,
        help_text=_("The conditions are set under “Eligibility”, and shown on the page."),
    )
    anyone_supports = forms.BooleanField(
        label=_("Everybody may support"),
        required=False,
        help_text=_("Also who does not meet the conditions for handing something in."),
    )
    supports_hidden = forms.BooleanField(
        label=_("Hide the number of supporters while support is taken"), required=False
    )
    supports_per_person = forms.IntegerField(
        label=_("Supports per person"), required=False, min_value=1, max_value=MOST
    )
    ideas_per_person = forms.IntegerField(
        label=_("Contributions per person"), required=False, min_value=1, max_value=MOST
    )
    edit_hours = forms.IntegerField(
        label=_("Hours in which authors edit without giving a reason"),
        required=False,
        min_value=0,
        max_value=24 * MOST_DAYS,
        help_text=_("Empty: as the site’s settings say."),
    )
    body_length = forms.IntegerField(
        label=_("Longest text, in characters"), required=False, min_value=100
    )
    review_days = forms.IntegerField(
        label=_("Days to answer what is under review"),
        required=False,
        min_value=1,
        max_value=MOST_DAYS,
        help_text=_("Empty: being under review owes no answer."),
    )

    def __init__(self, *args: Any, process: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = people_with_role("official", process)
        chosen: Any = self.fields["owner"]
        chosen.queryset = _users(people)
        allow_at_most(self.fields["body_length"], conf.IDEA_DESCRIPTION_LENGTH)
        for code, label in get_content_languages().items():
            self.fields[f"problem_{code}"] = PlainTextField(
                label=_("The problem (%(language)s)") % {"language": label},
                required=False,
                max_length=STATEMENT_LENGTH,
                widget=forms.Textarea(attrs={"rows": 4, "lang": code}),
            )

    @property
    def problems(self) -> list[Any]:
        """The fields of the problem statement, one for each language."""
        return [self[name] for name in self.fields if name.startswith("problem_")]

    def values(self) -> dict[str, Any]:
        """What the action takes, without the thresholds."""
        typed = self.cleaned_data
        statements = {
            name.removeprefix("problem_"): typed[name]
            for name in self.fields
            if name.startswith("problem_")
        }
        plain = {name: typed[name] for name in PLAIN}
        recipe = typed["recipe"] if find_recipe(typed["recipe"]) else ""
        return {**plain, "recipe": recipe, "problem_statements": statements}


class ThresholdForm(forms.Form):
    """One threshold: so many, within so many days, lead to something."""

    uuid = forms.UUIDField(required=False, widget=forms.HiddenInput)
    number = forms.IntegerField(
        label=pgettext_lazy("threshold", "How many"), min_value=1, max_value=MOST
    )
    measure = forms.ChoiceField(
        label=pgettext_lazy("threshold", "Of what"), choices=Measure.choices
    )
    days = forms.IntegerField(
        label=_("Within days"),
        required=False,
        min_value=1,
        max_value=MOST_DAYS,
        help_text=_("Empty: at any time."),
    )
    event = forms.ChoiceField(label=_("What follows"), choices=Event.choices)
    answer_days = forms.IntegerField(
        label=_("Days it may take"),
        required=False,
        min_value=1,
        max_value=MOST_DAYS,
        help_text=_("For an answer, a review or a debate."),
    )
    valid_from = MomentField(
        label=_("Valid from"),
        required=False,
        widget=AdminDateTimeInput,
        help_text=_("Empty: from now on."),
    )
    valid_to = MomentField(label=_("Valid to"), required=False, widget=AdminDateTimeInput)
    note = PlainTextField(
        label=_("Where it is from"), required=False, max_length=500, single_line=True
    )

    @property
    def heading(self) -> Any:
        """“50 people who support it → a department reviews it”, for the head of the row."""
        number, event = self["number"].value(), self["event"].value()
        if not number or event not in Event.values:
            return _("New threshold")
        measure = self["measure"].value()
        what = Measure(measure).label if measure in Measure.values else ""
        facts = {"number": number, "measure": what, "event": Event(event).label}
        return _("%(number)s %(measure)s → %(event)s") % facts

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        begins, ends = cleaned.get("valid_from"), cleaned.get("valid_to")
        if begins and ends and ends < begins:
            self.add_error("valid_to", _("It has to end after it begins."))
        return cleaned

    def threshold(self, known: Mapping[Any, ThresholdRule]) -> Threshold:
        """What the action takes; a time left as it was keeps its seconds."""
        typed = {name: self.cleaned_data[name] for name in self.fields if name != "DELETE"}
        row = known.get(typed["uuid"])
        for name in ("valid_from", "valid_to"):
            typed[name] = _exact(typed[name], getattr(row, name, None))
        return Threshold(**typed)


class BaseThresholdFormSet(BaseFormSetMixin, forms.BaseFormSet):
    """Rows that Wagtail's ``w-formset`` controller adds and takes away."""

    @property
    def filled_forms(self) -> list[ThresholdForm]:
        return [
            form
            for form in self.forms
            if form not in self.deleted_forms and (form.has_changed() or form.initial)
        ]

    def thresholds(self, known: Iterable[ThresholdRule]) -> list[Threshold]:
        rows = {rule.uuid: rule for rule in known}
        return [form.threshold(rows) for form in self.filled_forms]


ThresholdFormSet: Any = forms.formset_factory(
    ThresholdForm,
    formset=BaseThresholdFormSet,
    extra=0,
    can_delete=True,
    max_num=MOST_THRESHOLDS,
    absolute_max=MOST_THRESHOLDS + 1,
    validate_max=True,
)


def initial_of(rules: ForumRules, recipe: Recipe | None) -> dict[str, Any]:
    """What the form shows: the rules in force, and over them those of a preset."""
    values = {name: getattr(rules, name) for name in (*PLAIN, "recipe")}
    texts = {f"problem_{code}": text for code, text in rules.problem_statements.items()}
    own = {**recipe.rules, "recipe": recipe.key} if recipe else {}
    return {**values, **texts, **own}


def rows_of(rules: Iterable[ThresholdRule], recipe: Recipe | None) -> list[dict[str, Any]]:
    """The rows the form shows: those in force or to come; those of a preset in their place."""
    if recipe:
        return [threshold.values() for threshold in recipe.thresholds]
    names = ("uuid", "number", "measure", "days", "event", "answer_days", "valid_from", "valid_to",
             "note")  # fmt: skip
    return [{name: getattr(rule, name) for name in names} for rule in rules]


def _users(people: Iterable[Any]) -> Any:
    return get_user_model()._base_manager.filter(pk__in=[user.pk for user in people])


def _exact(typed: datetime | None, known: datetime | None) -> datetime | None:
    unchanged = typed and known and typed == known.replace(second=0, microsecond=0)
    return known if unchanged else typed
