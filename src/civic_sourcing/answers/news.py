"""
What authors, supporters and followers hear of answers and of what the city makes of them.

Of an answer the authors are told first; of a delivery everybody who is credited, at every step:
when it is promised, when its status changes, when a milestone is reached, when there is news, and
when it takes longer. They are told in the transaction of the step. The others may be thousands:
up to ``AT_ONCE`` are told there too, more of them by the next ``civic_tick``, from a row written
in it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _

from civic_sourcing.answers import audience
from civic_sourcing.answers.models import (
    Adoption,
    AdoptionChange,
    DeliveryUpdate,
    Milestone,
    OfficialAnswer,
    PromiseExtension,
    WaitingNews,
)
from civic_sourcing.answers.notices import ANSWERS, DELIVERIES, origins, public_path
from civic_sourcing.attribution.models import Contribution
from civic_sourcing.notifications.outbox import notify
from civic_sourcing.notifications.texts import filled
from civic_sourcing.processes.policies import written

AT_ONCE = 500
"""People beside the authors who are told within the step itself."""

News = OfficialAnswer | Adoption | AdoptionChange | Milestone | DeliveryUpdate | PromiseExtension
Body = str | Lazy | Callable[[Any], str]

COLUMNS: dict[type, str] = {
    OfficialAnswer: "answer",
    Adoption: "adoption",
    AdoptionChange: "change",
    Milestone: "milestone",
    DeliveryUpdate: "update",
    PromiseExtension: "extension",
}

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
ADOPTED = (
    _("The city promises to carry out your “%(title)s”"),
    _("The city promises to carry out “%(title)s”, which you support"),
    _("The city promises to carry out “%(title)s”, which you follow"),
)
REACHED = (
    _("A step is reached on the way of your “%(title)s”"),
    _("A step is reached on the way of “%(title)s”, which you support"),
    _("A step is reached on the way of “%(title)s”, which you follow"),
)
LATER = (
    _("The city takes more time for your “%(title)s”"),
    _("The city takes more time for “%(title)s”, which you support"),
    _("The city takes more time for “%(title)s”, which you follow"),
)
"""For those it is owed to, for supporters, for followers."""


def tell(news: News) -> None:
    """Tell those it is owed to now, and the others now if they are few."""
    many = 0
    for contribution in concerned(news):
        nearest = owed_to(news, contribution)
        _send(news, contribution, nearest, 0)
        supporters, followers = audience.others(contribution, beside=nearest, most=AT_ONCE + 1)
        many += len(supporters) + len(followers)
    if many > AT_ONCE:
        WaitingNews.objects.create(**{_column(news): news})
    else:
        tell_others(news)


def tell_others(news: News) -> int:
    """Tell supporters and followers; return how many were told. Nobody is told twice."""
    told = 0
    for contribution in concerned(news):
        nearest = owed_to(news, contribution)
        supporters, followers = audience.others(contribution, beside=nearest)
        told += _send(news, contribution, supporters, 1)
        told += _send(news, contribution, followers, 2)
    return told


def owed_to(news: News, contribution: Contribution) -> list[Any]:
    """Who is told first: the authors of an answer, everybody credited of a delivery."""
    if isinstance(news, OfficialAnswer):
        return audience.authors(contribution)
    return audience.credited(contribution)


def tell_waiting(at: datetime) -> str:
    """Tell what waits, one piece of news at a time; two runs at once tell each once."""
    told = sum(_tell_one(key) for key in WaitingNews.objects.values_list("pk", flat=True))
    return f"{told} told"


def concerned(news: News) -> list[Contribution]:
    """What was answered, or what the city made of: as far as everybody may read it."""
    if isinstance(news, OfficialAnswer):
        return [news.contribution]
    return origins(adoption_of(news))


def adoption_of(news: Any) -> Adoption:
    """Which adoption it is news of."""
    if isinstance(news, Adoption):
        return news
    if isinstance(news, PromiseExtension):
        found: Adoption = news.promise.contribution.adoption
        return found
    adoption: Adoption = news.adoption
    return adoption


def _tell_one(key: int) -> int:
    with transaction.atomic():
        rows = WaitingNews.objects.select_for_update(skip_locked=True)
        waiting: Any = rows.filter(pk=key).first()
        if waiting is None:
            return 0
        told = tell_others(waiting.news)
        waiting.delete()
    return told


def _send(news: News, contribution: Contribution, users: list[Any], nearest: int) -> int:
    if isinstance(news, OfficialAnswer):
        sentences, category, body = _answered(news), ANSWERS.key, ""
    else:
        sentences, body = _delivered(news)
        category = DELIVERIES.key
    return notify(
        users,
        category=category,
        subject=filled(sentences[nearest], title=contribution.name_in_news),
        body=body,
        url=public_path(contribution),
        about=adoption_of(news).uuid if isinstance(news, SAID_OF_THE_PLAN) else news.uuid,
        dedupe=f"{_column(news)}:{news.pk}",
    )


SAID_OF_THE_PLAN = (AdoptionChange, PromiseExtension)
"""News without an identifier of their own."""


def _answered(news: OfficialAnswer) -> tuple[Lazy, Lazy, Lazy]:
    kinds = {"interim": INTERIM, "final": FINAL}
    return CORRECTED if news.corrects_id else kinds[news.kind]


def _delivered(news: Any) -> tuple[tuple[Lazy, Lazy, Lazy], Body]:
    """Sentences and body; the body is read with the language of who is told switched on."""
    if isinstance(news, AdoptionChange):
        return STATUS, lambda user: _now(_("It is now: %(it)s."), news.get_status_display())
    if isinstance(news, Milestone):
        return REACHED, lambda user: _now(_("It is: %(it)s."), news.title)
    if isinstance(news, PromiseExtension):
        until = _("Until %(it)s. The reason is on the page.")
        return LATER, lambda user: _now(until, written(news.due_at))
    if isinstance(news, Adoption):
        return ADOPTED, _("You can follow each step on its page, and when it is expected.")
    return DELIVERY, ""


def _now(sentence: Lazy, it: str) -> str:
    return str(sentence) % {"it": it}


def _column(news: News) -> str:
    return COLUMNS[type(news)]
