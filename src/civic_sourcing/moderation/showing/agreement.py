"""How alike moderators decide: for stewards, exact and not for publication."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from civic_sourcing.attribution.contributions.places import processes_of
from civic_sourcing.moderation.models import SecondOpinion
from civic_sourcing.moderation.showing.log import rule_titles
from civic_sourcing.processes.roles import roles_anywhere

STEWARDS = frozenset({"steward"})
NAME = "civic_moderation_agreement"


@dataclass(frozen=True)
class Rate:
    """Second opinions under one rule: how many were asked and given, and how many agreed."""

    rule: str
    asked: int
    given: int
    agreed: int

    @property
    def percent(self) -> int | None:
        """Whole percent of the given ones that agreed; ``None`` without any."""
        return round(100 * self.agreed / self.given) if self.given else None


def rates_for(user: Any) -> list[Rate]:
    """Agreement by rule, over the processes of which ``user`` is a steward; lowest first."""
    opinions = SecondOpinion.objects.all()
    if not user.is_superuser:
        opinions = opinions.filter(decision__case__process__in=processes_of(user, STEWARDS))
    rule = Coalesce("decision__rule__translation_key", "decision__case__rule__translation_key")
    rows = (
        opinions.order_by()
        .values(key=rule)
        .annotate(
            asked=Count("pk"), given=Count("given_at"), agreed=Count("pk", filter=Q(agrees=True))
        )
    )
    titles = rule_titles()
    rates = [
        Rate(
            titles.get(str(row["key"]), _now("No rule")), row["asked"], row["given"], row["agreed"]
        )
        for row in rows
    ]
    return sorted(rates, key=lambda rate: (rate.percent is None, rate.percent, rate.rule))


def is_steward(user: Any) -> bool:
    return bool(roles_anywhere(user) & STEWARDS)


class AgreementView(WagtailAdminTemplateMixin, TemplateView):
    """Agreement of second opinions per rule. Others than stewards answer 403."""

    template_name = "civic_sourcing/moderation/admin/agreement.html"
    page_title = _("Agreement of moderators")
    header_icon = "group"
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not is_steward(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        home = {"url": reverse("wagtailadmin_home"), "label": _now("Home")}
        return [home, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "rates": rates_for(self.request.user)}


class AgreementMenuItem(MenuItem):
    """Among the reports of the admin, for stewards only."""

    def is_shown(self, request: HttpRequest) -> bool:
        return is_steward(request.user)


def menu_item() -> MenuItem:
    return AgreementMenuItem(_("Agreement of moderators"), reverse(NAME), icon_name="group")


ADDRESSES = [path("civic/moderation-agreement/", AgreementView.as_view(), name=NAME)]
