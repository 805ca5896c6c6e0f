"""The columns of officials' lists that are more than a word."""

from __future__ import annotations

from typing import Any

from wagtail.admin.ui.tables import Column

FOLDER = "civic_sourcing/answers/admin/columns"
WIDE_ONLY = "civic-wide-only"
"""Columns that phones leave out; the page of the contribution has them all."""


class TitleColumn(Column):
    """What it is about, with what phones leave out beneath."""

    cell_template_name = f"{FOLDER}/title.html"

    def __init__(self, *args: Any, view: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.view = view

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        return {
            **super().get_cell_context_data(instance, parent_context),
            "url": self.view.url_of(instance),
            "title": self.view.title_of(instance),
            "language": instance.contribution.language,
            "notes": [note for note in self.view.notes_of(instance) if note],
        }


class DueColumn(Column):
    """Until when; what is late says so in words and in colour."""

    cell_template_name = f"{FOLDER}/due.html"

    def __init__(self, *args: Any, view: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.view = view

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        return {
            **super().get_cell_context_data(instance, parent_context),
            "due": self.view.due_of(instance),
        }
