"""What of the log somebody wants to see."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from civic_sourcing.moderation.models import AppealOutcome, AppealState, Decision, Outcome
from civic_sourcing.moderation.showing.log import LOGGED, NO_APPEAL, OPEN_APPEAL
from civic_sourcing.moderation.showing.places import SITE, Forum

EVERYTHING = [("", _("All"))]


class LogFilter(forms.Form):
    """A form sent with GET; a value nobody offers is ignored."""

    forum = forms.ChoiceField(label=_("Where"), required=False)
    rule = forms.ChoiceField(label=_("Rule"), required=False)
    outcome = forms.ChoiceField(label=_("Measure"), required=False)
    appeal = forms.ChoiceField(label=_("Result of the appeal"), required=False)
    since = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    until = forms.DateField(
        label=_("Up to"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )

    def __init__(self, data: Any, *, forums: Mapping[int, Forum], rules: Mapping[str, str]) -> None:
        super().__init__(data)
        self.forums = {forum.key: forum for forum in forums.values()}
        titles = [(forum.key, forum.title) for forum in self.forums.values()]
        outcomes = [(each, Outcome(each).label) for each in Outcome if each in LOGGED]
        appeals = [(NO_APPEAL, _("None")), (OPEN_APPEAL, AppealState.OPEN.label)]
        for name, choices in (
            ("forum", [*titles, (SITE, _("No forum: profiles"))]),
            ("rule", list(rules.items())),
            ("outcome", outcomes),
            ("appeal", [*appeals, *AppealOutcome.choices]),
        ):
            field: Any = self.fields[name]
            field.choices = [*EVERYTHING, *choices]

    def apply(self, rows: QuerySet[Decision]) -> QuerySet[Decision]:
        """Those of ``rows`` that were asked for."""
        self.is_valid()
        asked = {name: value for name, value in self.cleaned_data.items() if value}
        if forum := asked.get("forum"):
            key = self.forums[forum].process_id if forum in self.forums else None
            rows = rows.filter(case__process=key)
        if rule := asked.get("rule"):
            rows = rows.filter(rule__translation_key=rule)
        if outcome := asked.get("outcome"):
            rows = rows.filter(outcome=outcome)
        if since := asked.get("since"):
            rows = rows.filter(decided_at__date__gte=since)
        if until := asked.get("until"):
            rows = rows.filter(decided_at__date__lte=until)
        return _by_appeal(rows, asked.get("appeal", ""))

    @property
    def is_used(self) -> bool:
        self.is_valid()
        return any(self.cleaned_data.values())


def _by_appeal(rows: QuerySet[Decision], asked: str) -> QuerySet[Decision]:
    if asked == NO_APPEAL:
        return rows.filter(appeal=None)
    if asked == OPEN_APPEAL:
        return rows.filter(appeal__state=AppealState.OPEN)
    return rows.filter(appeal__outcome=asked) if asked else rows
