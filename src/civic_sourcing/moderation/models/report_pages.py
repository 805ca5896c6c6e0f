"""The page on which a town accounts for its moderation, period by period."""

from __future__ import annotations

from hashlib import sha256
from importlib import import_module
from typing import Any

import swapper
from django.core.validators import MinValueValidator
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import StreamField
from wagtail.search import index

from civic_sourcing.moderation.figures import Period
from civic_sourcing.moderation.showing.forms import ModerationReportForm

Page: Any = swapper.load_model("wagtailcore", "Page", require_ready=False)

INTRODUCTION_BLOCKS = [
    ("heading", blocks.CharBlock(label=_("heading"), icon="title")),
    (
        "paragraph",
        blocks.RichTextBlock(label=_("paragraph"), features=["bold", "italic", "link", "ol", "ul"]),
    ),
    ("notice", blocks.TextBlock(label=_("notice"), icon="warning")),
]


class Part(models.TextChoices):
    """What of a year a report covers."""

    YEAR = "year", _("the whole year")
    FIRST_HALF = "h1", _("first half")
    SECOND_HALF = "h2", _("second half")
    Q1 = "q1", _("first quarter")
    Q2 = "q2", _("second quarter")
    Q3 = "q3", _("third quarter")
    Q4 = "q4", _("fourth quarter")


class ModerationReportMixin(RoutablePageMixin, models.Model):
    """
    What makes a page a moderation report: put it before the page class.

    The figures are counted after the page is published for the first time, once for all its
    translations, and stay as they are; before that, a preview counts them anew.
    """

    year = models.PositiveSmallIntegerField(_("year"), validators=[MinValueValidator(2000)])
    part = models.CharField(_("part of the year"), max_length=8, choices=Part)
    forums = models.JSONField(
        _("forums"),
        default=list,
        blank=True,
        help_text=_("None chosen: all that everybody may read, and profiles."),
    )
    introduction = StreamField(INTRODUCTION_BLOCKS, blank=True, verbose_name=_("introduction"))

    base_form_class = ModerationReportForm
    civic_panels = [
        MultiFieldPanel(
            [FieldPanel("year"), FieldPanel("part"), FieldPanel("forums")], heading=_("Figures")
        ),
        FieldPanel("introduction"),
    ]
    civic_search_fields = [index.SearchField("introduction")]

    class Meta:
        abstract = True

    @property
    def period(self) -> Period:
        return Period(self.year, self.part)

    @property
    def scope(self) -> str:
        """What is counted, in short: another period or other forums are other figures."""
        forums = ",".join(sorted(self.forums or []))
        return f"{self.year}-{self.part}-{sha256(forums.encode()).hexdigest()[:32]}"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {**context, "report": _report_of(self, request)}

    @path("csv/", name="figures_csv")
    def figures_csv(self, request: HttpRequest) -> HttpResponse:
        """The published figures as a table; 404 while there are none."""
        report = _report_of(self, request)
        if report is None or report.frozen_at is None:
            raise Http404
        answer: HttpResponse = report.as_csv(self.slug)
        return answer


def _report_of(page: ModerationReportMixin, request: HttpRequest) -> Any:
    """The report reads models, so the model reaches it by name."""
    return import_module("civic_sourcing.moderation.showing.report").report_of(page, request)


class ModerationReportPage(ModerationReportMixin, Page):
    """Figures about moderation in a quarter, half a year or a year, with the editors' words."""

    subpage_types: list[str] = []
    template = "civic_sourcing/moderation/moderation_report_page.html"
    content_panels = [*Page.content_panels, *ModerationReportMixin.civic_panels]
    search_fields = [*Page.search_fields, *ModerationReportMixin.civic_search_fields]
    page_description = _("How many cases, under which rules, how fast, and what appeals changed.")

    class Meta:
        verbose_name = _("moderation report")
        verbose_name_plural = _("moderation reports")
