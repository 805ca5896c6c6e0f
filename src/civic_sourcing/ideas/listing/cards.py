"""What a card says about an idea."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from types import SimpleNamespace
from typing import Any
from unicodedata import combining
from urllib.parse import quote

from django.db.models import Model
from django.http import HttpRequest
from django.utils.formats import date_format, number_format
from django.utils.text import Truncator
from django.utils.timezone import localtime
from django.utils.translation import ngettext
from wagtail.models import Locale

from civic_sourcing.attribution.models import Contribution
from civic_sourcing.core.stencils import gap
from civic_sourcing.ideas.listing.filters import Filters
from civic_sourcing.ideas.models import Category, District, Stage, name_of_author
from civic_sourcing.participants.models import shown_name

SUMMARY = 180
"""Characters of the beginning of a text, the sign that it goes on included."""

SAFE = "!$&'()*+,;=/~:@"
"""Characters an address keeps as they are, as Django's ``reverse`` does."""

TONES = {
    Stage.REVIEW: "info",
    Stage.SHORTLISTED: "info",
    Stage.BALLOT: "info",
    Stage.PROGRESS: "info",
    Stage.ACCEPTED: "success",
    Stage.DONE: "success",
    Stage.REFERRED: "warning",
    Stage.DECLINED: "neutral",
    Stage.WITHDRAWN: "neutral",
    Stage.MERGED: "neutral",
}


class Addresses:
    """
    Addresses of many ideas, pages of ``model`` or their rows: below one forum they differ in the
    last part only.
    """

    def __init__(self, request: HttpRequest | None, model: Any) -> None:
        self.request = request
        self.model = model
        self._forums: dict[str, str | None] = {}

    def of(self, idea: Any) -> str:
        forum, end = idea.path[: -self.model.steplen], quote(idea.slug, safe=SAFE) + "/"
        if forum not in self._forums:
            address = self._asked(idea)
            found = address.removesuffix(end) if address.endswith(f"/{end}") else None
            self._forums[forum] = found
        before = self._forums[forum]
        return self._asked(idea) if before is None else before + end

    def _asked(self, idea: Any) -> str:
        if not isinstance(idea, Model):
            own = {"pk": idea.pk, "path": idea.path, "slug": idea.slug, "url_path": idea.url_path}
            idea = self.model(**own, locale_id=idea.locale_id)
        return idea.get_url(self.request) or ""


@dataclass
class Card:
    """
    What ``idea_card.html`` says of one idea; ``supporters`` is ``None`` where that is not told.

    All of it is put into words before: a list has hundreds of facts, and templates are slow.
    """

    title: str
    address: str
    language_code: str
    opening: str
    author_name: str
    filed_at: datetime
    filed_on: str
    supporters: str | None
    comments: str
    stage_badge: dict[str, Any] | None
    language_name: str = ""
    category_shown: Category | None = None
    district_shown: District | None = None

    @property
    def shape(self) -> tuple[object, ...]:
        """What it says at all, with the drawing of its category."""
        icon = self.category_shown.icon if self.category_shown else None
        return (
            bool(self.address),
            bool(self.stage_badge),
            icon,
            bool(self.language_name),
            bool(self.supporters),
            bool(self.comments),
            bool(self.district_shown),
        )

    @property
    def words(self) -> dict[str, Any]:
        """What it says, by the names of the gaps in ``with_gaps``."""
        stage, category, district = self.stage_badge, self.category_shown, self.district_shown
        return {
            **vars(self),
            "filed_at": self.filed_at.isoformat(),
            "stage": stage["label"] if stage else "",
            "tone": stage["tone"] if stage else "",
            "category": category.name if category else "",
            "district": district.name if district else "",
        }


def with_gaps(card: Card) -> dict[str, Any]:
    """The context for a stencil of cards that have the shape of ``card``."""
    category = card.category_shown
    gaps: Any = {name: gap(name) for name in vars(card) if getattr(card, name)}
    gaps["filed_at"] = SimpleNamespace(isoformat=gap("filed_at"))
    if card.stage_badge:
        gaps["stage_badge"] = {"label": gap("stage"), "tone": gap("tone")}
    if category:
        gaps["category_shown"] = SimpleNamespace(name=gap("category"), icon=category.icon)
    if card.district_shown:
        gaps["district_shown"] = SimpleNamespace(name=gap("district"))
    return {"idea": SimpleNamespace(**{**dict.fromkeys(vars(card), ""), **gaps})}


def dressed(
    rows: Iterable[Any],
    forum: Any,
    request: HttpRequest | None,
    filters: Filters | None = None,
    *,
    supports_shown: bool = True,
) -> list[Card]:
    """Return a card for each of ``rows``, read ``for_cards``; what they share is worded once."""
    addresses, day, badge = Addresses(request, forum.idea_model), _Days(), cache(_badge)
    supporters, comments = cache(_supporters), cache(_comments)
    cards = []
    for row in rows:
        filed_at, foreign = localtime(row.filed_at), row.locale_id != forum.locale_id
        card = Card(
            title=row.title,
            address=addresses.of(row),
            language_code=row.locale__language_code,
            opening=shortened(row.opening),
            author_name=_author_name(row),
            filed_at=filed_at,
            filed_on=day[filed_at],
            supporters=supporters(row.supports or 0) if supports_shown else None,
            comments=comments(row.comments) if row.comments else "",
            stage_badge=badge(row.stage),
            language_name=_language_name(row.locale__language_code) if foreign else "",
            category_shown=filters.category(row.category_id) if filters else None,
            district_shown=filters.district(row.district_id) if filters else None,
        )
        cards.append(card)
    return cards


def shortened(text: str) -> str:
    """The beginning of a text; marks on letters count with them, which few texts have."""
    if len(text) <= SUMMARY:
        return text
    if not any(map(combining, text)):
        return f"{text[: SUMMARY - 1]}…"
    return str(Truncator(text).chars(SUMMARY))


class _Days(dict[date, str]):
    """Days as people write them, by the moment."""

    def __getitem__(self, at: Any) -> str:
        day = at.date()
        if day not in self:
            self[day] = date_format(at)
        return super().__getitem__(day)


def _author_name(row: Any) -> str:
    if row.author is None:
        return name_of_author(None, Contribution(channel=row.channel))
    is_gone = row.author_user is None or row.erased_at is not None
    return shown_name(row.name, row.author_uuid, gone=is_gone)


def _language_name(code: str) -> str:
    return str(Locale(language_code=code).get_display_name())


def _supporters(number: int) -> str:
    words = ngettext("%(number)s supporter", "%(number)s supporters", number)
    return words % {"number": number_format(number, force_grouping=True)}


def _comments(number: int) -> str:
    words = ngettext("%(number)s comment", "%(number)s comments", number)
    return words % {"number": number_format(number, force_grouping=True)}


def _badge(stage: str) -> dict[str, Any] | None:
    """How far it has come, once that is more than being published."""
    if stage == Stage.PUBLISHED:
        return None
    return {"label": str(Stage(stage).label), "tone": TONES.get(Stage(stage), "neutral")}
