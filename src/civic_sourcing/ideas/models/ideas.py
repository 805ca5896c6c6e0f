"""Ideas: what citizens propose, each on a page of its own."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, Self

import swapper
from django.db import models, router
from django.db.models import F
from django.db.models.functions import Left
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase, TagBase
from wagtail.admin.panels import FieldPanel
from wagtail.api import APIField
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.models import PageManager, PageViewRestriction
from wagtail.query import PageQuerySet
from wagtail.search import index

from civic_sourcing.attribution.models import Channel
from civic_sourcing.attribution.reading import before_reading
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.rows import Reading
from civic_sourcing.core.text import normalise, render, single_line
from civic_sourcing.ideas.conf import DESCRIPTION_COLUMN, TITLE_COLUMN, conf
from civic_sourcing.ideas.models.places import ON_EARTH, PlacedMixin
from civic_sourcing.ideas.models.stages import STAGE_KNOWN, StagedMixin
from civic_sourcing.ideas.permissions import IdeaPermissionTester
from civic_sourcing.ideas.routes import WRITING
from civic_sourcing.ideas.routes import route as routed
from civic_sourcing.ideas.vocabulary import Words, words_of
from civic_sourcing.processes.models import Process

if TYPE_CHECKING:
    from civic_sourcing.participants.models import Participant

Page = swapper.load_model("wagtailcore", "Page", require_ready=False)

OPENING_LENGTH = 220
OWN_ON_CARDS = (
    *("pk", "path", "slug", "url_path", "title", "locale_id", "locale__language_code", "opening"),
    *("filed_at", "stage", "category_id", "district_id", "contribution_id"),
)
ON_CARDS = {
    "channel": "contribution__channel",
    "author": "contribution__author",
    "author_user": "contribution__author__user",
    "author_uuid": "contribution__author__uuid",
    "name": "contribution__author__name",
    "erased_at": "contribution__author__erased_at",
    "supports": "contribution__idea_tally__supports",
    "comments": "contribution__idea_tally__comments",
}
ADDRESS_COLUMN = 300
NOT_EDITORS = (
    "title",
    "draft_title",
    "description",
    "rendered_html",
    "edited_at",
    "material_version",
    "address",
    "latitude",
    "longitude",
    "category_id",
    "district_id",
    "stage",
    "unlisted",
)
"""Columns that older revisions of editors never bring back: the author's, and where it stands."""


def hiding_refused(idea: Any) -> ActionRefused:
    """Why nobody but a moderator takes an idea out of sight."""
    return ActionRefused(
        _now(
            "“%(idea)s” cannot be unpublished: what people handed in is hidden by moderators only, "
            "for a reason, and can be put back as it was."
        )
        % {"idea": idea.title},
        code="moderators-hide",
    )


def name_of_author(author: Participant | None, contribution: Any) -> str:
    """Who handed something in as everybody may know them."""
    if author is not None:
        return author.public_name
    if contribution.channel == Channel.STAFF:
        return str(contribution.get_channel_display())
    return _now("name not known")


class IdeaTag(TagBase):
    """A word citizens file ideas under, kept apart from the tags the town's editors use."""

    free_tagging = True

    class Meta:
        verbose_name = _("idea tag")
        verbose_name_plural = _("idea tags")


class TaggedIdea(ItemBase):
    tag = models.ForeignKey(IdeaTag, on_delete=models.CASCADE, related_name="tagged_ideas")
    content_object = ParentalKey(
        "civic_ideas.IdeaPage", on_delete=models.CASCADE, related_name="tagged_items"
    )

    class Meta:
        verbose_name = _("tagged idea")
        verbose_name_plural = _("tagged ideas")
        constraints = [
            models.UniqueConstraint(
                fields=["tag", "content_object"],
                name="civic_idea_tag_once",
                violation_error_message=_("This idea already has this tag."),
            )
        ]


def closed_to(request: Any) -> list[str]:
    """Paths of pages that are private to others than this visitor, with all below them."""
    using = router.db_for_read(PageViewRestriction)
    return [
        path
        for *columns, path in _restrictions(using=using)
        if not PageViewRestriction.from_db(using, OF_RESTRICTION, columns).accept_request(request)
    ]


OF_RESTRICTION = ("id", "restriction_type", "password", "page_id")
_restrictions = Reading(
    lambda: PageViewRestriction.objects.order_by().values_list(*OF_RESTRICTION, "page__path")
)


