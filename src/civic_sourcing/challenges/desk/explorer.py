"""The list of challenges in Wagtail's explorer: where each stands, until when, for how much."""

from __future__ import annotations

from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.ui.tables import BaseColumn, Column, DateColumn
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn, PageTitleColumn
from wagtail.admin.views.pages.listing import ExplorableIndexView
from wagtail.admin.viewsets.pages import PageViewSet

from civic_sourcing.answers.desk.columns import WIDE_ONLY
from civic_sourcing.challenges.desk import columns
from civic_sourcing.challenges.models import ChallengePage
from civic_sourcing.core import clock


class ChallengesView(ExplorableIndexView):
    """The challenges below a list, with the state of their review and their status."""

    @cached_property
    def at(self) -> Any:
        return clock.now()

    @cached_property
    def columns(self) -> list[BaseColumn]:
        return [
            BulkActionsColumn("bulk_actions"),
            PageTitleColumn("title", label=_("Title"), sort_key="title", classname="title"),
            Column("state", label=pgettext_lazy("challenge", "State"), accessor=columns.state_of),
            Column(
                "public",
                label=_("Status"),
                accessor=lambda page: columns.status_of(page, self.at),
                classname=WIDE_ONLY,
            ),
            Column(
                "department",
                label=_("Department"),
                accessor=columns.department_of,
                classname=WIDE_ONLY,
            ),
            DateColumn("opens", label=_("Opens"), accessor=columns.opens_at, classname=WIDE_ONLY),
            DateColumn("closes", label=_("Closes"), accessor=columns.closes_at),
            Column("prize", label=_("Prize"), accessor=columns.prize_of, classname=WIDE_ONLY),
            PageStatusColumn("status", label=_("Page"), sort_key="live", classname=WIDE_ONLY),
        ]

    def annotate_queryset(self, pages: Any) -> Any:
        return columns.with_what_rows_show(super().annotate_queryset(pages))


class ChallengeViewSet(PageViewSet):
    """
    How challenges are listed in the explorer. For a page type of your own, subclass it with that
    ``model`` and register it with the hook ``register_admin_viewset``.
    """

    model = ChallengePage
    index_view_class = ChallengesView
    columns = PageViewSet.UNDEFINED
