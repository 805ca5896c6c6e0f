"""
What people hear of promises, answers and adoptions, and what the city hears of its own clock.

Subjects name the contribution and never quote an answer: that is read where it can be corrected.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _

from civic_sourcing.answers import audience
from civic_sourcing.answers.contributions import source_of
from civic_sourcing.answers.models import (
    ADOPTION,
    Adoption,
    AnswerPart,
    OfficialAnswer,
    Promise,
    PromiseExtension,
    PromiseKind,
)
from civic_sourcing.attribution.credits.news import credits_path
from civic_sourcing.attribution.family.queries import ties_above
from civic_sourcing.attribution.models import Contribution
from civic_sourcing.notifications.categories import Category, register_category
from civic_sourcing.notifications.outbox import notify
from civic_sourcing.notifications.texts import filled
from civic_sourcing.processes.policies import written

ANSWERS = Category(
    "civic_answers.answers",
    _("Answers of the city"),
    _("When the city answers what you handed in or support, or promises to."),
)
DELIVERIES = Category(
    "civic_answers.deliveries",
    _("What the city makes of it"),
    _("When there is news of what was adopted from what you handed in or support."),
)
OFFICE = Category(
    "civic_answers.to_answer",
    _("What the city owes"),
    _("For officials: answers and deliveries that are due, with their dates."),
    can_turn_off=False,
    for_office=True,
)


def register_categories() -> None:
    for category in (ANSWERS, DELIVERIES, OFFICE):
        register_category(category)


def tell_promised(promise: Promise, *, authors: bool) -> None:
    """Tell who has to act until when, and ``authors`` where nobody else tells them why."""
    owed = (
        _("Please answer “%(title)s”")
        if promise.kind == PromiseKind.ANSWER
        else _("Please deliver “%(title)s”")
    )
    _tell_office(audience.caretakers(promise), promise, owed, _("It is due on %(date)s."))
    if authors:
        _tell_authors(
            promise,
            _("The city will answer “%(title)s”"),
            _("It has until %(date)s. The page shows how long that is, and whether it is late."),
        )


def tell_assigned(promise: Promise) -> None:
    _tell_office(
        [promise.owner],
        promise,
        _("“%(title)s” is yours to care for now"),
        _("It is due on %(date)s."),
    )


def tell_extended(promise: Promise, extension: PromiseExtension) -> None:
    _tell_authors(
        promise,
        _("The city takes more time for “%(title)s”"),
        _("Until %(date)s. The reason is on the page."),
    )


def tell_waived(promise: Promise) -> None:
    _tell_authors(
        promise,
        _("The city does not owe anything to “%(title)s” any more"),
        _("The reason is on the page."),
    )


def remind(promise: Promise) -> int:
    """Remind whoever has to act."""
    return _tell_office(
        audience.caretakers(promise), promise, _("Due soon: “%(title)s”"), _("Until %(date)s.")
    )


def escalate(promise: Promise) -> int:
    """Tell everybody who could do something about it that it is overdue."""
    return _tell_office(
        audience.above(promise),
        promise,
        _("Overdue: “%(title)s”"),
        _("It was due on %(date)s. Everybody can see on the page that it is late."),
    )


def ask_for_part(part: AnswerPart) -> int:
    """Tell the people of a partner department that an answer waits for their part."""
    return notify(
        audience.members(part.department),
        category=OFFICE.key,
        subject=_named(_("Your part of the answer to “%(title)s” is missing"), _of(part)),
        body=_("It is published when all departments have had their say."),
        url=office_path(_of(part)),
        about=part.answer.uuid,
    )


def tell_complete(answer: OfficialAnswer) -> int:
    """Tell who wrote the answer that all departments have had their say."""
    return notify(
        [answer.by],
        category=OFFICE.key,
        subject=_named(_("The answer to “%(title)s” is complete"), answer.contribution),
        body=_("All departments have written their part. It can be published now."),
        url=office_path(answer.contribution),
        about=answer.uuid,
    )


def sources(adoption: Adoption) -> list[Contribution]:
    """What the city made it of, as far as everybody may read it."""
    rows = Contribution.objects.filter(derived__target=adoption.contribution)
    return list(rows.published().select_related("process").order_by("pk"))


def origins(adoption: Adoption) -> list[Contribution]:
    """
    What it was made of in the end: ideas too that became the project that was adopted.

    Only what everybody may read.
    """
    keys = {tie.source for tie in ties_above([adoption.contribution_id])}
    rows = Contribution.objects.filter(pk__in=keys).published()
    return list(rows.select_related("process").order_by("pk"))


def public_path(contribution: Contribution) -> str:
    """Where people read what the city says: the page of the contribution."""
    return contribution.kind_of.url(contribution) or credits_path(contribution)


def office_path(contribution: Contribution) -> str:
    """Where officials see it and answer."""
    if contribution.kind == ADOPTION:
        return reverse("civic_answers_admin:adoption", args=[contribution.adoption.uuid])
    return reverse("civic_answers_admin:contribution", args=[contribution.uuid])


def _tell_authors(promise: Promise, subject: Lazy, body: Lazy) -> int:
    """Of a delivery, the authors of what was adopted are told."""
    contribution = promise.contribution
    if contribution.kind == ADOPTION:
        contribution = source_of(contribution) or contribution
    return notify(
        audience.authors(contribution),
        category=ANSWERS.key,
        subject=_named(subject, contribution),
        body=_dated(body, promise.due_at),
        url=public_path(contribution),
        about=promise.uuid,
    )


def _tell_office(users: Iterable[Any], promise: Promise, subject: Lazy, body: Lazy) -> int:
    return notify(
        users,
        category=OFFICE.key,
        subject=_named(subject, promise.contribution),
        body=_dated(body, promise.due_at),
        url=office_path(promise.contribution),
        about=promise.uuid,
    )


def _named(sentence: Lazy, contribution: Contribution) -> Any:
    return filled(sentence, title=contribution.name_in_news)


def _dated(sentence: Lazy, moment: datetime) -> Any:
    """The date is written only when it is known in which language."""

    def words(user: Any) -> str:
        return str(sentence) % {"date": written(moment)}

    return words


def _of(part: AnswerPart) -> Contribution:
    return part.answer.contribution
