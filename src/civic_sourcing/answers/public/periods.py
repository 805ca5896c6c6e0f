"""Which time and place the public page is about."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from civic_sourcing.answers.compliance import Period
from civic_sourcing.moderation.showing.places import Forum

YEAR, QUARTER, THIS_YEAR, LAST_YEAR, EVERYTHING = "year", "quarter", "this-year", "last-year", "all"
EVERYWHERE = "everywhere"
PERIODS = [
    (YEAR, _("The last twelve months")),
    (QUARTER, _("The last three months")),
    (THIS_YEAR, _("This year")),
    (LAST_YEAR, _("Last year")),
    (EVERYTHING, _("Everything so far")),
]


class WordFilter(forms.Form):
    """A form sent with GET; a value nobody offers counts as not given."""

    period = forms.ChoiceField(label=_("Due in"), choices=PERIODS)
    forum = forms.ChoiceField(label=_("Where"))

    def __init__(self, data: Any, *, forums: Mapping[int, Forum]) -> None:
        titles = {forum.key: forum.title for forum in forums.values()}
        offered = {"period": dict(PERIODS), "forum": {EVERYWHERE: _("Everywhere"), **titles}}
        given = {name: data.get(name) for name in offered if data.get(name) in offered[name]}
        super().__init__({"period": YEAR, "forum": EVERYWHERE, **given})
        self.keys = {forum.key: pk for pk, forum in forums.items()}
        self.fields["forum"].choices = list(offered["forum"].items())  # type: ignore[attr-defined]
        self.full_clean()

    @property
    def chosen(self) -> str:
        """One of the periods."""
        chosen: str = self.cleaned_data["period"]
        return chosen

    @property
    def period_of(self) -> Period:
        """What is due in the chosen time; what is not due yet belongs to it where it is open."""
        return period_of(self.chosen, timezone.now())

    @property
    def process(self) -> int | None:
        """The key of the chosen process."""
        return self.keys.get(self.cleaned_data["forum"])


def period_of(chosen: str, at: datetime) -> Period:
    """The period of a choice, as seen at ``at``: the last ones reach up to the present."""
    today = timezone.localtime(at).date()
    first = today.replace(month=1, day=1)
    return {
        YEAR: Period(since=at - timedelta(days=365)),
        QUARTER: Period(since=at - timedelta(days=91)),
        THIS_YEAR: Period(since=midnight(first)),
        LAST_YEAR: Period(midnight(first.replace(year=first.year - 1)), midnight(first)),
        EVERYTHING: Period(),
    }[chosen]


def midnight(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
