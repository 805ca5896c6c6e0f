"""The pages of plain information: services, contact, accessibility, privacy."""

from typing import Any

from wagtail.models import Page

from town.models import TextPage

from . import texts
from .pages import page_in_both_languages
from .places import home


def load() -> None:
    for slug, page in texts.PAGES.items():
        parent = text_page(home(), slug, page)
        for child_slug, child in page.get("children", {}).items():
            text_page(parent, child_slug, child)


def text_page(parent: Page, slug: str, page: dict[str, Any]) -> Page:
    return page_in_both_languages(
        TextPage,
        parent=parent,
        slug=slug,
        texts={code: page[code] for code in ("en", "ko")},
        show_in_menus=page.get("menu", False),
    )
