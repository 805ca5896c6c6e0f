"""What a card says about a challenge."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from wagtail.images import get_image_model
from wagtail.images.shortcuts import get_rendition_or_not_found
from wagtail.models import Locale

from civic_sourcing.challenges.listing.rows import Listed
from civic_sourcing.challenges.models import ChallengeType
from civic_sourcing.challenges.showing.standing import LABELS, TONES
from civic_sourcing.challenges.status import Status
from civic_sourcing.processes.status import first_moment, last_moment

SUMMARY = 220
PICTURE = "fill-640x360"
PAGES = (
    "title", "slug", "url_path", "path", "depth", "locale", "tagline", "short_description",
    "text_language", "process_id", "translation_key", "content_type_id", "latest_revision_id",
    "first_published_at", "picture", "picture_alternative",
)  # fmt: skip


@dataclass
class Card:
    """What ``card.html`` says of one challenge, put into words before."""

    title: str
    address: str
    language_code: str
    language_name: str
    summary: str
    status: str
    tone: str
    types: list[str]
    department: str
    prize: str
    when: SafeString | str
    picture: SafeString | str
    page: Any


def dressed(
    rows: Iterable[Listed], index: Any, request: HttpRequest | None, at: datetime
) -> list[Card]:
    """A card for each of ``rows``, in their order. One query, and one more for pictures."""
    rows = list(rows)
    shown = index.challenge_model().objects.only(*PAGES).select_related("locale", "picture")
    pages = shown.prefetch_related(renditions_on_cards()).in_bulk([row.page for row in rows])
    own = _language_of(index, pages.values())
    cards = []
    for row in rows:
        if (page := pages.get(row.page)) is None:
            continue
        language = page.text_locale
        foreign = language != own
        card = Card(
            title=page.title,
            address=page.get_url(request) or "",
            language_code=language,
            language_name=_language_name(language) if foreign else "",
            summary=Truncator(page.short_description or page.tagline).chars(SUMMARY),
            status=str(LABELS[row.status]),
            tone=TONES[row.status],
            types=[str(ChallengeType(key).label) for key in row.facts.types],
            department=row.department,
            prize=prize_of(row),
            when=when_of(row, at),
            picture=picture_of(page),
            page=page,
        )
        cards.append(card)
    return cards


def renditions_on_cards() -> Prefetch[Any]:
    """The pictures in the size of cards, as Wagtail looks for them before it asks the database."""
    rendition = get_image_model().get_rendition_model()
    made = rendition.objects.filter(filter_spec=PICTURE)
    return Prefetch("picture__renditions", queryset=made, to_attr="prefetched_renditions")


def picture_of(page: Any) -> SafeString | str:
    """The picture of a challenge in the size of a card; nothing where there is none."""
    if page.picture is None:
        return ""
    rendition = get_rendition_or_not_found(page.picture, PICTURE)
    return rendition.img_tag({"alt": page.picture_alternative, "loading": "lazy"})


def prize_of(row: Listed) -> str:
    """The prize money in words, and whether there is something else; empty if neither is known."""
    money = row.facts.prize
    if money and row.facts.prize_up_to:
        money = _("up to %(sum)s") % {"sum": money}
    if row.facts.has_other_prizes:
        return _("%(sum)s and more") % {"sum": money} if money else _("Prizes other than money")
    return money


def when_of(row: Listed, at: datetime) -> SafeString | str:
    """What happens next, or until when it was open; empty where nobody knows."""
    if row.status == Status.UPCOMING and row.opens_at:
        return sentence(_("Opens on %(date)s"), first_moment(row.opens_at))
    deadline = row.deadline(at)
    if deadline is None:
        return ""
    if row.status == Status.OPEN:
        return sentence(_("Open until %(date)s"), last_moment(deadline))
    return sentence(_("Was open until %(date)s"), last_moment(deadline))


def sentence(words: str, date: SafeString) -> SafeString:
    """A translated sentence with a date in it, which is HTML."""
    before, after = words.split("%(date)s")
    return format_html("{}{}{}", before, date, after)


def _language_of(index: Any, pages: Iterable[Any]) -> str:
    """The language of ``index``, read off its challenges where any is in it."""
    same = (page.locale for page in pages if page.locale_id == index.locale_id)
    locale = next(same, None) or index.locale
    return str(locale.language_code)


def _language_name(code: str) -> str:
    return str(Locale(language_code=code).get_display_name())
