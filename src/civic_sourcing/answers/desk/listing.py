"""What the lists of officials share: columns, tabs, tables for spreadsheets."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.admin.views.generic import IndexView

from civic_sourcing.answers.desk.reach import process_titles
from civic_sourcing.answers.desk.screens import OfficialsOnly
from civic_sourcing.answers.desk.tabs import tabs_for
from civic_sourcing.attribution.kinds import contribution_kinds
from civic_sourcing.moderation.showing.tables import FORMULAS


class DeskList(OfficialsOnly, IndexView):
    """
    A list of rows with a ``contribution``, where the user is an official.

    ``exported`` are the columns of the table for spreadsheets: name to heading; ``cells`` says what
    is in them. ``nothing`` is what is said where there are no rows.
    """

    template_name = "civic_sourcing/answers/admin/queue.html"
    results_template_name = "civic_sourcing/answers/admin/queue_results.html"
    table_classname = "listing civic-answers-listing"
    header_icon = "mail"
    search_fields = ["contribution__title"]
    search_backend_name = None
    paginate_by = 50
    add_url_name = edit_url_name = inspect_url_name = delete_url_name = None
    any_permission_required: list[str] = []
    permission_policy = None
    tab = "due"
    introduction: Any = ""
    nothing: Any = ""
    exported: Mapping[str, Any] = {}

    @property
    def list_export(self) -> list[str]:
        return list(self.exported)

    @property
    def export_headings(self) -> Mapping[str, Any]:
        return self.exported

    def cells(self, row: Any) -> dict[str, Any]:
        """What stands in the columns of ``exported``."""
        raise NotImplementedError

    def to_row_dict(self, item: Any) -> dict[str, Any]:
        """Never a cell that a spreadsheet would take for a formula."""
        cells = self.cells(item)
        return {name: plain(cells[name]) for name in self.exported}

    @cached_property
    def at(self) -> datetime:
        return timezone.now()

    @cached_property
    def forums(self) -> dict[int, str]:
        return process_titles(self.request.user)

    @cached_property
    def kinds(self) -> dict[str, str]:
        return {kind.key: str(kind.label) for kind in contribution_kinds()}

    def title_of(self, row: Any) -> str:
        return str(row.contribution.public_title)

    def forum_of(self, row: Any) -> str:
        return self.forums.get(row.contribution.process_id, "–")

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        return {**context, "tabs": tabs_for(self.tab), "introduction": self.introduction}


def plain(value: Any) -> Any:
    """A cell as text where it is none of the simple types, and never a formula."""
    if value is None:
        return ""
    if isinstance(value, int | float | datetime):
        return value
    text = str(value)
    return f"'{text}" if text.startswith(FORMULAS) else text
