"""The columns of the queue that are more than a word."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from wagtail.admin.ui.tables import BaseColumn, Column

from civic_sourcing.moderation.colleagues import name_of
from civic_sourcing.moderation.models import Case

WIDE_ONLY = "civic-wide-only"
"""Columns that phones leave out; the page of a case has them all."""
FOLDER = "civic_sourcing/moderation/admin/columns"


class SeenBy:
    """A column that asks the view of the queue what it knows of a row."""

    def __init__(self, *args: Any, view: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.view = view


class ChooseColumn(SeenBy, BaseColumn):
    """A box to tick, of the form that decides several cases together."""

    header_template_name = f"{FOLDER}/choose_header.html"
    cell_template_name = f"{FOLDER}/choose.html"

    def get_cell_context_data(self, instance: Case, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        return {**context, "case": instance, "title": self.view.title_of(instance)}


class CaseColumn(SeenBy, Column):
    """What it is about, with marks for what presses and for who is at it."""

    cell_template_name = f"{FOLDER}/case.html"

    def get_cell_context_data(self, instance: Case, parent_context: Any) -> dict[str, Any]:
        view = self.view
        lease = getattr(instance, "lease", None)
        busy = lease if lease and lease.keeps_out(view.request.user, view.at) else None
        return {
            **super().get_cell_context_data(instance, parent_context),
            "case": instance,
            "title": view.title_of(instance),
            "kind": view.kind_of(instance),
            "forum": view.forum_of(instance),
            "url": view.url_of(instance),
            "busy": name_of(busy.holder) if busy else "",
            "is_overdue": instance.is_overdue(view.at),
            "at": view.at,
        }


class AgeColumn(SeenBy, Column):
    """How long it has waited, against the time it should take at most."""

    cell_template_name = f"{FOLDER}/age.html"

    def get_value(self, instance: Case) -> Any:
        return instance.due_at

    def get_cell_context_data(self, instance: Case, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        at: datetime = self.view.at
        return {
            **context,
            "case": instance,
            "at": at,
            "is_overdue": instance.is_overdue(at),
            "share": share_of_target(instance, at),
        }


def share_of_target(case: Case, at: datetime) -> int:
    """How much of its target time an open case has used, in percent, 100 at most."""
    whole = (case.due_at - case.opened_at).total_seconds()
    used = (at - case.opened_at).total_seconds()
    return 100 if whole <= 0 else max(0, min(100, round(100 * used / whole)))
