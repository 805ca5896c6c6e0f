"""
What people are told about the way of an idea: each person once about each step, for the nearest
reason.

Authors are told in the transaction of the step. Supporters and followers may be thousands: up to
``AT_ONCE`` are told there too, more of them by the next ``civic_tick``, from a row written in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import chain
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from civic_sourcing.answers.audience import authors
from civic_sourcing.answers.reasons import reason_label
from civic_sourcing.attribution.models import Contribution
from civic_sourcing.ideas.models import (
    Cause,
    Event,
    IdeaFollow,
    Measure,
    Stage,
    StageChange,
    StageNews,
    Support,
    ThresholdReached,
)
from civic_sourcing.ideas.vocabulary import words_of
from civic_sourcing.notifications.categories import Category, register_category
from civic_sourcing.notifications.outbox import notify
from civic_sourcing.notifications.texts import filled
from civic_sourcing.participants.models import Participant

AT_ONCE = 500
"""People beside the authors who are told within the step itself."""

MINE = Category(
    "civic_ideas.stages",
    _("What you handed in"),
    _("What the city does with what you handed in, step by step."),
)
SUPPORTED = Category(
    "civic_ideas.supported",
    _("What you support or follow"),
    _("What becomes of them: each stage, and each threshold they reach."),
    default_mail="daily",
)


def register_categories() -> None:
    for category in (MINE, SUPPORTED):
        register_category(category)


def tell_change(idea: Any, change: StageChange) -> None:
    """
    Tell of a step, in its transaction: authors now, the others now if they are few.

    Of a step that an answer or an adoption brings, people are told with that.
    """
    if change.cause == Cause.ANSWER:
        return
    contribution = idea.contribution
    _tell_of_change(authors(contribution), MINE, change, words_of(idea.process).mine)
    if len(_others(contribution)[: AT_ONCE + 1]) > AT_ONCE:
        StageNews.objects.create(change=change)
    else:
        tell_others(change)


def tell_others(change: StageChange) -> int:
    """Tell supporters and followers of a step; return how many were told."""
    contribution = change.contribution
    words = words_of(contribution.process)
    told = {user.pk for user in authors(contribution)}
    supporters = [user for user in _supporters(contribution) if user.pk not in told]
    told |= {user.pk for user in supporters}
    follow = [user for user in followers(contribution) if user.pk not in told]
    return _tell_of_change(supporters, SUPPORTED, change, words.supported) + _tell_of_change(
        follow, SUPPORTED, change, words.followed
    )


def tell_waiting(at: datetime) -> str:
    """Tell what waits, one step at a time. Safe to run twice at once: each is told once."""
    told = sum(_tell_one(key) for key in StageNews.objects.values_list("pk", flat=True))
    return f"{told} told"


def tell_reached(idea: Any, reached: ThresholdReached) -> None:
    """Tell of a threshold that leads to no other stage: an answer due, a debate, a list."""
    contribution, rule = idea.contribution, reached.rule
    sentence, number = REACHED[Event(rule.event)], SUBJECTS[Measure(rule.measure)]
    title, until = contribution.name_in_news, Moment(reached.until)
    if rule.event == Event.DEBATE and reached.until is None:
        sentence = _("So a public debate is open.")
    told = authors(contribution)
    keys = {user.pk for user in told}
    others = [user for user in _others(contribution)[:AT_ONCE] if user.pk not in keys]
    for people, category in ((told, MINE), (others, SUPPORTED)):
        notify(
            people,
            category=category.key,
            subject=lambda user: number % {"number": rule.number, "title": title},
            body=filled(sentence, until=until),
            url=address(contribution),
            about=contribution.uuid,
            dedupe=f"threshold:{contribution.uuid}:{rule.uuid}",
        )


class Moment:
    """A day, written in the language of whoever reads it."""

    def __init__(self, at: datetime | None) -> None:
        self.at = at

    def __str__(self) -> str:
        return date_format(localtime(self.at), "DATE_FORMAT") if self.at else "–"


SUBJECTS = {
    Measure.SUPPORTS: ngettext_lazy(
        "%(number)d person supports “%(title)s”",
        "%(number)d people support “%(title)s”",
        "number",
    ),
    Measure.COMMENTERS: ngettext_lazy(
        "%(number)d person discusses “%(title)s”",
        "%(number)d people discuss “%(title)s”",
        "number",
    ),
}
REACHED = {
    Event.VISIBLE: _("So it is listed for everybody now."),
    Event.REVIEW: _("So the city reviews it."),
    Event.ANSWER_DUE: _("So the city owes an answer, by %(until)s."),
    Event.DEBATE: _("So a public debate is open, until %(until)s."),
    Event.BALLOT: _("So it goes on the ballot."),
}


def address(contribution: Contribution) -> str:
    """Where it is read; its page of credits, which always exists, where it has none."""
    return contribution.kind_of.url(contribution) or reverse(
        "civic_attribution:credits", args=[contribution.uuid]
    )


def _tell_one(key: int) -> int:
    with transaction.atomic():
        waiting = StageNews.objects.select_for_update(skip_locked=True).filter(pk=key).first()
        if waiting is None:
            return 0
        told = tell_others(waiting.change)
        waiting.delete()
    return told


def _tell_of_change(users: list[Any], category: Category, change: StageChange, why: Any) -> int:
    contribution = change.contribution
    return notify(
        users,
        category=category.key,
        subject=filled(
            _("“%(title)s” is now: %(stage)s"),
            title=contribution.name_in_news,
            stage=Stage(change.after).label,
        ),
        body=lambda user: "\n\n".join(_paragraphs(change, why)),
        url=address(contribution),
        about=contribution.uuid,
        dedupe=f"stage:{change.uuid}",
    )


def _paragraphs(change: StageChange, why: Any) -> Iterator[str]:
    reasons = [str(reason_label(code)) for code in change.reason_codes]
    if reasons:
        yield "\n".join(f"– {reason}" for reason in reasons)
    if change.note:
        yield change.note
    yield str(why)


def _others(contribution: Contribution) -> list[Any]:
    """Supporters and followers, each once, as few as are needed to know whether they are many."""
    people = chain(
        _people(Participant.objects.filter(supports__contribution=contribution)),
        _people(Participant.objects.filter(idea_follows__contribution=contribution)),
    )
    return list({user.pk: user for user in people}.values())


def _people(participants: Any) -> Iterable[Any]:
    rows = participants.select_related("user").order_by("pk")[: AT_ONCE + 1]
    return [person.user for person in rows if person.user]


def _supporters(contribution: Contribution) -> list[Any]:
    rows = Support.objects.filter(contribution=contribution).select_related("participant__user")
    return [row.participant.user for row in rows if row.participant.user]


def followers(contribution: Contribution) -> list[Any]:
    """The users who follow an idea."""
    rows = IdeaFollow.objects.filter(contribution=contribution).select_related("participant__user")
    return [row.participant.user for row in rows if row.participant.user]
