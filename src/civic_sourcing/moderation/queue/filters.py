"""Which cases a moderator looks at: filters, and the views everybody starts with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, Q
from django.forms import CheckboxSelectMultiple, NumberInput
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.functional import Promise, cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.coreutils import get_content_languages

from civic_sourcing.attribution.entering.places import titles_of
from civic_sourcing.attribution.models import ContributionVersion
from civic_sourcing.moderation.models import Case, CaseQuerySet, CaseState, NetiquetteRule
from civic_sourcing.moderation.queue.reach import processes_of
from civic_sourcing.moderation.queue.titles import kind_choices

ALL = "all"
OVERDUE, EMERGENCY, HELD, PERSONAL = "overdue", "emergency", "held", "personal"
MINE, NOBODY, OTHERS = "mine", "nobody", "others"
URGENT = [
    (OVERDUE, _("overdue")),
    (EMERGENCY, _("emergency")),
    (HELD, _("waits to be published")),
    (PERSONAL, _("somebody is personally affected")),
]
OF_WHOM = [(MINE, _("me")), (NOBODY, _("nobody")), (OTHERS, _("a colleague"))]


@dataclass(frozen=True)
class StandingView:
    """A view of the queue that everybody has."""

    label: str | Promise
    query: str


STANDING_VIEWS = (
    StandingView(_("All open"), ""),
    StandingView(_("Mine"), f"assigned={MINE}"),
    StandingView(_("Overdue"), f"urgency={OVERDUE}"),
    StandingView(_("Before publication"), f"urgency={HELD}"),
    StandingView(_("Already decided"), f"state={CaseState.DECIDED}"),
)


class CaseFilterSet(WagtailFilterSet):
    """Open cases unless the state says otherwise."""

    urgency = django_filters.MultipleChoiceFilter(
        label=_("Urgency"), choices=URGENT, method="by_urgency", widget=CheckboxSelectMultiple
    )
    assigned = django_filters.MultipleChoiceFilter(
        label=_("Assigned to"),
        choices=OF_WHOM,
        method="by_assignment",
        widget=CheckboxSelectMultiple,
    )
    forum = django_filters.MultipleChoiceFilter(
        label=_("Forum"), field_name="process__uuid", widget=CheckboxSelectMultiple
    )
    kind = django_filters.MultipleChoiceFilter(
        label=_("Kind"), choices=kind_choices, widget=CheckboxSelectMultiple
    )
    rule = django_filters.MultipleChoiceFilter(
        label=_("Rule"), field_name="rule__translation_key", widget=CheckboxSelectMultiple
    )
    reporters = django_filters.NumberFilter(
        label=_("At least so many reporters"),
        lookup_expr="gte",
        min_value=0,
        widget=NumberInput(attrs={"min": 0}),
    )
    language = django_filters.MultipleChoiceFilter(
        label=_("Language"), widget=CheckboxSelectMultiple
    )
    state = django_filters.ChoiceFilter(
        label=_("State"),
        choices=[(CaseState.DECIDED, CaseState.DECIDED.label), (ALL, _("open and decided"))],
        empty_label=CaseState.OPEN.label,
        method="by_state",
    )

    class Meta:
        model = Case
        fields = ["urgency", "assigned", "forum", "kind", "rule", "reporters", "language", "state"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["forum"].extra["choices"] = self.forums
        self.filters["rule"].extra["choices"] = list(self.rule_titles.items())
        self.filters["language"].extra["choices"] = list(get_content_languages().items())

    @cached_property
    def processes(self) -> dict[int, Any]:
        return {row.pk: row for row in processes_of(self.request.user)}

    @cached_property
    def forum_titles(self) -> dict[int, str]:
        """What the moderator's forums are called, by the key of the process."""
        titles = titles_of(list(self.processes.values()))
        return {key: titles.get(key, str(row)) for key, row in self.processes.items()}

    @cached_property
    def forums(self) -> list[tuple[str, str]]:
        choices = [(str(self.processes[key].uuid), name) for key, name in self.forum_titles.items()]
        return sorted(choices, key=lambda choice: choice[1])

    @cached_property
    def rule_titles(self) -> dict[str, str]:
        """All rules in the reader's language, retired ones too, by translation key."""
        rules = NetiquetteRule.objects.in_language(get_language())
        return {str(rule.translation_key): rule.title for rule in rules}

    @cached_property
    def at(self) -> Any:
        return timezone.now()

    def filter_queryset(self, queryset: CaseQuerySet) -> CaseQuerySet:
        rows: CaseQuerySet = super().filter_queryset(queryset)
        return rows if self.form.cleaned_data.get("state") else rows.open()

    def by_state(self, rows: CaseQuerySet, name: str, value: str) -> CaseQuerySet:
        return rows if value == ALL else rows.filter(state=value)

    def by_urgency(self, rows: CaseQuerySet, name: str, values: list[str]) -> CaseQuerySet:
        """Any of what was ticked."""
        conditions = {
            OVERDUE: Q(state=CaseState.OPEN, due_at__lte=self.at),
            EMERGENCY: Q(is_emergency=True),
            HELD: Q(held=True),
            PERSONAL: Q(is_personal=True),
        }
        return _any_of(rows, conditions, values)

    def by_assignment(self, rows: CaseQuerySet, name: str, values: list[str]) -> CaseQuerySet:
        me = self.request.user.pk
        conditions = {
            MINE: Q(assigned_to=me),
            NOBODY: Q(assigned_to=None),
            OTHERS: Q(assigned_to__isnull=False) & ~Q(assigned_to=me),
        }
        return _any_of(rows, conditions, values)


def filtered(cases: CaseQuerySet, query: str, request: HttpRequest) -> CaseQuerySet:
    """Return those of ``cases`` that the filters and the words of ``query`` leave, not ordered."""
    given = QueryDict(query)
    filters = CaseFilterSet(given, request=request)
    rows = filters.filter_queryset(cases) if filters.is_valid() else cases.open()
    return searched(rows, given.get("q", ""))


def searched(cases: CaseQuerySet, words: str) -> CaseQuerySet:
    """Those whose title, text or person has ``words`` in it."""
    words = words.strip()
    if not words:
        return cases
    texts = ContributionVersion.objects.filter(
        contribution=OuterRef("contribution"), text__icontains=words
    )
    return cases.filter(
        Q(contribution__title__icontains=words)
        | Q(participant__name__icontains=words)
        | Q(contribution__author__name__icontains=words)
        | Exists(texts)
    )


def _any_of(rows: CaseQuerySet, conditions: dict[str, Q], values: list[str]) -> CaseQuerySet:
    wanted = Q()
    for value in values:
        wanted |= conditions[value]
    return rows.filter(wanted)