class IdeaQuerySet(PageQuerySet):
    def of(self, process: Process) -> IdeaQuerySet:
        """Ideas of one forum, in all its languages."""
        return self.filter(process=process)

    def visible_to(self, request) -> IdeaQuerySet:
        """Published ideas this visitor may open: none below a page that is private to others."""
        ideas = self.live()
        for path in closed_to(request):
            ideas = ideas.exclude(path__startswith=path)
        return ideas

    def tagged(self, name: str) -> IdeaQuerySet:
        return self.filter(tagged_items__tag__name=name)

    def newest(self) -> IdeaQuerySet:
        """Latest first; ideas of the same instant in reverse order of filing."""
        return self.order_by("-filed_at", "-pk")

    def for_feeds(self) -> IdeaQuerySet:
        """With what a feed tells; ``opening`` is the beginning of the description."""
        return (
            self.select_related("locale", "contribution__author__user")
            .annotate(opening=Left("description", OPENING_LENGTH))
            .defer("description", "rendered_html")
        )

    def for_cards(self) -> Any:
        """Rows of what a card shows and no pages, which take ten times as long to make."""
        return self.annotate(
            opening=Left("description", OPENING_LENGTH),
            **{to: F(at) for to, at in ON_CARDS.items()},
        ).values_list(*OWN_ON_CARDS, *ON_CARDS, named=True)


