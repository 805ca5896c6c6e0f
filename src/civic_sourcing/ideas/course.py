"""What an idea's history tells of stages and thresholds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q, prefetch_related_objects
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from civic_sourcing.answers.reasons import reason_label
from civic_sourcing.attribution.history import HistoryEvent
from civic_sourcing.attribution.models import Contribution
from civic_sourcing.attribution.traces import may_have
from civic_sourcing.ideas.models import Event, Measure, Stage, StageChange, ThresholdReached
from civic_sourcing.ideas.stage_news import Moment
from civic_sourcing.processes.kinds import Label

KIND = "idea"
THRESHOLDS = "thresholds"
STAGES = "stages"


def tell_course(contribution: Contribution) -> list[HistoryEvent]:
    """Thresholds and stages, in two or three queries; nothing for what is no idea."""
    if contribution.kind != KIND:
        return []
    return [*_thresholds(contribution), *_stages(contribution)]


def reached_by(contribution: Contribution) -> list[ThresholdReached]:
    """The thresholds something has reached; none are looked for where its process has none."""
    if not may_have(contribution, THRESHOLDS):
        return []
    prefetch_related_objects([contribution.process], "threshold_rules")
    rules = {rule.pk: rule for rule in contribution.process.threshold_rules.all()}
    if not rules:
        return []
    rows = list(ThresholdReached.objects.filter(contribution=contribution))
    for row in rows:
        if row.rule_id in rules:
            row.rule = rules[row.rule_id]
    return rows


def in_debate(contribution: Contribution, at: datetime) -> bool:
    """Whether a threshold has opened a public debate about an idea that goes on at ``at``."""
    if contribution.kind != KIND or not may_have(contribution, THRESHOLDS):
        return False
    opened = ThresholdReached.objects.filter(contribution=contribution, reached_at__lte=at)
    running = opened.filter(Q(until=None) | Q(until__gt=at))
    return running.filter(rule__event=Event.DEBATE).exists()


def _thresholds(contribution: Contribution) -> Iterator[HistoryEvent]:
    for reached in reached_by(contribution):
        yield HistoryEvent(
            reached.reached_at,
            f"threshold-{reached.rule.event}",
            in_words(reached),
            details=_follows(reached),
        )


def _stages(contribution: Contribution) -> Iterator[HistoryEvent]:
    if not may_have(contribution, STAGES):
        return
    for change in StageChange.objects.filter(contribution=contribution):
        reasons = [str(reason_label(code)) for code in change.reason_codes]
        yield HistoryEvent(
            change.changed_at,
            f"stage-{change.after}",
            Stage(change.after).label,
            details="\n".join(filter(None, ["; ".join(reasons), change.note])),
        )


def in_words(reached: ThresholdReached) -> str:
    """“50 people supported it”."""
    number = reached.rule.number
    if reached.rule.measure == Measure.COMMENTERS:
        sentence = ngettext(
            "%(number)d person discussed it", "%(number)d people discussed it", number
        )
    else:
        sentence = ngettext(
            "%(number)d person supported it", "%(number)d people supported it", number
        )
    return sentence % {"number": number}


def _follows(reached: ThresholdReached) -> Label:
    """What came of it, with the date where there is one."""
    event, until = Event(reached.rule.event), reached.until
    if event == Event.ANSWER_DUE and until:
        return _("The city owes an answer by %(until)s.") % {"until": Moment(until)}
    if event == Event.DEBATE and until:
        return _("A public debate is open until %(until)s.") % {"until": Moment(until)}
    return pgettext("threshold", "What follows: %(event)s.") % {"event": event.label}
