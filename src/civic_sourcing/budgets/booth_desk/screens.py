"""Assisted voting: identify somebody, and give them a number for the booth."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import TemplateView
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, Table, TitleColumn
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from civic_sourcing.budgets.actions.casting import OpenDeskSession
from civic_sourcing.budgets.booth_desk.forms import PersonForm
from civic_sourcing.budgets.conf import conf
from civic_sourcing.budgets.models import VoteRun
from civic_sourcing.participants.codes.crockford import grouped
from civic_sourcing.participants.eligibility.admin.base import DESK_ROLES, FormScreen
from civic_sourcing.participants.eligibility.places import titles_of, visible_page
from civic_sourcing.processes.policies import written
from civic_sourcing.processes.roles import roles_anywhere, roles_of

NAMESPACE = "civic_vote_desk_admin"
FOLDER = "civic_sourcing/budgets/admin/booth_desk"


def address(name: str, *args: Any) -> str:
    return reverse(f"{NAMESPACE}:{name}", args=args)


def open_runs(user: Any) -> list[VoteRun]:
    """Votes people can vote in now, where ``user`` is at the desk."""
    runs = VoteRun.objects.in_earnest().filter(state=VoteRun.State.OPEN)
    return [run for run in runs.select_related("process") if roles_of(user, run) & DESK_ROLES]


class Index(WagtailAdminTemplateMixin, TemplateView):
    """The votes this desk can let people into."""

    template_name = f"{FOLDER}/index.html"
    page_title = gettext_lazy("Voting at the desk")
    header_icon = "desktop"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not roles_anywhere(request.user) & DESK_ROLES:
            raise Http404

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        runs = open_runs(self.request.user)
        titles = titles_of(run.process for run in runs)
        columns = [
            TitleColumn(
                "title",
                label=_("Vote"),
                accessor=lambda run: titles[run.process_id],
                get_url=lambda run: address("let_in", run.process.uuid),
            ),
            Column("closes_at", label=_("Closes"), accessor=lambda run: written(run.closes_at)),
        ]
        return context | {"table": Table(columns, runs) if runs else None}


@method_decorator([never_cache, sensitive_post_parameters()], name="dispatch")
class LetIn(FormScreen):
    """
    Say who the person is, and hand out a number. It is entered on another device than this one, so
    that the desk sees no ballot.
    """

    roles = DESK_ROLES
    page_title = gettext_lazy("Voting at the desk")
    submit = gettext_lazy("Let this person vote")
    template_name = f"{FOLDER}/let_in.html"
    form_class = PersonForm
    header_icon = "desktop"

    @cached_property
    def run(self) -> VoteRun:
        run = VoteRun.objects.of(self.process)
        if run is None or run.state != VoteRun.State.OPEN:
            raise Http404
        run.process = self.process
        return run

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.run  # noqa: B018 - 404 where nobody can vote

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "run": self.run}

    def act(self, form: Any) -> HttpResponse:
        ticket = OpenDeskSession(self.run, by=self.request.user, voter=form.person).execute()
        context = {
            "number": grouped(ticket.number),
            "until": ticket.expires_at,
            "booth": self.booth_address(),
        }
        fresh = self.get_form_class()(run=self.run)
        return self.render_to_response(self.get_context_data(form=fresh, **context))

    def booth_address(self) -> str:
        page: Any = visible_page(self.request, self.process)
        if page is None:
            return ""
        specific = page.specific
        path = (specific.get_url(self.request) or "") + specific.reverse_subpage("code")
        return str(self.request.build_absolute_uri(path))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {"minutes": conf.DESK_SESSION_MINUTES, "back": address("index")}


class DeskMenuItem(MenuItem):
    """Shown to whoever is at a desk anywhere."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(roles_anywhere(request.user) & DESK_ROLES)


class VoteDeskViewSet(ViewSet):
    """The screens of the desk, below ``admin/vote-desk/``."""

    name = NAMESPACE
    url_prefix = "vote-desk"
    icon = "desktop"
    menu_label = gettext_lazy("Voting at the desk")
    menu_order = 315
    add_to_admin_menu = True
    menu_item_class = DeskMenuItem

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", Index.as_view(), name="index"),
            path("<uuid:uuid>/", LetIn.as_view(), name="let_in"),
        ]
