"""The stewards' queue and their page of one claim, in Wagtail's admin."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import django_filters
from django.core.exceptions import PermissionDenied
from django.db.models import F, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from civic_sourcing.attribution.actions.claim_decisions import DecideClaim
from civic_sourcing.attribution.claims import rules
from civic_sourcing.attribution.claims.display import outcome_sentence, sides_of, steps_of
from civic_sourcing.attribution.claims.forms import DecisionForm
from civic_sourcing.attribution.claims.people import (
    STEWARD,
    bar_for,
    is_steward,
    processes_of_steward,
)
from civic_sourcing.attribution.claims.policies import BARS
from civic_sourcing.attribution.claims.rules import Bar
from civic_sourcing.attribution.models import Claim, ClaimState
from civic_sourcing.core import clock
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.participants.models import Participant
from civic_sourcing.processes.policies import written
from civic_sourcing.processes.roles import roles_anywhere

URL_NAME = "civic_claims_admin"
WAITING, OVERDUE, OPEN = "waiting", "overdue", "open"


def queue_of(user: Any) -> QuerySet[Claim]:
    """
    Claims in the processes where ``user`` is steward, those of their own left out.

    Who is a party sees a claim from that side only.
    """
    person = Participant.objects.of(user)
    rows = Claim.objects.filter(contribution__process__in=processes_of_steward(user))
    own = Claim.objects.of_party(person).values("pk")
    return rows.exclude(pk__in=own).select_related("contribution__process", "claimant__user")


def may_see_queue(user: Any) -> bool:
    """Whether ``user`` is steward anywhere on the site."""
    return STEWARD in roles_anywhere(user)


class ClaimFilterSet(WagtailFilterSet):
    """What waits, what is late, and in which state."""

    urgency = django_filters.ChoiceFilter(
        label=_("To do"),
        choices=[
            (WAITING, pgettext_lazy("claim", "waiting for a decision")),
            (OVERDUE, _("overdue")),
            (OPEN, _("open")),
        ],
        method="filter_urgency",
    )
    state = django_filters.MultipleChoiceFilter(label=_("State"), choices=ClaimState.choices)

    class Meta:
        model = Claim
        fields = ["state"]

    def filter_urgency(self, rows: Any, name: str, value: str) -> Any:
        at = clock.now()
        found = {
            WAITING: Claim.objects.waiting_for_steward(at),
            OVERDUE: Claim.objects.overdue(at),
            OPEN: Claim.objects.open(),
        }[value]
        return rows.filter(pk__in=found.values("pk"))


class DueColumn(Column):
    """The deadline of the present state, red where a decision is overdue."""

    cell_template_name = "civic_sourcing/attribution/admin/claim_due.html"

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.at = at

    def get_value(self, instance: Claim) -> dict[str, Any]:
        return {
            "due_at": instance.due_at,
            "is_overdue": instance.is_overdue(self.at),
        }


class QueueView(IndexView):
    """All claims a steward may see, the most urgent first."""

    model = Claim
    template_name = "civic_sourcing/attribution/admin/claims_queue.html"
    page_title = _("Ownership claims")
    header_icon = "copy"
    index_url_name = f"{URL_NAME}:index"
    index_results_url_name = f"{URL_NAME}:index_results"
    filterset_class = ClaimFilterSet
    default_ordering = ("due_at", "pk")
    paginate_by = 50
    is_searchable = False
    add_url_name = edit_url_name = inspect_url_name = delete_url_name = None
    any_permission_required: list[str] = []
    permission_policy = None

    def order_queryset(self, queryset: Any) -> Any:
        """What is closed is due never, and comes last on every database."""
        if self.ordering == self.default_ordering:
            return queryset.order_by(F("due_at").asc(nulls_last=True), "pk")
        return super().order_queryset(queryset)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_see_queue(request.user):
            raise PermissionDenied
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response

    def get_base_queryset(self) -> QuerySet[Claim]:
        return queue_of(self.request.user)

    @cached_property
    def columns(self) -> list[Column]:
        return [
            TitleColumn(
                "contribution",
                label=_("Contribution"),
                accessor="contribution.title",
                get_url=lambda claim: reverse(f"{URL_NAME}:decide", args=[claim.uuid]),
            ),
            Column("claimant", label=_("Who claims"), accessor="claimant.public_name"),
            Column("state", label=_("State"), accessor="get_state_display", sort_key="state"),
            DueColumn("due_at", label=_("Due"), sort_key="due_at", at=clock.now()),
            DateColumn("filed_at", label=_("Filed"), sort_key="filed_at"),
        ]


class DecideView(WagtailAdminTemplateMixin, TemplateView):
    """Both sides beside each other, the texts as published then, and the form to decide."""

    template_name = "civic_sourcing/attribution/admin/decide_claim.html"
    page_title = _("Ownership claim")
    header_icon = "copy"
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        rows = Claim.objects.select_related("contribution__process", "claimant__user")
        claim = rows.filter(uuid=kwargs["uuid"]).first()
        if claim is None or not is_steward(request.user, claim):
            raise Http404
        self.claim = claim
        self.bar = bar_for(request.user, claim)
        if self.bar is Bar.PARTY:
            messages.error(request, BARS[Bar.PARTY])
            return redirect(f"{URL_NAME}:index")
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = DecisionForm(request.POST)
        refused = None
        if form.is_valid():
            try:
                DecideClaim(self.claim, by=request.user, **form.decision).execute()
            except ActionRefused as error:
                refused = error.message
                self.claim = Claim.objects.get(pk=self.claim.pk)
            else:
                messages.success(request, _("Your decision is recorded. Both sides were told."))
                return redirect(f"{URL_NAME}:decide", self.claim.uuid)
        context = self.get_context_data(form=form, refused=refused)
        return self.render_to_response(context, status=409 if refused else 200)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            {"url": reverse("wagtailadmin_home"), "label": _now("Home")},
            {"url": reverse(f"{URL_NAME}:index"), "label": _now("Ownership claims")},
            {"url": "", "label": self.claim.contribution.title},
        ]

    def get_page_subtitle(self) -> str:
        title: str = self.claim.contribution.title
        return title

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        at, claim = clock.now(), self.claim
        number = claim.decisions.count() + 1
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {
            "form": DecisionForm(initial={"number": number}),
            **context,
            "claim": claim,
            "sides": sides_of(claim),
            "steps": steps_of(claim),
            "is_overdue": claim.is_overdue(at),
            "decisions": [
                {"decision": row, "sentence": outcome_sentence(row)}
                for row in claim.decisions.select_related("steward__user", "claim__claimant__user")
            ],
            "bar": BARS[self.bar] if self.bar else "",
            "may_decide": self.bar is None and rules.may_be_decided(claim.stage, claim.due_at, at),
            "waits_until": written(claim.due_at)
            if claim.due_at and claim.stage in rules.HEARING
            else "",
            **kwargs,
        }


class ClaimsMenuItem(MenuItem):
    """For stewards only, with how many claims wait for a decision."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_see_queue(request.user)

    def render_component(self, request: HttpRequest) -> Any:
        waiting = Claim.objects.waiting_for_steward(clock.now()).values("pk")
        count = queue_of(request.user).filter(pk__in=waiting).count()
        component = super().render_component(request)
        if count:
            component.label = f"{self.label} ({count})"
        return component


class ClaimViewSet(ViewSet):
    """Ownership claims: queue and decision."""

    name = URL_NAME
    url_prefix = "civic/claims"
    icon = "copy"
    menu_label = _("Claims")
    menu_name = "civic-claims"
    menu_order = 260
    add_to_admin_menu = True
    menu_item_class = ClaimsMenuItem

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", QueueView.as_view(), name="index"),
            path("results/", QueueView.as_view(results_only=True), name="index_results"),
            path("<uuid:uuid>/", DecideView.as_view(), name="decide"),
        ]
