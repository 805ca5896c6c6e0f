"""The log of measures: what was done under which rule, where and when. Nobody is named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from civic_sourcing.attribution.kinds import contribution_kinds
from civic_sourcing.moderation.deciding.outcomes import LIMITING
from civic_sourcing.moderation.models import (
    PARTICIPANT,
    Appeal,
    AppealState,
    Decision,
    Measure,
    NetiquetteRule,
    Outcome,
)
from civic_sourcing.moderation.showing.places import Forum

LOGGED = sorted(LIMITING)
NO_APPEAL, OPEN_APPEAL = "none", "open"


@dataclass(frozen=True)
class Entry:
    """One measure in words. ``appeal`` and ``state`` are sentences, ``tone`` colours the state."""

    uuid: UUID
    at: datetime
    kind: str
    outcome: str
    rule: str
    forum: Forum | None
    state: str
    tone: str
    appeal: str
    appeal_tone: str


def measures_in(forums: Iterable[int]) -> QuerySet[Decision]:
    """Decisions that took something from somebody, in these processes or in none, latest first."""
    public = Q(case__process__in=list(forums)) | Q(case__process=None)
    rows = Decision.objects.filter(public, outcome__in=LOGGED)
    measures = Measure.objects.only("decision", "until", "ended_at", "end_reason")
    appeals = Appeal.objects.only("decision", "state", "outcome")
    return (
        rows.select_related("rule", "case")
        .only(
            "uuid", "outcome", "decided_at", "until", "origin", "rule__translation_key",
            "case__kind", "case__process_id",
        )
        .prefetch_related(
            Prefetch("measures", measures),
            Prefetch("appeal", appeals),
        )
        .order_by("-decided_at", "-pk")
    )  # fmt: skip


def rule_titles() -> dict[str, str]:
    """Titles of all rules, retired ones too, by translation key, as the visitor reads them."""
    rules = NetiquetteRule.objects.in_language(get_language())
    return {str(rule.translation_key): rule.title for rule in rules}


def kind_titles() -> dict[str, str]:
    kinds = {kind.key: str(kind.label) for kind in contribution_kinds()}
    return {**kinds, PARTICIPANT: _("Profile")}


def entries_of(
    decisions: Iterable[Decision],
    forums: Mapping[int, Forum],
    rules: Mapping[str, str],
    at: datetime,
) -> list[Entry]:
    """The rows of the log, ``rules`` by their titles."""
    kinds = kind_titles()
    return [_entry(decision, forums, rules, kinds, at) for decision in decisions]


def _entry(
    decision: Decision,
    forums: Mapping[int, Forum],
    rules: Mapping[str, str],
    kinds: Mapping[str, str],
    at: datetime,
) -> Entry:
    state, tone = state_of(decision, at)
    appeal, appeal_tone = appeal_of(decision)
    rule = decision.rule
    return Entry(
        uuid=decision.uuid,
        at=localtime(decision.decided_at),
        kind=kinds.get(decision.case.kind, decision.case.kind),
        outcome=str(Outcome(decision.outcome).label),
        rule=rules.get(str(rule.translation_key), "") if rule else "",
        forum=forums.get(decision.case.process_id or 0),
        state=state,
        tone=tone,
        appeal=appeal,
        appeal_tone=appeal_tone,
    )


def state_of(decision: Decision, at: datetime) -> tuple[str, str]:
    """Whether the measure holds at ``at``, as a sentence and a tone; its time may be over."""
    measures: list[Any] = list(decision.measures.all())
    if not measures or decision.outcome == Outcome.WARN:
        return "", "neutral"
    if any(measure.ended_at is None for measure in measures):
        until = next((measure.until for measure in measures if measure.ended_at is None), None)
        if until is None:
            return _("In force"), "warning"
        if until > at:
            return _("In force until %(date)s") % {"date": _day(until)}, "warning"
        return _("Ended on %(date)s: its time was over") % {"date": _day(until)}, "neutral"
    last = max(measures, key=lambda measure: measure.ended_at)
    return (
        _("Ended on %(date)s: %(reason)s")
        % {"date": _day(last.ended_at), "reason": last.get_end_reason_display()},
        "neutral",
    )


def appeal_of(decision: Decision) -> tuple[str, str]:
    """What became of an appeal, as a sentence and a tone; empty where there was none."""
    appeal = getattr(decision, "appeal", None)
    if appeal is None:
        return "", ""
    if appeal.state == AppealState.OPEN:
        return _("Appealed, not decided yet"), "info"
    tones = {"reversed": "success", "changed": "info"}
    sentences = {
        "upheld": _("Appealed: the decision stands"),
        "reversed": _("Appealed: the decision was reversed"),
        "changed": _("Appealed: the decision was changed"),
    }
    return sentences[appeal.outcome], tones.get(appeal.outcome, "neutral")


def _day(moment: datetime) -> str:
    return date_format(localtime(moment), "DATE_FORMAT")
