"""
The cards of a ballot paper, one for each project.

A paper has up to a few hundred of them and every voter sees the same but for the marks. So a card
is put together once for a paper in a language, with gaps where a voter's own things go, and kept
for a moment; a page only fills the gaps.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.core.cache import cache
from django.template.loader import render_to_string
from django.utils.html import conditional_escape, strip_tags
from django.utils.safestring import mark_safe
from django.utils.text import Truncator
from django.utils.translation import get_language
from wagtail.images import get_image_model
from wagtail.images.exceptions import InvalidFilterSpecError
from wagtail.images.models import SourceImageIOError

from civic_sourcing.budgets.booth.looking import searchable

if TYPE_CHECKING:
    from django.http import HttpRequest

    from civic_sourcing.budgets.ballots import PaperProject, Rulebook
    from civic_sourcing.budgets.booth.words import Words
    from civic_sourcing.budgets.models import VoteRun

TEMPLATES = "civic_sourcing/budgets/booth"
KEPT = 30
"""Seconds for which a changed text or picture may still be shown as it was."""

SUMMARY = 300
PICTURE = "width-800|format-webp"
"""How pictures are cut, as on the page of the project."""

NUMBER, TITLE, ANCHOR = "\ue000", "\ue001", "\ue002"
MARK, FAULTS, COMPARED, STATE = "\ue003", "\ue004", "\ue005", "\ue006"
"""Gaps: characters nobody can type into a title, as ``core.text`` takes them out."""

GAPS = dict.fromkeys(map(ord, NUMBER + TITLE + ANCHOR + MARK + FAULTS + COMPARED + STATE))


@dataclass(frozen=True)
class Card:
    """
    What a voter reads about one project. ``html`` has gaps; ``anchor`` is the id of the card.

    ``language`` is that of title and text where it is not the page's. ``found_by`` is what a search
    looks through.
    """

    number: str
    anchor: str
    title: str
    cost: int
    cost_text: str
    area: str
    area_name: str
    category: str
    category_name: str
    language: str = ""
    url: str = ""
    summary: str = ""
    place: str = ""
    cost_least: str = ""
    running_cost: str = ""
    picture: str = ""
    found_by: str = ""
    html: str = ""

    def filled(self, *, mark: str, faults: str, compared: bool, hidden: bool) -> str:
        """Return the card of one voter: with the field to mark it, and what is wrong with it."""
        return (
            self.html.replace(MARK, self.of_field(mark))
            .replace(FAULTS, faults)
            .replace(COMPARED, " checked" if compared else "")
            .replace(STATE, " hidden" if hidden else "")
        )

    def of_field(self, html: str) -> str:
        """Fill the gaps of a field that is the same for every project."""
        return (
            html.replace(NUMBER, conditional_escape(self.number))
            .replace(ANCHOR, self.anchor)
            .replace(TITLE, conditional_escape(self.title))
        )


def cards_of(
    page: Any, run: VoteRun, rulebook: Rulebook, words: Words, request: HttpRequest
) -> dict[str, Card]:
    """Return the cards of all projects of a vote by number; a few queries every half minute."""
    key = f"civic_budgets.booth:{run.digest}:{page.pk}:{get_language()}:{request.get_host()}"
    cards: dict[str, Card] | None = cache.get(key)
    if cards is None:
        cards = {card.number: card for card in _made(page, rulebook, words, request)}
        cache.set(key, cards, KEPT)
    return cards


def _made(page: Any, rulebook: Rulebook, words: Words, request: HttpRequest) -> Iterator[Card]:
    pages = _page_of_each(page)
    pictures = _picture_of_each(pages)
    facts = {project.number: project for project in page.process.projects.all()}
    for place, project in enumerate(rulebook.projects, start=1):
        card = _card(project, f"project-{place}", words)
        card = _with_costs(card, facts.get(project.number), words)
        card = _with_texts(card, pages.get(project.number), page, request)
        card = replace(card, picture=pictures.get(project.number, ""))
        html = render_to_string(
            f"{TEMPLATES}/card.html",
            {
                "card": card,
                "mark": MARK,
                "faults": FAULTS,
                "compared": COMPARED,
                "state": STATE,
            },
        )
        yield replace(card, html=html)


def _card(project: PaperProject, anchor: str, words: Words) -> Card:
    return Card(
        number=project.number,
        anchor=anchor,
        title=project.number,
        cost=project.cost,
        cost_text=words.money(project.cost),
        area=project.area,
        area_name=words.area(project.area),
        category=project.category,
        category_name=words.category(project.category),
    )


def _with_costs(card: Card, project: Any, words: Words) -> Card:
    if project is None:
        return card
    least, running = project.cost_least, project.running_cost
    return replace(
        card,
        cost_least="" if least is None else words.money(least),
        running_cost="" if running is None else words.money(running),
    )


def _with_texts(card: Card, page: Any, vote: Any, request: HttpRequest) -> Card:
    if page is not None:
        language = page.text_locale
        card = replace(
            card,
            title=page.title.translate(GAPS),
            language="" if language == vote.locale.language_code else language,
            url=page.get_url(request) or "",
            summary=_summary(page).translate(GAPS),
            place=page.place.translate(GAPS),
        )
    texts = (card.number, card.title, card.summary, card.place, card.area_name, card.category_name)
    return replace(card, found_by=searchable(" ".join(texts)))


def _summary(page: Any) -> str:
    """What a page says first: its summary for search engines, its description or its text."""
    text = page.search_description or _plain(page.description)
    if not text:
        paragraphs = (block.value for block in page.body if block.block_type == "paragraph")
        text = " ".join(_plain(paragraph.source) for paragraph in paragraphs)
    return Truncator(text).chars(SUMMARY)


def _picture_of_each(pages: Mapping[str, Any]) -> dict[str, str]:
    """The first picture of each page as HTML by number; two queries, however many there are."""
    told = {
        number: page.pictures.raw_data[0]["value"]
        for number, page in pages.items()
        if page.pictures
    }
    keys = {value["image"] for value in told.values()}
    images = get_image_model().objects.filter(pk__in=keys).prefetch_renditions(PICTURE)
    known = {image.pk: image for image in images}
    return {
        number: _drawn(known[value["image"]], value)
        for number, value in told.items()
        if value["image"] in known
    }


def _drawn(image: Any, said: Mapping[str, Any]) -> str:
    """The picture as HTML with what is ``said`` of it; nothing where its file is gone."""
    alt = said.get("alt_text") or image.default_alt_text
    try:
        rendition = image.get_rendition(PICTURE)
    except (SourceImageIOError, InvalidFilterSpecError):
        return ""
    shown: str = rendition.img_tag(
        {
            "alt": "" if said.get("decorative") else alt,
            "class": "civic-booth-picture",
            "loading": "lazy",
        }
    )
    return mark_safe(shown.translate(GAPS))  # noqa: S308 - made by Wagtail, escaped


def _plain(html: str) -> str:
    return " ".join(strip_tags(html.replace("<", " <")).split())


def _page_of_each(vote: Any) -> dict[str, Any]:
    """The page of each project by number: in the vote's language, else the first there is."""
    pages: Iterable[Any] = vote.project_pages().select_related("locale", "project").order_by("pk")
    chosen: dict[str, Any] = {}
    for page in pages:
        if page.locale_id == vote.locale_id or page.project.number not in chosen:
            chosen[page.project.number] = page
    return chosen
