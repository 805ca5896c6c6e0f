"""
The list of challenges in Wagtail's explorer: where each stands, until when, for how much.

It shows them whatever page type they are of.
"""

from __future__ import annotations

from typing import Any

import swapper
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.ui.tables import BaseColumn, Column, DateColumn
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn, PageTitleColumn
from wagtail.admin.views.pages.listing import ExplorableIndexView
from wagtail.admin.viewsets import viewsets as registered
from wagtail.admin.viewsets.pages import PageViewSet

from civic_sourcing.answers.desk.columns import WIDE_ONLY
from civic_sourcing.challenges.desk import columns
from civic_sourcing.challenges.entering.places import challenge_models
from civic_sourcing.challenges.models import ChallengeMixin, ChallengePage
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

    def get_base_queryset(self) -> Any:
        """All that stand there, where a list holds challenges of several page types."""
        if len(type(self.parent_page).allowed_subpage_models()) > 1:
            self.model = swapper.load_model("wagtailcore", "Page")
        return super().get_base_queryset()

    def get_table(self, object_list: Any) -> Any:
        pages = list(object_list)
        columns.read_along(pages)
        return super().get_table(pages)


class ChallengeViewSet(PageViewSet):
    """
    How challenges of one page type are listed in the explorer. For other columns subclass it with
    your ``model`` and register that with the hook ``register_admin_viewset``.
    """

    model = ChallengePage
    index_view_class = ChallengesView
    columns = PageViewSet.UNDEFINED

    @cached_property
    def parent_models(self) -> list[Any]:
        """The lists that hold challenges only, of this page type and of others."""
        parents = self.model.allowed_parent_page_models()
        return [each for each in parents if holds_challenges_only(each)]


def holds_challenges_only(parent: Any) -> bool:
    return all(issubclass(each, ChallengeMixin) for each in parent.allowed_subpage_models())


def viewsets() -> list[ChallengeViewSet]:
    """One for each page type that is a challenge, unless the site has registered another for it."""
    known = {each.model for each in registered.viewsets if isinstance(each, PageViewSet)}
    return [ChallengeViewSet(model=each) for each in challenge_models() if each not in known]
