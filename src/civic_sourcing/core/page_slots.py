"""
Places on a page that other rooms may fill, such as the thread below an idea.

A page names the place and what stands there, ``{% page_slot "thread" page %}``; an optional room
registers a provider for the name. So pages and rooms meet without knowing each other, and where no
room is installed that fills a place, nothing stands there.
"""

from collections.abc import Callable
from typing import Any

from django.template.context import Context
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

#: A provider receives the page's context and what the place belongs to. It answers with HTML, or
#: with an empty string where it has nothing to say about this subject.
Provider = Callable[[Context, Any], SafeString]

_providers: dict[str, list[tuple[int, Provider]]] = {}


def register_slot(name: str, provider: Provider, *, order: int = 0) -> None:
    """
    Have ``provider`` fill the places called ``name``; registering it again only sets its order.

    Several providers may share a place: the lower ``order`` stands first, equal ones in the order
    in which they were registered.
    """
    forget_slot(name, provider)
    _providers.setdefault(name, []).append((order, provider))
    _providers[name].sort(key=lambda entry: entry[0])


def forget_slot(name: str, provider: Provider) -> None:
    """Take a provider back."""
    _providers[name] = [entry for entry in _providers.get(name, []) if entry[1] is not provider]


def fill_slot(name: str, context: Context, subject: Any) -> SafeString:
    """Return what all providers of ``name`` say about ``subject``, one after the other."""
    said = [provider(context, subject) for _order, provider in _providers.get(name, ())]
    return format_html_join("", "{}", ([words] for words in said))