class IdeaMixin(RoutablePageMixin, PlacedMixin, StagedMixin):
    """
    What makes a page an idea: put it before the page class.

    Filed by ``ProposeIdea`` and by nothing else. Its author is that of its row in the ledger, and
    it is live exactly while that row is public. It has no owner, and lives once, in the language
    it was written in. ``rendered_html`` is made when the text is written. ``material_version`` is
    the number of the last version that says something else than the one before.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    process = models.ForeignKey(
        Process, on_delete=models.PROTECT, editable=False, related_name="%(class)ss"
    )
    contribution = models.OneToOneField(
        "civic_attribution.Contribution",
        on_delete=models.PROTECT,
        editable=False,
        related_name="%(class)s",
        verbose_name=_("contribution"),
    )
    description = models.TextField(pgettext_lazy("idea", "description"))
    rendered_html = models.TextField(editable=False)
    filed_at = models.DateTimeField(pgettext_lazy("idea", "filed"), editable=False)
    edited_at = models.DateTimeField(pgettext_lazy("idea", "edited"), null=True, editable=False)
    material_version = models.PositiveIntegerField(default=1, editable=False)
    address = models.CharField(_("address"), max_length=ADDRESS_COLUMN, blank=True, editable=False)
    latitude = models.DecimalField(
        _("latitude"), max_digits=9, decimal_places=6, null=True, editable=False
    )
    longitude = models.DecimalField(
        _("longitude"), max_digits=9, decimal_places=6, null=True, editable=False
    )
    process.wagtail_reference_index_ignore = True
    contribution.wagtail_reference_index_ignore = True

    objects = PageManager.from_queryset(IdeaQuerySet)()

    civic_panels = [
        FieldPanel("title", read_only=True),
        FieldPanel("description", read_only=True),
        FieldPanel("filed_at", read_only=True),
        FieldPanel("tags"),
    ]
    civic_search_fields = [index.SearchField("description")]
    civic_api_fields = [APIField("description"), APIField("author_name")]

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """
        Save, live or not as the ledger says; a new idea leaves no entry in the site history.

        An idea neither expires nor waits for a date. Raises ``ActionRefused`` for taking a public
        one out of sight: that is a moderator's step (``HideContribution``).
        """
        if self._state.adding:
            # Filing sets what cleaning would, under the forum's lock: fifteen queries less.
            kwargs.setdefault("log_action", None)
            kwargs.setdefault("clean", False)
        self.go_live_at = self.expire_at = None
        if not self.live and self.contribution.is_public:
            raise hiding_refused(self)
        self.live = self.contribution.is_public
        return super().save(*args, **kwargs)

    def refusal_to_unpublish(self) -> ActionRefused | None:
        """Why this page has to stay published, or ``None`` where the ledger has hidden it."""
        return hiding_refused(self) if self.contribution.is_public else None

    def route(self, request: Any, path_components: list[str]) -> Any:
        """Route to the idea; what was out of sight for a time only is looked at once more."""
        if not self.live:
            before_reading(self.process)
            self.refresh_from_db()
        return super().route(request, path_components)

    def with_content_json(self, content: dict[str, Any]) -> Self:
        """Build the page of a revision; where it belongs and what its author says are no part."""
        own = {"process": self.process_id, "contribution": self.contribution_id}
        page: Self = super().with_content_json({**content, **own})  # type: ignore[misc]
        for name in NOT_EDITORS:
            setattr(page, name, getattr(self, name))
        return page

    @classmethod
    def get_indexed_objects(cls) -> Any:
        """Ideas that are listed: nobody searches for what waits or is hidden, staff neither."""
        return super().get_indexed_objects().filter(live=True, unlisted=False)  # type: ignore[misc]

    def get_sitemap_urls(self, request: Any = None) -> list[dict[str, Any]]:
        """Nothing, unless the town wants every idea in its sitemap: there may be thousands."""
        shown = conf.IDEAS_IN_SITEMAP and not self.unlisted
        return list(super().get_sitemap_urls(request)) if shown else []  # type: ignore[misc]

    def permissions_for_user(self, user: Any) -> IdeaPermissionTester:
        return IdeaPermissionTester(user, self)

    def can_move_to(self, parent: Any) -> bool:
        """Only to another place below its own forum."""
        return bool(self.is_child_of(parent))

    def get_admin_display_title(self) -> str:
        """What the admin's lists call it; its words only while everybody may read them."""
        if self.live:
            return str(super().get_admin_display_title())
        return _now("Contribution %(number)s (not public)") % {"number": self.uuid.hex[:8]}

    @property
    def author(self) -> Participant | None:
        """Who handed it in; nobody for what came on paper and was not claimed yet."""
        author: Participant | None = self.contribution.author
        return author

    @property
    def words(self) -> Words:
        """What the forum calls what people hand in."""
        return words_of(self.process)

    @property
    def author_name(self) -> str:
        return name_of_author(self.author, self.contribution)

    @property
    def supports(self) -> Any:
        """The supports of this idea, kept with its row in the ledger."""
        return self.contribution.supports

    def write(self, *, title: str, description: str, whole: bool = False) -> None:
        """
        Take over a text, normalised and rendered; does not save. Raises ``TextRefused``.

        A ``whole`` text holds replies and address, too, and may be longer than a description.
        """
        self.title = self.draft_title = single_line(
            title, max_length=TITLE_COLUMN, max_graphemes=conf.IDEA_TITLE_LENGTH
        )
        self.description = normalise(
            description,
            max_length=DESCRIPTION_COLUMN,
            max_graphemes=None if whole else conf.IDEA_DESCRIPTION_LENGTH,
        )
        self.rendered_html = render(self.description)

    index_route = routed("", "idea")
    edit_route = routed("edit/", "edit", module=WRITING)
    versions_route = routed("versions/", "versions", module=WRITING)
    withdraw_route = routed("withdraw/", "withdraw", module=WRITING)
    keep_support_route = routed("support/keep/", "keep_support", module=WRITING)
    follow_route = routed("follow/", "follow", module=WRITING)
    unfollow_route = routed("follow/stop/", "unfollow", module=WRITING)
    credits_route = routed("credits/", "credits")
    support_route = routed("support/", "support")
    withdraw_support_route = routed("support/withdraw/", "withdraw_support")


class IdeaPage(IdeaMixin, Page):
    """One idea. Editors may read it in the admin and unpublish it; its words are the author's."""

    tags = ClusterTaggableManager(through=TaggedIdea, blank=True, verbose_name=_("tags"))

    content_panels = IdeaMixin.civic_panels
    search_fields = [*Page.search_fields, *IdeaMixin.civic_search_fields]
    api_fields = IdeaMixin.civic_api_fields
    parent_page_types = ["civic_ideas.IdeaForumPage"]
    subpage_types = []
    is_creatable = False
    wagtail_reference_index_ignore = True
    template = "civic_sourcing/ideas/idea_page.html"

    class Meta:
        verbose_name = _("idea")
        verbose_name_plural = _("ideas")
        indexes = [
            models.Index(fields=["process", "-filed_at"], name="civic_idea_newest"),
            models.Index(
                fields=["process", "latitude", "longitude", "contribution"],
                name="civic_idea_spots",
                condition=models.Q(latitude__isnull=False),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="civic_idea_spot_on_earth",
                condition=ON_EARTH,
                violation_error_message=_("A spot has a latitude and a longitude."),
            ),
            models.CheckConstraint(name="civic_idea_stage_known", condition=STAGE_KNOWN),
        ]
