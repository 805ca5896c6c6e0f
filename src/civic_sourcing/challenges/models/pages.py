"""The pages of challenges: an index, and one for each with its texts."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

import swapper
from django.apps import apps
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.images import get_image_model_string
from wagtail.search import index

from civic_sourcing.challenges.asking.routes import AskingRoutes
from civic_sourcing.challenges.crowd.routes import CrowdRoutes
from civic_sourcing.challenges.desk.panel import ChallengeDeskPanel
from civic_sourcing.challenges.entering.routes import EntryRoutes
from civic_sourcing.challenges.listing.routes import IndexRoutes
from civic_sourcing.challenges.routes import shown_with
from civic_sourcing.challenges.winners.routes import WinnersRoutes
from civic_sourcing.processes.models import ProcessPageMixin
from civic_sourcing.processes.panels import RoomPanels

from .facts import ChallengeFacts
from .rounds import Round

if TYPE_CHECKING:
    from django.http import HttpRequest

Page = swapper.load_model("wagtailcore", "Page", require_ready=False)

TAGLINE = 90
SHORT_DESCRIPTION = 200
IMPORTED_TITLE = 179


class ChallengeIndexMixin(IndexRoutes, models.Model):
    """
    What makes a page the list of the challenges below it. Put it before the page class.

    ``challenge_type`` names the page type its challenges are.
    """

    challenge_type: ClassVar[str] = "civic_challenges.ChallengePage"

    introduction = RichTextField(_("introduction"), blank=True)

    class Meta:
        abstract = True

    @classmethod
    def challenge_model(cls) -> Any:
        """The page type of its challenges."""
        return apps.get_model(cls.challenge_type)


class ChallengeIndexPage(ChallengeIndexMixin, RoutablePageMixin, Page):
    """All challenges of a town, or of one department."""

    subpage_types = ["civic_challenges.ChallengePage"]
    template = "civic_sourcing/challenges/challenge_index_page.html"
    content_panels = [*Page.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name = _("list of challenges")
        verbose_name_plural = _("lists of challenges")


class ChallengeMixin(EntryRoutes, CrowdRoutes, WinnersRoutes, AskingRoutes, ProcessPageMixin):
    """
    What makes a page a challenge. Put it before the page class, together with
    ``RoutablePageMixin``.

    Dates, prizes, criteria, entries and judging hang on the process, so that every translation
    shows the same challenge; the page holds the texts of one language.
    """

    process_kind = "challenge"

    tagline = models.CharField(_("tagline"), max_length=255, blank=True)
    short_description = models.TextField(_("short description"), max_length=1000, blank=True)
    problem = RichTextField(_("problem"), blank=True)
    description = RichTextField(_("description"), blank=True)
    prizes_text = RichTextField(_("about the prizes"), blank=True)
    rules_text = RichTextField(_("rules"), blank=True)
    eligibility_text = RichTextField(_("who may enter"), blank=True)
    rights_text = RichTextField(_("rights"), blank=True)
    privacy_text = RichTextField(_("privacy"), blank=True)
    minors_text = RichTextField(_("minors"), blank=True)
    judging_text = RichTextField(_("how it is judged"), blank=True)
    how_to_enter = RichTextField(_("how to enter"), blank=True)
    resources = RichTextField(_("resources"), blank=True)
    attachments = StreamField(
        [("document", DocumentChooserBlock(label=_("document")))],
        blank=True,
        verbose_name=_("attachments"),
        help_text=_("Documents everybody who enters can download, with their size and kind."),
    )
    faq = models.JSONField(_("questions and answers"), default=list, blank=True)
    glossary = models.JSONField(
        _("glossary"),
        default=list,
        blank=True,
        help_text=_("Terms people may not know: a list of term and meaning."),
    )
    picture = models.ForeignKey(
        get_image_model_string(),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("picture"),
    )
    picture_alternative = models.CharField(_("what the picture shows"), max_length=300, blank=True)
    text_language = models.CharField(
        _("language of the texts"),
        max_length=16,
        blank=True,
        help_text=_("Language code of title and texts, if not the page's own."),
    )

    civic_panels: ClassVar[list[Any]] = [
        FieldPanel("tagline"),
        FieldPanel("short_description"),
        ChallengeDeskPanel(heading=_("Sections"), icon="list-ol"),
        RoomPanels(),
    ]

    class Meta:
        abstract = True

    def _bind_process(self) -> set[str]:
        """A challenge that was not approved does not go live, by whatever door."""
        changed = super()._bind_process()
        if self.live and not self.is_out() and not self._is_live_in_database():
            self.live, self.has_unpublished_changes = False, True
            changed |= {"live", "has_unpublished_changes"}
        return changed

    def is_out(self) -> bool:
        """Whether the challenge was published; it may be archived since."""
        return ChallengeFacts.objects.filter(process=self.process_id).out().exists()

    @cached_property
    def facts(self) -> ChallengeFacts:
        """What holds in all languages; not saved where nobody has said anything yet."""
        return ChallengeFacts.objects.of(self.process)

    @cached_property
    def rounds(self) -> list[Round]:
        """Its phases, in their order."""
        return list(Round.objects.of(self.process_id)) if self.process_id else []

    @property
    def text_locale(self) -> str:
        """The language code that its texts are written in."""
        return self.text_language or self.locale.language_code

    @property
    def introduction(self) -> str:
        """What lists of all kinds of processes say of it."""
        return self.short_description or self.tagline

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {**context, **shown_with(self, request)}


class ChallengePage(ChallengeMixin, RoutablePageMixin, Page):
    """A problem the city poses, for people to solve."""

    parent_page_types = ["civic_challenges.ChallengeIndexPage"]
    subpage_types: list[str] = []
    template = "civic_sourcing/challenges/challenge_page.html"
    content_panels = [*Page.content_panels, *ChallengeMixin.civic_panels]
    search_fields = [
        *Page.search_fields,
        index.SearchField("tagline"),
        index.SearchField("short_description"),
        index.SearchField("problem"),
        index.SearchField("description"),
    ]

    class Meta:
        verbose_name = _("challenge")
        verbose_name_plural = _("challenges")
