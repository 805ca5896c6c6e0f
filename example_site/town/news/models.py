from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.search import index

from civic_sourcing.comments.models import CommentsPageMixin


class NewsPage(CommentsPageMixin, Page):
    """News of the city, on which people can comment while a discussion is open."""

    lead = models.TextField(_("lead"), blank=True)
    body = RichTextField(
        _("body"), blank=True, features=["h2", "h3", "bold", "italic", "link", "ol", "ul"]
    )

    content_panels = [
        *Page.content_panels,
        FieldPanel("lead"),
        FieldPanel("body"),
        *CommentsPageMixin.rules_panels,
    ]
    search_fields = [*Page.search_fields, index.SearchField("lead"), index.SearchField("body")]
    subpage_types = []
    template = "town/news_page.html"

    class Meta:
        verbose_name = _("news page")
        verbose_name_plural = _("news pages")
