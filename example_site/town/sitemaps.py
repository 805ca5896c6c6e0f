from django.db.models import QuerySet
from wagtail.contrib.sitemaps import Sitemap
from wagtail.models import Page


class TownSitemap(Sitemap):
    """Wagtail's, with the trees of all languages instead of the first only."""

    def items(self) -> QuerySet[Page]:
        root = self.get_wagtail_site().root_page
        listed = Page.objects.none()
        for home in root.get_translations(inclusive=True):
            listed |= Page.objects.descendant_of(home, inclusive=True)
        return listed.live().public().order_by("path").defer_streamfields().specific()
