from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from civic_sourcing.answers.blocks import ANSWER_BLOCKS
from civic_sourcing.budgets.vote_blocks import VOTE_BLOCKS
from civic_sourcing.challenges.blocks import CHALLENGE_BLOCKS
from civic_sourcing.ideas.blocks import IDEA_BLOCKS
from civic_sourcing.processes.blocks import PROCESS_BLOCKS
from town.open_now import finished_processes, open_processes


class FactBlock(blocks.StructBlock):
    """One line of a list of facts, such as office hours."""

    name = blocks.CharBlock(label=_("name"))
    value = blocks.CharBlock(label=_("value"))


class HomePage(Page):
    """The front page: what is open now, then the city's services."""

    headline = models.CharField(_("headline"), max_length=120)
    lead = models.TextField(
        _("lead"), blank=True, help_text=_("One or two sentences below the headline.")
    )

    content_panels = [*Page.content_panels, FieldPanel("headline"), FieldPanel("lead")]
    parent_page_types = ["wagtailcore.Page"]
    max_count_per_parent = 1
    template = "town/home_page.html"

    class Meta:
        verbose_name = _("home page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        services = TextPage.objects.live().public().descendant_of(self)
        return context | {
            "open_now": open_processes(self.locale),
            "finished": finished_processes(self.locale)[:3],
            "participation": self.get_children().live().filter(slug="participate").first(),
            "services": services.filter(depth=self.depth + 2),
        }


FORUM_BLOCKS = [
    (
        "facts",
        blocks.ListBlock(
            FactBlock(),
            label=pgettext_lazy("block", "facts"),
            icon="list-ul",
            template="town/blocks/facts.html",
        ),
    ),
]
"""Blocks of the town that stand in forums, too."""


class TextPage(Page):
    """A page of plain information: headings, paragraphs, lists of facts."""

    lead = models.TextField(_("lead"), blank=True)
    body = StreamField(
        [
            (
                "heading",
                blocks.CharBlock(
                    label=_("heading"), icon="title", template="town/blocks/heading.html"
                ),
            ),
            (
                "paragraph",
                blocks.RichTextBlock(
                    label=_("paragraph"), features=["bold", "italic", "link", "ol", "ul"]
                ),
            ),
            *FORUM_BLOCKS,
            (
                "notice",
                blocks.TextBlock(
                    label=_("notice"), icon="warning", template="town/blocks/notice.html"
                ),
            ),
            *PROCESS_BLOCKS,
            *IDEA_BLOCKS,
            *ANSWER_BLOCKS,
            *VOTE_BLOCKS,
            *CHALLENGE_BLOCKS,
        ],
        blank=True,
        verbose_name=_("body"),
    )

    content_panels = [*Page.content_panels, FieldPanel("lead"), FieldPanel("body")]
    template = "town/text_page.html"

    class Meta:
        verbose_name = _("text page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | {"parts": TextPage.objects.live().public().child_of(self)}
