"""
What authors, supporters and followers hear of answers and of what the city makes of them.

Authors are told in the transaction of the step. The others may be thousands: up to ``AT_ONCE`` are
told there too, more of them by the next ``civic_tick``, from a row written in it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _

from civic_sourcing.answers import audience
from civic_sourcing.answers.models import (
    AdoptionChange,
    DeliveryUpdate,
    OfficialAnswer,
    WaitingNews,
)
from civic_sourcing.answers.notices import ANSWERS, DELIVERIES, origins, public_path
from civic_sourcing.attribution.models import Contribution
from civic_sourcing.notifications.outbox import notify
from civic_sourcing.notifications.texts import filled

AT_ONCE = 500
"""People beside the authors who are told within the step itself."""

News = OfficialAnswer | AdoptionChange | DeliveryUpdate

FINAL = (
    _("The city has answered your “%(title)s”"),
    _("The city has answered “%(title)s”, which you support"),
    _("The city has answered “%(title)s”, which you follow"),
)
INTERIM = (
    _("There is an interim answer to your “%(title)s”"),
    _("There is an interim answer to “%(title)s”, which you support"),
    _("There is an interim answer to “%(title)s”, which you follow"),
)
CORRECTED = (
    _("The city has corrected its answer to your “%(title)s”"),
    _("The city has corrected its answer to “%(title)s”, which you support"),
    _("The city has corrected its answer to “%(title)s”, which you follow"),
)
STATUS = (
    _("What the city makes of your “%(title)s” has moved on"),
    _("What the city makes of “%(title)s”, which you support, has moved on"),
    _("What the city makes of “%(title)s”, which you follow, has moved on"),
)
DELIVERY = (
    _("There is news of what the city makes of your “%(title)s”"),
    _("There is news of what the city makes of “%(title)s”, which you support"),
    _("There is news of what the city makes of “%(title)s”, which you follow"),
)
"""For authors, for supporters, for followers."""


def tell(news: News) -> None:
    """Tell the authors now, and the others now if they are few."""
    many = 0
    for contribution in concerned(news):
        _send(news, contribution, audience.authors(contribution), 0)
        supporters, followers = audience.others(contribution, most=AT_ONCE + 1)
        many += len(supporters) + len(followers)
    if many > AT_ONCE:
        WaitingNews.objects.create(**{_column(news): news})
    else:
        tell_others(news)


def tell_others(news: News) -> int:
    """Tell supporters and followers; return how many were told. Nobody is told twice."""
    told = 0
    for contribution in concerned(news):
        supporters, followers = audience.others(contribution)
        told += _send(news, contribution, supporters, 1)
        told += _send(news, contribution, followers, 2)
    return told


def tell_waiting(at: datetime) -> str:
    """Tell what waits, one piece of news at a time; two runs at once tell each once."""
    told = sum(_tell_one(key) for key in WaitingNews.objects.values_list("pk", flat=True))
    return f"{told} told"


def concerned(news: News) -> list[Contribution]:
    """What was answered, or what the city made of: as far as everybody may read it."""
    if isinstance(news, OfficialAnswer):
        return [news.contribution]
    return origins(news.adoption)


def _tell_one(key: int) -> int:
    with transaction.atomic():
        rows = WaitingNews.objects.select_for_update(skip_locked=True)
        waiting = rows.filter(pk=key).first()
        if waiting is None:
            return 0
        news = waiting.answer or waiting.change or waiting.update
        assert news is not None  # the database insists
        told = tell_others(news)
        waiting.delete()
    return told


def _send(news: News, contribution: Contribution, users: list[Any], nearest: int) -> int:
    sentences, category, about, body = _words(news)
    return notify(
        users,
        category=category,
        subject=filled(sentences[nearest], title=contribution.name_in_news),
        body=body,
        url=public_path(contribution),
        about=about,
        dedupe=f"{_column(news)}:{news.pk}",
    )


def _words(news: News) -> tuple[tuple[Lazy, Lazy, Lazy], str, UUID, str | Callable[[Any], str]]:
    if isinstance(news, AdoptionChange):
        change = news

        def body(user: Any) -> str:
            return str(_("It is now: %(status)s.")) % {"status": change.get_status_display()}

        return STATUS, DELIVERIES.key, change.adoption.uuid, body
    if isinstance(news, DeliveryUpdate):
        return DELIVERY, DELIVERIES.key, news.uuid, ""
    kinds = {"interim": INTERIM, "final": FINAL}
    sentences = CORRECTED if news.corrects_id else kinds[news.kind]
    return sentences, ANSWERS.key, news.uuid, ""


def _column(news: News) -> str:
    columns = {OfficialAnswer: "answer", AdoptionChange: "change", DeliveryUpdate: "update"}
    return columns[type(news)]
