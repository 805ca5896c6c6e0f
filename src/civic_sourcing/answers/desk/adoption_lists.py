"""Lists of what the city has adopted, and of what is missing in the plans."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.forms import CheckboxSelectMultiple
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column

from civic_sourcing.answers.compliance import accepted_without_plan
from civic_sourcing.answers.desk.adoptions import address_of
from civic_sourcing.answers.desk.columns import WIDE_ONLY, DueColumn, TitleColumn
from civic_sourcing.answers.desk.filters import MINE, NOBODY, any_of, department_choices
from civic_sourcing.answers.desk.listing import DeskList
from civic_sourcing.answers.desk.names import URL_NAME
from civic_sourcing.answers.desk.queue import owner_of
from civic_sourcing.answers.desk.reach import keys_for, processes_for
from civic_sourcing.answers.display.adoptions import amount_of
from civic_sourcing.answers.display.departments import Names
from civic_sourcing.answers.models import Adoption, AdoptionStatus

SHOWN = 100
READ = ("contribution", "department", "owner__civic_participant")


class AdoptionFilterSet(WagtailFilterSet):
    """How it stands, who makes it, and whose it is."""

    status = django_filters.MultipleChoiceFilter(
        label=_("Status"), choices=AdoptionStatus.choices, widget=CheckboxSelectMultiple
    )
    department = django_filters.MultipleChoiceFilter(
        label=_("Department"),
        field_name="department__translation_key",
        choices=department_choices,
        widget=CheckboxSelectMultiple,
    )
    cares = django_filters.MultipleChoiceFilter(
        label=_("Who cares for it"),
        choices=[(MINE, _("me")), (NOBODY, _("nobody yet"))],
        method="by_owner",
        widget=CheckboxSelectMultiple,
    )

    class Meta:
        model = Adoption
        fields = ["status", "department", "cares"]

    def by_owner(self, rows: Any, name: str, values: list[str]) -> Any:
        conditions = {MINE: Q(owner=self.request.user), NOBODY: Q(owner=None)}
        return any_of(rows, conditions, values)


class AdoptionsView(DeskList):
    """What the city makes of things, first what is expected first."""

    model = Adoption
    page_title = _("Adopted")
    header_icon = "check"
    index_url_name = f"{URL_NAME}:adoptions"
    index_results_url_name = f"{URL_NAME}:adoptions_results"
    filterset_class = AdoptionFilterSet
    default_ordering = ("expected_on", "pk")
    tab = "adoptions"
    nothing = _("Nothing is adopted yet.")
    export_filename = "adopted"
    exported = {
        "title": _("Title"),
        "forum": _("Where"),
        "status": _("Status"),
        "department": _("Department"),
        "owner": _("Who cares for it"),
        "expected": _("Expected"),
        "adopted": pgettext_lazy("adoption", "Adopted"),
        "delivered": _("In force since"),
        "currency": _("Currency"),
        "planned": _("Planned money"),
        "spent": _("Spent so far"),
        "budget_line": _("Budget line"),
        "procedure": _("Rule or procedure that changes"),
        "uuid": _("Reference"),
    }

    def get_base_queryset(self) -> QuerySet[Adoption]:
        rows = Adoption.objects.filter(contribution__process__in=keys_for(self.request.user))
        return rows.with_spent().select_related(*READ)

    @cached_property
    def names(self) -> Names:
        return Names()

    @cached_property
    def columns(self) -> list[Column]:
        return [
            TitleColumn("title", label=_("What the city does"), view=self),
            Column("status", label=_("Status"), accessor="get_status_display", sort_key="status"),
            Column("forum", label=_("Where"), accessor=self.forum_of, classname=WIDE_ONLY),
            Column(
                "department",
                label=_("Department"),
                accessor=self.department_of,
                classname=WIDE_ONLY,
            ),
            Column("owner", label=_("Who cares for it"), accessor=owner_of, classname=WIDE_ONLY),
            DueColumn("expected_on", label=_("Expected"), view=self, sort_key="expected_on"),
        ]

    def url_of(self, row: Adoption) -> str:
        return address_of(row)

    def notes_of(self, row: Adoption) -> list[str]:
        return [self.forum_of(row), self.department_of(row), owner_of(row)]

    def department_of(self, row: Adoption) -> str:
        return self.names.of(row.department)

    def due_of(self, row: Adoption) -> dict[str, Any]:
        late = row.is_late(localdate())
        return {"at": row.expected_on, "is_late": late, "late": _("late") if late else ""}

    def cells(self, row: Adoption) -> dict[str, Any]:
        return {
            "title": self.title_of(row),
            "forum": self.forum_of(row),
            "status": row.get_status_display(),
            "department": self.department_of(row),
            "owner": owner_of(row),
            "expected": row.expected_on,
            "adopted": localdate(row.adopted_at),
            "delivered": localdate(row.delivered_at) if row.delivered_at else "",
            "currency": row.currency,
            "planned": amount_of(row.planned, row.currency),
            "spent": amount_of(row.spent, row.currency),
            "budget_line": row.budget_line,
            "procedure": row.procedure_changed,
            "uuid": row.uuid,
        }


class GapsView(AdoptionsView):
    """On the way, and nobody or no day is named."""

    page_title = _("Gaps")
    header_icon = "warning"
    template_name = "civic_sourcing/answers/admin/gaps.html"
    index_url_name = f"{URL_NAME}:gaps"
    index_results_url_name = f"{URL_NAME}:gaps_results"
    filterset_class = None
    tab = "gaps"
    introduction = _("Adopted, but nobody cares for it or no day is named.")
    nothing = _("No gaps: whatever is adopted has somebody who cares for it, and a day.")
    export_filename = "gaps"

    def get_base_queryset(self) -> QuerySet[Adoption]:
        gaps: Any = super().get_base_queryset()
        return gaps.gaps()

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(*args, **kwargs), "unplanned": self.unplanned()}

    def unplanned(self) -> list[dict[str, Any]]:
        """What was accepted in an answer, and nothing is made of it so far."""
        rows = accepted_without_plan(processes_for(self.request.user))
        return [
            {
                "title": self.title_of(row),
                "language": row.contribution.language,
                "url": reverse(f"{URL_NAME}:contribution", args=[row.contribution.uuid]),
                "forum": self.forum_of(row),
                "decision": row.get_decision_display(),
                "at": row.published_at,
            }
            for row in rows.select_related("contribution")[:SHOWN]
        ]

    @cached_property
    def columns(self) -> list[Column]:
        title, status, forum, department, *_rest = super().columns
        missing = Column("missing", label=_("What is missing"), accessor=missing_in)
        return [title, missing, status, forum, department]


def missing_in(row: Adoption) -> str:
    """What of the plan is not there."""
    missing = [
        str(words)
        for words, lacks in (
            (_("somebody who cares for it"), row.lacks_owner),
            (_("a day"), row.lacks_date),
        )
        if lacks
    ]
    return ", ".join(missing)
