"""
Mail to moderators: what has come in and what is late, never two within 15 minutes.

``civic_tick`` looks every minute. When somebody was last written to is a row in the database, and
whoever moves it on writes the mail: overlapping runs on any number of servers end with one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from civic_sourcing.core import clock
from civic_sourcing.moderation.colleagues import all_moderators
from civic_sourcing.moderation.models import CaseAlert
from civic_sourcing.moderation.places import cases_for
from civic_sourcing.moderation.queue.conf import conf
from civic_sourcing.moderation.queue.names import URL_NAME
from civic_sourcing.moderation.queue.waiting import MOST, appeals_for
from civic_sourcing.notifications.categories import Category
from civic_sourcing.notifications.outbox import notify

NEVER = datetime(1970, 1, 1, tzinfo=UTC)
CATEGORY = Category(
    "civic_moderation.cases",
    _("Cases to decide"),
    _("What waits for you as a moderator, at most every quarter of an hour."),
    for_office=True,
)


@dataclass(frozen=True)
class News:
    """What happened since the last mail, and what waits in all; none above ``MOST``."""

    new: int
    late: int
    appeals: int
    waiting: int
    emergencies: int

    @property
    def is_worth_a_mail(self) -> bool:
        return bool(self.new or self.late or self.appeals)

    def subject(self, user: Any = None) -> str:
        if self.emergencies:
            return ngettext(
                "An emergency waits for you",
                "%(number)s emergencies wait for you",
                self.emergencies,
            ) % {"number": self.emergencies}
        return ngettext(
            "%(number)s case waits for you", "%(number)s cases wait for you", self.waiting
        ) % {"number": self.waiting}

    def body(self, user: Any = None) -> str:
        """One line for each kind of news; nothing of what anybody wrote."""
        number = self.new
        new = ngettext("%(number)s new case", "%(number)s new cases", number) % {"number": number}
        number = self.late
        late = ngettext(
            "%(number)s case has become overdue", "%(number)s cases have become overdue", number
        ) % {"number": number}
        number = self.appeals
        appeals = ngettext("%(number)s new appeal", "%(number)s new appeals", number) % {
            "number": number
        }
        lines = [(self.new, new), (self.late, late), (self.appeals, appeals)]
        return "\n".join(words for number, words in lines if number)


def alert_moderators(at: datetime) -> str:
    """Write to every moderator for whom there is something new and the time has come."""
    told_before = dict(CaseAlert.objects.values_list("user", "sent_at"))
    latest = at - conf.alert_pause
    people = [user for user in all_moderators() if told_before.get(user.pk, NEVER) <= latest]
    return f"{sum(alert(user) for user in people)} written to"


def alert(user: Any) -> bool:
    """Write to one moderator if there is news and no mail within the time; at most one run does."""
    at = clock.now()
    CaseAlert.objects.bulk_create([CaseAlert(user=user, sent_at=NEVER)], ignore_conflicts=True)
    since = CaseAlert.objects.values_list("sent_at", flat=True).get(user=user)
    if at < since + conf.alert_pause:
        return False
    news = news_for(user, since, at)
    if not news.is_worth_a_mail:
        return False
    with transaction.atomic():
        is_ours = CaseAlert.objects.filter(user=user, sent_at=since).update(sent_at=at)
        if is_ours:
            notify(
                [user],
                category=CATEGORY.key,
                subject=news.subject,
                body=news.body,
                url=reverse_lazy(f"{URL_NAME}:index"),
            )
    return bool(is_ours)


def news_for(user: Any, since: datetime, at: datetime) -> News:
    """Count what is new to ``user`` after ``since``."""
    open_cases = cases_for(user).open().order_by()
    appeals = appeals_for(user).open().exclude(decision__decided_by=user)
    return News(
        new=open_cases.filter(opened_at__gt=since)[:MOST].count(),
        late=open_cases.filter(due_at__gt=since, due_at__lte=at)[:MOST].count(),
        appeals=appeals.filter(filed_at__gt=since).order_by()[:MOST].count(),
        waiting=open_cases[:MOST].count(),
        emergencies=open_cases.filter(is_emergency=True, opened_at__gt=since)[:MOST].count(),
    )
