"""What is owed where the user is an official, the most urgent first."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.ui.tables import Column

from civic_sourcing.answers.desk.columns import WIDE_ONLY, DueColumn, TitleColumn
from civic_sourcing.answers.desk.filters import PromiseFilterSet
from civic_sourcing.answers.desk.listing import DeskList
from civic_sourcing.answers.desk.names import URL_NAME
from civic_sourcing.answers.desk.reach import keys_for
from civic_sourcing.answers.display.causes import cause_label
from civic_sourcing.answers.display.clocks import lateness
from civic_sourcing.answers.display.departments import Names
from civic_sourcing.answers.models import ADOPTION, Promise, PromiseState
from civic_sourcing.moderation.colleagues import name_of

INSTANT = timedelta(microseconds=1)
"""What is due at midnight is due on the day before."""
DUE = pgettext_lazy("promise", "Due")
READ = ("contribution__adoption", "department", "owner__civic_participant")


class QueueView(DeskList):
    """Promises the city has made, first those that are due first."""

    model = Promise
    page_title = _("Answers")
    index_url_name = f"{URL_NAME}:index"
    index_results_url_name = f"{URL_NAME}:index_results"
    filterset_class = PromiseFilterSet
    default_ordering = ("due_at", "pk")
    nothing = _("Nothing is owed. All promises are kept.")
    export_filename = "answers-due"
    exported = {
        "title": _("Title"),
        "kind": _("Kind"),
        "forum": _("Where"),
        "owed": _("What is owed"),
        "cause": _("Why"),
        "made": _("Promised"),
        "due": DUE,
        "first_due": _("First due"),
        "state": _("State"),
        "kept": pgettext_lazy("promise", "Kept"),
        "days_late": _("Days late"),
        "department": _("Department"),
        "owner": _("Who cares for it"),
        "uuid": _("Reference"),
    }

    def get_base_queryset(self) -> QuerySet[Promise]:
        rows = Promise.objects.in_sight()
        rows = rows.filter(contribution__process__in=keys_for(self.request.user))
        return rows.select_related(*READ)

    @cached_property
    def names(self) -> Names:
        return Names()

    @cached_property
    def columns(self) -> list[Column]:
        return [
            TitleColumn("title", label=_("About"), view=self),
            *(
                Column(name, label=label, accessor=accessor, classname=WIDE_ONLY)
                for name, label, accessor in (
                    ("owed", _("What is owed"), "get_kind_display"),
                    ("cause", _("Why"), self.cause_of),
                    ("forum", _("Where"), self.forum_of),
                    ("department", _("Department"), self.department_of),
                    ("owner", _("Who cares for it"), owner_of),
                )
            ),
            DueColumn("due_at", label=DUE, view=self, sort_key="due_at"),
        ]

    def url_of(self, row: Promise) -> str:
        if row.contribution.kind == ADOPTION:
            return reverse(f"{URL_NAME}:adoption", args=[row.contribution.adoption.uuid])
        return reverse(f"{URL_NAME}:contribution", args=[row.contribution.uuid])

    def notes_of(self, row: Promise) -> list[str]:
        return [
            str(row.get_kind_display()),
            self.forum_of(row),
            self.department_of(row),
        ]

    def department_of(self, row: Promise) -> str:
        return self.names.of(row.department)

    def cause_of(self, row: Promise) -> str:
        return str(cause_label(row.cause))

    def due_of(self, row: Promise) -> dict[str, Any]:
        late = row.is_overdue(self.at) or row.state == PromiseState.LATE_KEPT
        return {
            "at": row.due_at - INSTANT,
            "is_late": row.is_overdue(self.at),
            "late": lateness((row.kept_at or self.at) - row.due_at) if late else "",
            "state": "" if row.is_running else row.get_state_display(),
            "is_extended": row.is_extended,
        }

    def cells(self, row: Promise) -> dict[str, Any]:
        over = (row.kept_at or self.at) - row.due_at
        is_late = row.is_overdue(self.at) or row.state == PromiseState.LATE_KEPT
        return {
            "title": self.title_of(row),
            "kind": self.kinds.get(row.contribution.kind, row.contribution.kind),
            "forum": self.forum_of(row),
            "owed": row.get_kind_display(),
            "cause": self.cause_of(row),
            "made": day(row.made_at),
            "due": day(row.due_at - INSTANT),
            "first_due": day(row.first_due_at - INSTANT),
            "state": _("overdue") if row.is_overdue(self.at) else row.get_state_display(),
            "kept": day(row.kept_at) if row.kept_at else "",
            "days_late": over.days if is_late else 0,
            "department": self.department_of(row),
            "owner": owner_of(row),
            "uuid": row.uuid,
        }


def owner_of(row: Any) -> str:
    return name_of(row.owner) if row.owner else ""


def day(moment: Any) -> str:
    return localtime(moment).date().isoformat()
