from dataclasses import dataclass
from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.functional import cached_property
from django.utils.translation import get_language
from wagtail.models import Page

from civic_sourcing.core.rows import ReadingOf

register = template.Library()

HOME = 2
"""How deep the home page of each language stands in the tree."""
SHOWN = (
    *("id", "path", "depth", "numchild", "title", "url_path", "show_in_menus"),
    *("locale_id", "translation_key"),
)
"""Columns of pages that links need."""


@dataclass(frozen=True)
class Entry:
    """A link of the menu; ``current`` is what ``aria-current`` says, if anything."""

    title: str
    url: str
    current: str = ""


@dataclass(frozen=True)
class LanguageLink:
    code: str
    name: str
    url: str


class TownPages:
    """What the frame around every page needs to know of the page tree, in this language."""

    def __init__(self, request: HttpRequest, page: Page | None) -> None:
        self.request = request
        self.page = page

    @cached_property
    def upper(self) -> list[Page]:
        """The home page in this language, first, and what is right below it, for everybody."""
        return _upper(get_language())

    @cached_property
    def home(self) -> Page | None:
        """The first page of its depth that a site leads to; others have no address."""
        homes = (page for page in self.upper if page.depth == HOME)
        return next((page for page in homes if page.get_url(self.request)), None)

    @property
    def home_url(self) -> str:
        return self.home.get_url(self.request) if self.home else "/"

    @cached_property
    def children(self) -> list[Page]:
        return [page for page in self.upper if self.home and page.is_child_of(self.home)]

    @property
    def menu(self) -> list[Entry]:
        """Pages below the home page that editors put in the menu."""
        return [self.entry(page) for page in self.children if page.show_in_menus]

    @property
    def footer(self) -> list[Entry]:
        """The other pages below the home page."""
        return [self.entry(page) for page in self.children if not page.show_in_menus]

    def entry(self, page: Page) -> Entry:
        url = page.get_url(self.request)
        here = self.request.path
        current = "page" if here == url else "true" if here.startswith(url) else ""
        return Entry(page.title, url, current)

    @cached_property
    def languages(self) -> list[LanguageLink]:
        return [
            LanguageLink(code, name, self.address_in(code)) for code, name in settings.LANGUAGES
        ]

    def address_in(self, code: str) -> str:
        """
        Return the address of this page in another language.

        What exists in one language only, such as an idea, leads to the nearest page above it that
        is translated. Pages outside the tree keep their path and change its prefix.
        """
        if code == get_language():
            return self.request.get_full_path()
        if not isinstance(self.page, Page) or not self.page.path:
            return translate_url(self.request.get_full_path(), code)
        nearest = self.nearest_in(code)
        if nearest is None:
            return f"/{code}/"
        own = self.page.get_url(self.request) or ""
        is_translation = nearest.translation_key == self.page.translation_key
        rest = self.request.path.removeprefix(own) if is_translation else ""
        address = nearest.get_url(self.request)
        return address + rest if address else f"/{code}/"

    def nearest_in(self, code: str) -> Page | None:
        """The translation of this page, or of the closest page above it that has one."""
        path, step = self.page.path, self.page.steplen
        above = [path[:end] for end in range(2 * step, len(path) + 1, step)]
        return next(iter(_translated(*above, code, part=(1, 0))), None)


_upper = ReadingOf(
    Page,
    lambda code: (
        Page.objects.live()
        .filter(depth__in=(HOME, HOME + 1), view_restrictions=None)
        .filter(locale__language_code=code)
        .order_by("path")
    ),
    only=SHOWN,
)
_translated = ReadingOf(
    Page,
    lambda *above_and_code: (
        Page.objects.live()
        .filter(depth__gt=1)
        .filter(
            translation_key__in=Page.objects.filter(path__in=above_and_code[:-1]).values(
                "translation_key"
            )
        )
        .filter(locale__language_code=above_and_code[-1])
        .order_by("-depth")
    ),
    only=SHOWN,
)


@register.simple_tag(takes_context=True)
def town_pages(context: template.Context) -> TownPages:
    """Return the menu, the footer's links and the addresses in the other languages."""
    return TownPages(context["request"], context.get("page"))


@register.simple_tag(takes_context=True)
def page_languages(context: template.Context) -> list[LanguageLink]:
    """Return the addresses of this page where it is published in other languages."""
    request, page = context["request"], context["page"]
    own, names = page.get_url(request) or "", dict(settings.LANGUAGES)
    return [
        LanguageLink(code, names[code], address + request.path.removeprefix(own))
        for each in page.get_translations().live().select_related("locale")
        if (code := each.locale.language_code) in names and (address := each.get_url(request))
    ]


@register.simple_tag(takes_context=True)
def page_trail(context: template.Context) -> list[dict[str, Any]]:
    """Return the pages above this one, from the home page down, for the breadcrumb."""
    request = context["request"]
    above = context["page"].get_ancestors().live().filter(depth__gt=1)
    return [{"title": page.title, "url": page.get_url(request)} for page in above]
