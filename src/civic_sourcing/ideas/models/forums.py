"""The forum: one question to the town, and the ideas below it."""

from typing import Any, ClassVar

import swapper
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.search import index

from civic_sourcing.attribution.panels import LicencesPanel
from civic_sourcing.ideas.form_desk.panel import IdeaFormPanel
from civic_sourcing.ideas.kinds import IDEAS
from civic_sourcing.ideas.models.body import SiteStreamField
from civic_sourcing.ideas.models.ideas import IdeaMixin, IdeaPage
from civic_sourcing.ideas.models.rules import ForumRules
from civic_sourcing.ideas.places_desk.panel import PlacesPanel
from civic_sourcing.ideas.routes import WRITING, route
from civic_sourcing.ideas.rules_desk.panel import ForumRulesPanel
from civic_sourcing.ideas.vocabulary import Words, words_of
from civic_sourcing.processes.models import ProcessPageMixin

Page = swapper.load_model("wagtailcore", "Page", require_ready=False)

BODY_BLOCKS = [
    ("heading", blocks.CharBlock(label=_("heading"), icon="title")),
    (
        "paragraph",
        blocks.RichTextBlock(label=_("paragraph"), features=["bold", "italic", "link", "ol", "ul"]),
    ),
    ("notice", blocks.TextBlock(label=_("notice"), icon="warning")),
]


class IdeaForumMixin(RoutablePageMixin, ProcessPageMixin):
    """
    What makes a page a forum: put it before the page class.

    ``idea_model`` is the page type its ideas are filed as. A copied forum starts empty: its ideas
    stay where they were filed.
    """

    process_kind = IDEAS
    idea_model: ClassVar[type[IdeaMixin]] = IdeaPage

    introduction = models.TextField(
        _("introduction"),
        blank=True,
        help_text=_("The question to the town, in two or three lines."),
    )
    body = SiteStreamField(BODY_BLOCKS, blank=True, verbose_name=_("body"))
    form_help = models.TextField(
        _("help above the form"), blank=True, help_text=_("What makes a good contribution here.")
    )
    title_help = models.CharField(_("help for the title"), max_length=255, blank=True)
    description_help = models.CharField(_("help for the description"), max_length=255, blank=True)

    civic_panels = [
        FieldPanel("introduction"),
        FieldPanel("body"),
        MultiFieldPanel(
            [
                FieldPanel("form_help"),
                FieldPanel("title_help"),
                FieldPanel("description_help"),
            ],
            heading=_("Help on the form"),
            classname="collapsed",
        ),
        IdeaFormPanel(heading=_("What the form asks"), icon="form"),
        PlacesPanel(heading=_("Categories and districts"), icon="tag"),
        ForumRulesPanel(heading=_("Rules of the forum"), icon="list-ul"),
        LicencesPanel(heading=_("Licences"), icon="doc-full"),
    ]
    civic_search_fields = [index.SearchField("introduction"), index.SearchField("body")]

    ideas_left_behind = False

    class Meta:
        abstract = True

    def _bind_process(self) -> set[str]:
        """What an agency has not said enough about does not go live either, by whatever door."""
        changed = super()._bind_process()
        if self.live and self.lacks_rules() and not self._is_live_in_database():
            self.live, self.has_unpublished_changes = False, True
        return changed

    def lacks_rules(self) -> bool:
        """Whether an agency begins this process and problem, owner or answer date is missing."""
        return bool(self.process_id and ForumRules.objects.of(self.process_id).missing())

    def get_children(self) -> Any:
        """Pages right below, without the ideas while this forum is being copied (see ``tree``)."""
        children = super().get_children()
        return children.not_type(IdeaMixin) if self.ideas_left_behind else children

    @property
    def words(self) -> Words:
        """What people hand in is called here: ``{{ page.words.propose }}``."""
        return words_of(self.process)

    @property
    def home(self) -> "IdeaForumMixin":
        """Where the ideas filed here live: the original for an alias in the same language."""
        original = self.alias_of.specific if self.alias_of_id else self
        return original if original.locale_id == self.locale_id else self

    index_route = route("", "ideas")
    feed_route = route("feed/", "feed")
    geojson_route = route("geojson/", "geojson")
    propose_route = route("propose/", "propose", module=WRITING)
    draft_file_route = route("propose/files/<uuid:uuid>/", "draft_file", module=WRITING)
    similar_route = route("propose/similar/", "similar")


class IdeaForumPage(IdeaForumMixin, Page):
    """A page where people propose ideas and support those of others."""

    content_panels = [
        *Page.content_panels,
        *IdeaForumMixin.civic_panels,
        *IdeaForumMixin.rules_panels,
    ]
    search_fields = [*Page.search_fields, *IdeaForumMixin.civic_search_fields]
    subpage_types = ["civic_ideas.IdeaPage"]
    template = "civic_sourcing/ideas/idea_forum_page.html"

    class Meta:
        verbose_name = _("idea forum")
        verbose_name_plural = _("idea forums")
