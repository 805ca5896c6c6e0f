"""Which promises an official looks at."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import django_filters
from django.db.models import Q
from django.forms import CheckboxSelectMultiple
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from civic_sourcing.answers.desk.reach import processes_for
from civic_sourcing.answers.models import (
    Department,
    Promise,
    PromiseKind,
    PromiseQuerySet,
    PromiseState,
)
from civic_sourcing.attribution.entering.places import titles_of
from civic_sourcing.attribution.kinds import contribution_kinds

ALL = "all"
OVERDUE, SOON, LATER = "overdue", "soon", "later"
MINE, NOBODY = "mine", "nobody"
WEEK = timedelta(days=7)


def kind_choices() -> list[tuple[str, Any]]:
    return [(kind.key, kind.label) for kind in contribution_kinds()]


def department_choices() -> list[tuple[str, str]]:
    """Every department once, in the reader's language, by translation key."""
    rows = Department.objects.in_language(get_language())
    return [(str(row.translation_key), row.name) for row in rows]


class PromiseFilterSet(WagtailFilterSet):
    """Running promises unless the state says otherwise."""

    due = django_filters.MultipleChoiceFilter(
        label=pgettext_lazy("promise", "Due"),
        choices=[
            (OVERDUE, _("overdue")),
            (SOON, _("within seven days")),
            (LATER, pgettext_lazy("promise", "later")),
        ],
        method="by_due",
        widget=CheckboxSelectMultiple,
    )
    cares = django_filters.MultipleChoiceFilter(
        label=_("Who cares for it"),
        choices=[(MINE, _("me")), (NOBODY, _("nobody yet"))],
        method="by_owner",
        widget=CheckboxSelectMultiple,
    )
    department = django_filters.MultipleChoiceFilter(
        label=_("Department"),
        field_name="department__translation_key",
        choices=department_choices,
        widget=CheckboxSelectMultiple,
    )
    forum = django_filters.MultipleChoiceFilter(
        label=_("Where"), field_name="contribution__process__uuid", widget=CheckboxSelectMultiple
    )
    kind = django_filters.MultipleChoiceFilter(
        label=_("Kind"),
        field_name="contribution__kind",
        choices=kind_choices,
        widget=CheckboxSelectMultiple,
    )
    owed = django_filters.MultipleChoiceFilter(
        label=_("What is owed"),
        field_name="kind",
        choices=PromiseKind.choices,
        widget=CheckboxSelectMultiple,
    )
    state = django_filters.ChoiceFilter(
        label=_("State"),
        choices=[
            *[choice for choice in PromiseState.choices if choice[0] != PromiseState.RUNNING],
            (ALL, pgettext_lazy("promises", "all")),
        ],
        empty_label=PromiseState.RUNNING.label,
        method="by_state",
    )

    class Meta:
        model = Promise
        fields = ["due", "cares", "department", "forum", "kind", "owed", "state"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = processes_for(self.request.user)
        titles = titles_of(rows)
        choices = [(str(row.uuid), titles.get(row.pk, str(row))) for row in rows]
        self.filters["forum"].extra["choices"] = sorted(choices, key=lambda choice: choice[1])

    def filter_queryset(self, queryset: PromiseQuerySet) -> PromiseQuerySet:
        rows: PromiseQuerySet = super().filter_queryset(queryset)
        return rows if self.form.cleaned_data.get("state") else rows.running()

    def by_state(self, rows: PromiseQuerySet, name: str, value: str) -> PromiseQuerySet:
        return rows if value == ALL else rows.filter(state=value)

    def by_due(self, rows: PromiseQuerySet, name: str, values: list[str]) -> PromiseQuerySet:
        at = timezone.now()
        conditions = {
            OVERDUE: Q(state=PromiseState.RUNNING, due_at__lte=at),
            SOON: Q(due_at__gt=at, due_at__lte=at + WEEK),
            LATER: Q(due_at__gt=at + WEEK),
        }
        return any_of(rows, conditions, values)

    def by_owner(self, rows: PromiseQuerySet, name: str, values: list[str]) -> PromiseQuerySet:
        conditions = {MINE: Q(owner=self.request.user), NOBODY: Q(owner=None)}
        return any_of(rows, conditions, values)


def any_of(rows: Any, conditions: dict[str, Q], values: list[str]) -> Any:
    wanted = Q()
    for value in values:
        wanted |= conditions[value]
    return rows.filter(wanted)
