"""Pages in both languages of the town."""

from collections.abc import Mapping
from typing import Any

from wagtail.models import Locale, Page


def locale(code: str) -> Locale:
    return Locale.objects.get_or_create(language_code=code)[0]


def page_in_both_languages(
    model: type[Page],
    *,
    parent: Page,
    slug: str,
    texts: Mapping[str, Mapping[str, Any]],
    **fields: Any,
) -> Page:
    """
    Return the English page ``slug`` below ``parent``, made and translated if it is missing.

    ``texts`` holds the fields that differ by language, by language code; ``fields`` the others.
    Both pages are published.
    """
    page = model.objects.child_of(parent).filter(slug=slug).first()
    if page is None:
        page = model(slug=slug, locale=parent.locale, **texts["en"], **fields)
        parent.add_child(instance=page)
        page.save_revision().publish()
    korean = locale("ko")
    if not page.has_translation(korean):
        translation = page.copy_for_translation(korean)
        for name, value in texts["ko"].items():
            setattr(translation, name, value)
        translation.save_revision().publish()
    return page
