"""The list of contributions in Wagtail's admin, and its place in the menu."""

from __future__ import annotations

from typing import Any

import django_filters
from django.core.exceptions import PermissionDenied
from django.db.models import (
    Case,
    Count,
    Exists,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.base import ViewSet

from civic_sourcing.attribution.contributions.pages import (
    URL_NAME,
    ContributionView,
    RevokeCodeView,
)
from civic_sourcing.attribution.contributions.places import may_read_somewhere, processes_of
from civic_sourcing.attribution.entering.places import titles_of
from civic_sourcing.attribution.kinds import contribution_kinds
from civic_sourcing.attribution.models import Channel, Contribution, Credit, Role, State
from civic_sourcing.processes.models import Process

WIDE_ONLY = "civic-wide-only"
"""Columns that phones leave out; the page of a contribution has them all."""


def contributions_in(processes: QuerySet[Process]) -> QuerySet[Contribution]:
    """What was handed in there; ``named`` counts the credits, the author's too."""
    active = Credit.objects.active().filter(contribution=OuterRef("pk")).order_by()
    counted = active.values("contribution").annotate(number=Count("pk")).values("number")
    own = active.filter(role=Role.ORIGINATOR, participant=OuterRef("author"))
    author = Case(
        When(author=None, then=0), When(Exists(own), then=0), default=1, output_field=IntegerField()
    )
    rows = Contribution.objects.filter(process__in=processes)
    rows = rows.select_related("author__user", "process")
    return rows.annotate(named=Coalesce(Subquery(counted), Value(0)) + author)


def kind_choices() -> list[tuple[str, Any]]:
    return [(kind.key, kind.label) for kind in contribution_kinds()]


class ContributionFilterSet(WagtailFilterSet):
    """In which state, of which kind, and how it came."""

    state = django_filters.MultipleChoiceFilter(
        label=_("State"), choices=State.choices, widget=CheckboxSelectMultiple
    )
    kind = django_filters.MultipleChoiceFilter(
        label=_("Kind"), choices=kind_choices, widget=CheckboxSelectMultiple
    )
    channel = django_filters.MultipleChoiceFilter(
        label=_("Channel"), choices=Channel.choices, widget=CheckboxSelectMultiple
    )

    class Meta:
        model = Contribution
        fields = ["state", "kind", "channel"]


class ContributionsView(IndexView):
    """Everything handed in where the user has a role, the latest first."""

    model = Contribution
    template_name = "civic_sourcing/attribution/admin/contributions.html"
    page_title = _("Contributions")
    header_icon = "list-ul"
    index_url_name = f"{URL_NAME}:index"
    index_results_url_name = f"{URL_NAME}:index_results"
    filterset_class = ContributionFilterSet
    search_fields = ["title"]
    search_backend_name = None
    default_ordering = ("-received_at", "-pk")
    paginate_by = 50
    add_url_name = edit_url_name = inspect_url_name = delete_url_name = None
    any_permission_required: list[str] = []
    permission_policy = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_read_somewhere(request.user):
            raise PermissionDenied
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response

    def get_base_queryset(self) -> QuerySet[Contribution]:
        return contributions_in(self.processes)

    @cached_property
    def processes(self) -> QuerySet[Process]:
        return processes_of(self.request.user)

    @cached_property
    def process_titles(self) -> dict[int, str]:
        return titles_of(list(self.processes.all()))

    def process_title(self, contribution: Contribution) -> str:
        return self.process_titles.get(contribution.process_id, str(contribution.process))

    @cached_property
    def columns(self) -> list[Column]:
        kinds = dict(kind_choices())
        return [
            TitleColumn(
                "title",
                label=_("Title"),
                accessor=lambda row: row.title or _("without words"),
                get_url=lambda row: reverse(f"{URL_NAME}:contribution", args=[row.uuid]),
                sort_key="title",
            ),
            Column(
                "kind",
                label=_("Kind"),
                accessor=lambda row: kinds.get(row.kind, row.kind),
                classname=WIDE_ONLY,
            ),
            Column(
                "process",
                label=_("Process"),
                accessor=self.process_title,
                classname=WIDE_ONLY,
            ),
            Column("state", label=_("State"), accessor="get_state_display", sort_key="state"),
            Column(
                "channel",
                label=_("Channel"),
                accessor="get_channel_display",
                classname=WIDE_ONLY,
            ),
            Column("author", label=_("Author"), accessor=author_name),
            DateColumn("received_at", label=_("Received"), sort_key="received_at"),
            Column("named", label=_("Credits"), sort_key="named", classname=WIDE_ONLY),
        ]


def author_name(contribution: Contribution) -> str:
    return contribution.author.public_name if contribution.author else "–"


class ContributionsMenuItem(MenuItem):
    """Shown to whoever has a role somewhere."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_read_somewhere(request.user)


class ContributionViewSet(ViewSet):
    """The ledger: list, one page for each contribution, and revoking its claim codes."""

    name = URL_NAME
    url_prefix = "civic/contributions"
    icon = "list-ul"
    menu_label = _("Contributions")
    menu_name = "civic-contributions"
    menu_order = 255
    add_to_admin_menu = True
    menu_item_class = ContributionsMenuItem

    def get_urlpatterns(self) -> list[Any]:
        results = ContributionsView.as_view(results_only=True)
        return [
            path("", ContributionsView.as_view(), name="index"),
            path("results/", results, name="index_results"),
            path("<uuid:uuid>/", ContributionView.as_view(), name="contribution"),
            path(
                "<uuid:uuid>/codes/<int:number>/revoke/",
                RevokeCodeView.as_view(),
                name="revoke_claim_code",
            ),
        ]
