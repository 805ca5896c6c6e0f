"""The site, its languages and its home page."""

from django.conf import settings
from wagtail.models import Page, Site

from town.models import HomePage

from . import texts
from .pages import locale


def load() -> None:
    set_site(front_page(Page.objects.get(depth=1)))


def home() -> HomePage:
    """Return the English home page."""
    return HomePage.objects.get(locale__language_code="en")


def front_page(root: Page) -> HomePage:
    """Return the home page, made in place of the page that Wagtail starts with."""
    found = HomePage.objects.filter(locale__language_code="en").first()
    if found is None:
        found = HomePage(slug="neulbom", locale=locale("en"), **texts.HOME["en"])
        root.add_child(instance=found)
        found.save_revision().publish()
    korean = locale("ko")
    if not found.has_translation(korean):
        translation = found.copy_for_translation(korean)
        translation.slug = "neulbom-ko"
        for name, value in texts.HOME["ko"].items():
            setattr(translation, name, value)
        translation.save_revision().publish()
    return found


def set_site(front: HomePage) -> None:
    site = Site.objects.filter(is_default_site=True).first() or Site(
        hostname="localhost", is_default_site=True
    )
    welcome = site.root_page if site.root_page_id else None
    site.root_page = front.page_ptr
    site.site_name = str(settings.WAGTAIL_SITE_NAME)
    site.save()
    if welcome and welcome.specific_class is Page and not welcome.get_children().exists():
        welcome.delete()
