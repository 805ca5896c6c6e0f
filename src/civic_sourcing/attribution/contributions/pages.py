"""One contribution in Wagtail's admin: family, people, versions, claim codes."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from civic_sourcing.attribution.actions.claim_codes import RevokeClaimCode
from civic_sourcing.attribution.contributions.codes import NumberedCode, codes_of
from civic_sourcing.attribution.contributions.places import (
    may_read_difference,
    may_read_in_admin,
    processes_of,
)
from civic_sourcing.attribution.credits.flow import credits_for
from civic_sourcing.attribution.credits.policies import may_enter, may_merge
from civic_sourcing.attribution.entering.places import titles_of
from civic_sourcing.attribution.family.drawing import draw
from civic_sourcing.attribution.family.tree import Family, family_of
from civic_sourcing.attribution.kinds import contribution_kinds
from civic_sourcing.attribution.models import Contribution, State
from civic_sourcing.attribution.similar.differences import difference_of
from civic_sourcing.attribution.views.answers import place_of
from civic_sourcing.core import clock
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.policies import Occasion, Policy

URL_NAME = "civic_contributions_admin"
READ = ("author__user", "entered_by__user", "process", "licence__licence")


class OneContribution(WagtailAdminTemplateMixin, TemplateView):
    """A page about one contribution, for people with a role in its process; others get 404."""

    header_icon = "list-ul"
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        rows = Contribution.objects.select_related(*READ)
        contribution = rows.filter(uuid=kwargs["uuid"]).first()
        if contribution is None or not may_read_in_admin(request.user, contribution):
            raise Http404
        self.contribution = contribution
        return super().dispatch(request, *args, **kwargs)

    @property
    def own_url(self) -> str:
        return reverse(f"{URL_NAME}:contribution", args=[self.contribution.uuid])

    def may(self, policy: Policy) -> bool:
        return policy.allows(Occasion(self.request.user, self.contribution, clock.now()))

    @property
    def title(self) -> str:
        return self.contribution.title or _now("without words")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            {"url": reverse("wagtailadmin_home"), "label": _now("Home")},
            {"url": reverse(f"{URL_NAME}:index"), "label": _now("Contributions")},
        ]


class ContributionView(OneContribution):
    """Everything the ledger knows of it that staff may see, and the ways on."""

    template_name = "civic_sourcing/attribution/admin/contribution.html"
    page_title = _("Contribution")

    def get_page_subtitle(self) -> str:
        return self.title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        contribution, family = self.contribution, self.family
        open_invitations = contribution.credits.invitations().select_related(
            "participant__user", "invited_by__user"
        )
        return {
            **super().get_context_data(**kwargs),
            "contribution": contribution,
            "facts": self.facts,
            "links": self.links,
            "difference": self.difference,
            "family": family,
            "drawing": draw(family) if family.has_relatives else None,
            "outline": family.outline(),
            "credits": credits_for(contribution),
            "open_invitations": open_invitations,
            "versions": contribution.versions.order_by("number"),
            "codes": codes_of(contribution),
            "may_revoke": self.may(may_enter),
        }

    @cached_property
    def family(self) -> Family:
        """The family as everybody sees it, led to the admin where the user has a role."""
        family = family_of(self.contribution)
        rows = Contribution.objects.filter(
            pk__in=family.members, process__in=processes_of(self.request.user)
        )
        for key, uuid in rows.values_list("pk", "uuid"):
            family.members[key].url = reverse(f"{URL_NAME}:contribution", args=[uuid])
        return family

    @property
    def difference(self) -> dict[str, Any] | None:
        """What its author said sets it apart, with links to what they compared it to."""
        user = self.request.user
        stated = (
            difference_of(self.contribution)
            if may_read_difference(user, self.contribution)
            else None
        )
        if stated is None:
            return None
        similar = [
            {
                "title": row.title or _now("without words"),
                "url": reverse(f"{URL_NAME}:contribution", args=[row.uuid]),
                "may_read": may_read_in_admin(user, row),
            }
            for row in stated.similar
            if row.is_public or may_read_in_admin(user, row)
        ]
        return {"reason": stated.reason, "similar": similar}

    @property
    def facts(self) -> list[tuple[Any, Any]]:
        row = self.contribution
        kinds = {kind.key: kind.label for kind in contribution_kinds()}
        process = titles_of([row.process]).get(row.process_id, str(row.process))
        facts = [
            (_("Kind"), kinds.get(row.kind, row.kind)),
            (_("Process"), process),
            (_("State"), row.get_state_display()),
            (_("Channel"), row.get_channel_display()),
            (_("Author"), row.author.public_name if row.author else "–"),
            (_("Number in the process"), row.sequence),
        ]
        if row.entered_by:
            facts.append((_("Entered by"), row.entered_by.public_name))
        if row.licence:
            facts.append((_("Licence"), row.licence.name))
        return facts

    @property
    def links(self) -> list[tuple[str, Any]]:
        """Where one can go from here: address and words."""
        row = self.contribution
        links: list[tuple[str, Any]] = []
        if row.state == State.PUBLISHED and self.may(may_merge):
            merge = reverse("civic_attribution_admin:merge")
            links = [
                (f"{merge}?{urlencode({'contribution': row.uuid})}", _("Merge with others")),
                (reverse("civic_attribution_admin:split", args=[row.uuid]), _("Split")),
            ]
        url = place_of(row)["url"] if row.is_public else ""
        if url:
            links.append((url, _("See it")))
        return [
            *links,
            (reverse("civic_attribution:credits", args=[row.uuid]), _("Credits page")),
            (reverse("civic_attribution:certificate", args=[row.uuid]), _("Certificate")),
        ]


class RevokeCodeView(OneContribution):
    """Ask, then revoke one claim code; where that cannot be, say why."""

    template_name = "civic_sourcing/attribution/admin/confirm_revoke_claim_code.html"
    page_title = _("Revoke a claim code")

    @cached_property
    def numbered(self) -> NumberedCode:
        if not self.may(may_enter):
            raise PermissionDenied
        for each in codes_of(self.contribution):
            if each.number == self.kwargs["number"]:
                return each
        raise Http404

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            RevokeClaimCode(self.numbered.code, by=request.user).execute()
        except ActionRefused as refused:
            messages.error(request, refused.message)
        else:
            number = {"number": self.numbered.number}
            messages.success(request, _now("Claim code %(number)s is revoked.") % number)
        return redirect(self.own_url)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": self.own_url, "label": self.title},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "contribution": self.contribution,
            "numbered": self.numbered,
            "own_url": self.own_url,
        }
