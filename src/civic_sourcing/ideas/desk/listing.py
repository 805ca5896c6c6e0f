"""The list of a forum's ideas in Wagtail's explorer: where each stands, and what is owed to it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any, ClassVar

from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import hooks
from wagtail.admin.ui.tables import BaseColumn, Column, DateColumn
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn, PageTitleColumn
from wagtail.admin.views.pages.listing import ExplorableIndexView
from wagtail.admin.viewsets.pages import PageViewSet

from civic_sourcing.answers.desk.columns import WIDE_ONLY
from civic_sourcing.answers.desk.listing import plain
from civic_sourcing.answers.display.clocks import lateness
from civic_sourcing.answers.models import Promise
from civic_sourcing.ideas.desk.filters import IdeaFilterSet
from civic_sourcing.ideas.models import IdeaForumMixin, IdeaPage
from civic_sourcing.ideas.search.find import found
from civic_sourcing.moderation.colleagues import name_of

INSTANT = timedelta(microseconds=1)
"""What is due at midnight is due on the day before."""

FOLDER = "civic_sourcing/ideas/admin"


class DueColumn(BaseColumn):
    """Until when the city owes an answer; what is late says so in words and in colour."""

    cell_template_name = "civic_sourcing/answers/admin/columns/due.html"

    def __init__(self, *args: Any, view: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.view = view

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        return {**context, "due": self.view.due_of(instance)}


class IdeasView(ExplorableIndexView):
    """
    All ideas of a forum, whichever of its languages they were written in, the latest first.

    What waits or is hidden is named by its number, and without its author.
    """

    template_name = f"{FOLDER}/ideas.html"
    default_ordering = "-filed_at"
    shown: list[int] | None = None
    """Keys of the contributions on the screen; ``None`` for a spreadsheet, which has all."""

    filterset_class = IdeaFilterSet
    exported: ClassVar[Mapping[str, Any]] = {
        "title": _("Title"),
        "author": _("Author"),
        "stage": _("Stage"),
        "supports": pgettext_lazy("ideas", "Support"),
        "comments": _("Comments"),
        "category": pgettext_lazy("idea", "Category"),
        "district": _("District"),
        "language": _("Language"),
        "filed": pgettext_lazy("ideas", "Filed"),
        "due": _("Answer due"),
        "owner": _("Who cares for it"),
        "department": _("Department"),
        "state": _("State"),
        "address": _("Address"),
        "uuid": _("Reference"),
    }
    list_export = list(exported)
    export_headings = exported
    export_filename = "ideas"

    @cached_property
    def process(self) -> Any:
        """That of the forum whose ideas are shown; none on a page that is no forum."""
        page = self.parent_page
        return page.process if isinstance(page, IdeaForumMixin) else None

    @cached_property
    def columns(self) -> list[BaseColumn]:
        number = partial(Column, classname=WIDE_ONLY)
        tally = "contribution__idea_tally__"
        return [
            BulkActionsColumn("bulk_actions"),
            PageTitleColumn("title", label=_("Title"), sort_key="title", classname="title"),
            Column("stage", label=_("Stage"), accessor="get_stage_display", sort_key="stage"),
            Column(
                "supports",
                label=pgettext_lazy("ideas", "Support"),
                accessor=partial(tally_of, "supports"),
                sort_key=f"{tally}supports",
            ),
            number(
                "comments",
                label=_("Comments"),
                accessor=partial(tally_of, "comments"),
                sort_key=f"{tally}comments",
            ),
            DueColumn("due", label=_("Answer due"), view=self),
            number("owner", label=_("Who cares for it"), accessor=self.owner_of),
            DateColumn(
                "filed_at",
                label=pgettext_lazy("ideas", "Filed"),
                sort_key="filed_at",
                classname=WIDE_ONLY,
            ),
            PageStatusColumn("status", label=_("Status"), sort_key="live", classname=WIDE_ONLY),
        ]

    @property
    def explorable_columns(self) -> list[BaseColumn]:
        """Ideas have no pages below them to go on to."""
        return self.columns

    @cached_property
    def show_locale_labels(self) -> bool:
        return bool(self.i18n_enabled)

    def get_filterset_kwargs(self) -> dict[str, Any]:
        return {**super().get_filterset_kwargs(), "process": self.process}

    def get_base_queryset(self) -> Any:
        ideas = self.model._default_manager.all()
        if not self.is_searching_whole_tree:
            ideas = (
                ideas.filter(process=self.process)
                if self.process
                else ideas.descendant_of(self.parent_page)
            )
        allowed = self.permission_policy.explorable_instances(self.request.user)
        return self.annotate_queryset(ideas.filter(pk__in=allowed.values_list("pk", flat=True)))

    def annotate_queryset(self, pages: Any) -> Any:
        """With what a row shows; ideas are fetched as what they are, and without their text."""
        pages = pages.select_related(
            "locale",
            "category",
            "district",
            "process",
            "contribution__process",
            "contribution__idea_tally",
            *(["contribution__author__user"] if self.is_export else []),
        ).defer("description", "rendered_html")
        pages = pages.prefetch_related("content_type", "sites_rooted_here")
        pages = pages.prefetch_workflow_states()
        return pages.annotate_site_root_state().annotate_approved_schedule()

    def search_queryset(self, queryset: Any) -> Any:
        """Look for words as the public list does, in Korean too."""
        for hook in hooks.get_hooks("construct_explorer_page_queryset"):
            queryset = hook(self.parent_page, queryset, self.request)
        return found(queryset, self.search_query) if self.is_searching else queryset

    def order_queryset(self, queryset: Any) -> Any:
        by = self.ordering or self.default_ordering
        if isinstance(by, str) and by != "ord":
            return queryset.order_by(by, "-pk")
        return queryset.order_by("-filed_at", "-pk")

    def get_ordering(self) -> Any:
        wanted = self.request.GET.get("ordering", self.default_ordering)
        return wanted if wanted in self.get_valid_orderings() else self.default_ordering

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        if not self.is_export:
            self.shown = [idea.contribution_id for idea in context["object_list"]]
        return {**context, "idea_opts": self.model._meta}

    @cached_property
    def at(self) -> datetime:
        return timezone.now()

    @cached_property
    def promises(self) -> dict[int, Promise]:
        """The first answer owed to each idea shown, by key of its row in the ledger; one query."""
        running = Promise.objects.running().answers()
        if self.shown is not None:
            running = running.filter(contribution__in=self.shown)
        elif self.process and not self.is_searching_whole_tree:
            running = running.filter(contribution__process=self.process)
        rows = running.select_related("owner__civic_participant", "department")
        return {row.contribution_id: row for row in rows.order_by("-due_at", "-pk")}

    def due_of(self, idea: Any) -> dict[str, Any] | None:
        promise = self.promises.get(idea.contribution_id)
        if promise is None:
            return None
        late = promise.is_overdue(self.at)
        return {
            "at": promise.due_at - INSTANT,
            "is_late": late,
            "late": lateness(self.at - promise.due_at) if late else "",
            "state": "",
            "is_extended": promise.is_extended,
        }

    def owner_of(self, idea: Any) -> str:
        promise = self.promises.get(idea.contribution_id)
        if promise is None:
            return "–"
        names = [name_of(promise.owner)] if promise.owner else []
        return ", ".join([*names, *([str(promise.department)] if promise.department else [])]) or (
            "–"
        )

    def to_row_dict(self, item: Any) -> dict[str, Any]:
        """One row of the spreadsheet. Never a cell that would be taken for a formula."""
        promise = self.promises.get(item.contribution_id)
        cells = {
            "title": item.get_admin_display_title(),
            "author": item.author_name if item.live else "",
            "stage": item.get_stage_display(),
            "supports": tally_of("supports", item),
            "comments": tally_of("comments", item),
            "category": item.category or "",
            "district": item.district or "",
            "language": item.locale.language_code,
            "filed": item.filed_at,
            "due": promise.due_at if promise else "",
            "owner": name_of(promise.owner) if promise and promise.owner else "",
            "department": promise.department if promise and promise.department else "",
            "state": item.contribution.get_state_display(),
            "address": (item.get_full_url(self.request) or "") if item.live else "",
            "uuid": str(item.uuid),
        }
        return {name: plain(cells[name]) for name in self.exported}


class IdeaViewSet(PageViewSet):
    """
    How ideas are listed below their forum. For an idea page type of your own, subclass it with
    that ``model`` and register it with the hook ``register_admin_viewset``.
    """

    model = IdeaPage
    index_view_class = IdeasView
    columns = PageViewSet.UNDEFINED
    export_filename = "ideas"
    filterset_class = IdeaFilterSet


def tally_of(name: str, idea: Any) -> int:
    """A number of an idea; 0 while nothing has been counted yet."""
    tally = getattr(idea.contribution, "idea_tally", None)
    return getattr(tally, name, 0)
