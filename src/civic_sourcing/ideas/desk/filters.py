"""Which ideas of a forum an editor or official looks at."""

from __future__ import annotations

from typing import Any

import django_filters
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q
from django.forms import CheckboxSelectMultiple
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.models import Locale

from civic_sourcing.answers.desk.filters import any_of
from civic_sourcing.answers.models import OfficialAnswer, Promise
from civic_sourcing.attribution.models import State
from civic_sourcing.ideas.models import Category, District, IdeaPage, Stage

OVERDUE, OWED, ANSWERED, NOTHING = "overdue", "owed", "answered", "nothing"
MINE, NOBODY = "mine", "nobody"


LONGEST_KEY = 9
"""Digits of the longest key that the columns of both databases hold."""


class RowsField(django_filters.fields.ModelMultipleChoiceField):
    """Rows by their keys; what no key can be is no choice."""

    def _check_values(self, value: Any) -> Any:
        for key in value:
            if len(str(key)) > LONGEST_KEY:
                raise ValidationError(self.error_messages["invalid_choice"], "invalid_choice")
        return super()._check_values(value)


class RowsFilter(django_filters.ModelMultipleChoiceFilter):
    field_class = RowsField


class IdeaFilterSet(WagtailFilterSet):
    """Stage, category, district, language, what is owed and who cares for it."""

    stage = django_filters.MultipleChoiceFilter(
        label=_("Stage"), choices=Stage.choices, widget=CheckboxSelectMultiple
    )
    due = django_filters.MultipleChoiceFilter(
        label=_("Answer"),
        choices=[
            (OVERDUE, _("overdue")),
            (OWED, pgettext_lazy("answer", "owed")),
            (ANSWERED, pgettext_lazy("idea", "answered")),
            (NOTHING, _("nothing owed or answered")),
        ],
        method="by_answer",
        widget=CheckboxSelectMultiple,
    )
    cares = django_filters.MultipleChoiceFilter(
        label=_("Who cares for it"),
        choices=[(MINE, _("me")), (NOBODY, _("nobody yet"))],
        method="by_owner",
        widget=CheckboxSelectMultiple,
    )
    category = RowsFilter(
        label=pgettext_lazy("idea", "Category"),
        queryset=Category.objects.none(),
        widget=CheckboxSelectMultiple,
    )
    district = RowsFilter(
        label=_("District"), queryset=District.objects.none(), widget=CheckboxSelectMultiple
    )
    locale = RowsFilter(
        label=_("Language"), queryset=Locale.objects.all(), widget=CheckboxSelectMultiple
    )
    state = django_filters.MultipleChoiceFilter(
        label=_("State"),
        field_name="contribution__state",
        choices=State.choices,
        widget=CheckboxSelectMultiple,
    )

    class Meta:
        model = IdeaPage
        fields = ["stage", "due", "cares", "category", "district", "locale", "state"]

    def __init__(self, *args: Any, process: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, model in (("category", Category), ("district", District)):
            offered = model.objects.of(process) if process else model.objects.none()
            if offered.exists():
                self.filters[name].queryset = offered
            else:
                del self.filters[name]

    def by_answer(self, ideas: Any, name: str, values: list[str]) -> Any:
        running = Promise.objects.running().answers().filter(contribution=OuterRef("contribution"))
        answered = OfficialAnswer.objects.published().final()
        answered = answered.order_by().filter(contribution=OuterRef("contribution"))
        conditions = {
            OVERDUE: Q(Exists(running.filter(due_at__lte=timezone.now()))),
            OWED: Q(Exists(running)),
            ANSWERED: Q(Exists(answered)),
            NOTHING: ~Q(Exists(running)) & ~Q(Exists(answered)),
        }
        return any_of(ideas, conditions, values)

    def by_owner(self, ideas: Any, name: str, values: list[str]) -> Any:
        running = Promise.objects.running().filter(contribution=OuterRef("contribution"))
        conditions = {
            MINE: Q(Exists(running.filter(owner=self.request.user))),
            NOBODY: ~Q(Exists(running.filter(owner__isnull=False))),
        }
        return any_of(ideas, conditions, values)
