"""The page of a budget vote: what it is about, what stood on the paper, what came out."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

import swapper
from django.apps import apps
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.fields import RichTextField
from wagtail.search import index

from civic_sourcing.budgets.booth.routes import BoothRoutes
from civic_sourcing.budgets.delivery.routes import DeliveryRoutes
from civic_sourcing.budgets.desk.panel import VoteDeskPanel
from civic_sourcing.budgets.exports.routes import ExportRoutes
from civic_sourcing.budgets.keeping import is_on_paper
from civic_sourcing.budgets.panels import VoteFactsPanel
from civic_sourcing.budgets.paper import ballot_paper
from civic_sourcing.budgets.projects.narrowing import Narrowed
from civic_sourcing.budgets.reasons import format_score
from civic_sourcing.budgets.results.routes import ResultRoutes
from civic_sourcing.processes.models import ProcessPageMixin
from civic_sourcing.processes.trail import trail_to

from .counts import CountResult
from .rules import BudgetRules

if TYPE_CHECKING:
    from django.http import HttpRequest

Page = swapper.load_model("wagtailcore", "Page", require_ready=False)


class BudgetVoteMixin(BoothRoutes, ResultRoutes, ExportRoutes, DeliveryRoutes, ProcessPageMixin):
    """
    What makes a page a budget vote. Put it before the page class, together with
    ``RoutablePageMixin``.

    Money, ballot, rule, projects, ballots and counts hang on the process, so that every translation
    shows the same vote; the page holds the texts. ``project_page_model`` names the page type of its
    projects.
    """

    process_kind = "budget"
    project_page_model = "civic_budgets.BudgetProjectPage"
    allowed_http_methods: ClassVar[list[str]] = ["GET", "HEAD", "OPTIONS"]

    introduction = RichTextField(_("introduction"), blank=True)
    source_note = models.TextField(
        _("source"),
        blank=True,
        help_text=_("Where the figures come from, with the citation the source asks for."),
    )
    text_language = models.CharField(
        _("language of the texts"),
        max_length=16,
        blank=True,
        help_text=_("Language code of title and introduction, if not the page's own."),
    )

    class Meta:
        abstract = True

    @property
    def text_locale(self) -> str:
        """The language code that title and introduction are written in."""
        return self.text_language or self.locale.language_code

    @cached_property
    def rules(self) -> BudgetRules | None:
        """Money, ballot and rule; ``None`` while nobody has set them."""
        return BudgetRules.objects.filter(process=self.process_id).first()

    @cached_property
    def latest_count(self) -> CountResult | None:
        """The count people see, the latest that is published; ``None`` before the first."""
        if self.process_id is None:
            return None
        return CountResult.objects.released_of(self.process)

    def project_pages(self) -> Any:
        """Published pages of the vote's projects, in all languages."""
        pages = apps.get_model(self.project_page_model).objects
        return pages.live().filter(project__process=self.process_id)

    def takes_projects(self) -> bool:
        """Whether projects can be added: held here, and not opened yet."""
        if self.alias_of_id or self.process_id is None:
            return False
        return not (self.rules and self.rules.imported) and not is_on_paper(self.process)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        count = self.latest_count
        return {
            **context,
            "rules": self.rules,
            "count": count,
            "projects": Narrowed(ballot_paper(self, request), request.GET),
            "ballots": count and format_score(count.document["ballots"]),
            "trail": trail_to(self, request),
            "results_url": self.results_url(request) if count else "",
        }

    def results_url(self, request: HttpRequest | None = None) -> str:
        return (self.get_url(request) or "") + self.reverse_subpage("results")


class BudgetVotePage(BudgetVoteMixin, RoutablePageMixin, Page):
    """A vote of citizens on what to spend a budget on."""

    subpage_types = ["civic_budgets.BudgetProjectPage"]
    template = "civic_sourcing/budgets/budget_vote_page.html"
    results_template = "civic_sourcing/budgets/budget_vote_results.html"

    content_panels = [
        *Page.content_panels,
        FieldPanel("introduction"),
        VoteDeskPanel(heading=_("The vote"), icon="list-ul"),
        VoteFactsPanel(heading=_("Facts")),
        MultiFieldPanel(
            [FieldPanel("source_note"), FieldPanel("text_language")],
            heading=_("Of a vote from elsewhere"),
            classname="collapsed",
        ),
        *BudgetVoteMixin.rules_panels,
    ]
    search_fields = [*Page.search_fields, index.SearchField("introduction")]

    class Meta:
        verbose_name = _("budget vote page")
        verbose_name_plural = _("budget vote pages")
