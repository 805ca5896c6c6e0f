"""How a forum works, and how far an idea has come, in words for everybody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from django.utils.formats import date_format, number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from civic_sourcing.attribution.history import HistoryEvent, history_of
from civic_sourcing.attribution.traces import may_have
from civic_sourcing.ideas import reaching, thresholds
from civic_sourcing.ideas.course import THRESHOLDS, reached_by
from civic_sourcing.ideas.listing.readings import threshold_rules
from civic_sourcing.ideas.listing.told import are_supports_told
from civic_sourcing.ideas.models import (
    Event,
    ForumRules,
    Initiator,
    Measure,
    Openness,
    ThresholdReached,
    ThresholdRule,
)
from civic_sourcing.ideas.vocabulary import words_of
from civic_sourcing.participants.eligibility.policies import Eligibility

if TYPE_CHECKING:
    from civic_sourcing.ideas.standing import Standing

OVER = frozenset({"withdrawn", "merged", "declined", "done"})
"""Stages in which nobody waits for another threshold."""


@dataclass(frozen=True)
class ForumFacts:
    """What holds in a forum, as its page says it."""

    rules: ForumRules
    thresholds: Sequence[str]
    conditions: Sequence[Any]

    @property
    def by_agency(self) -> bool:
        return self.rules.initiator == Initiator.AGENCY

    @property
    def is_strategic(self) -> bool:
        return self.rules.openness == Openness.STRATEGIC

    @property
    def limits(self) -> list[str]:
        """How much everybody can do here, and what is shown only later."""
        lines = []
        if most := self.rules.ideas_per_person:
            lines.append(
                ngettext(
                    "Everybody can hand in %(most)d contribution here.",
                    "Everybody can hand in %(most)d contributions here.",
                    most,
                )
                % {"most": most}
            )
        if most := self.rules.supports_per_person:
            lines.append(
                ngettext(
                    "Everybody can support %(most)d contribution here, and take that back.",
                    "Everybody can support %(most)d contributions here, and take that back.",
                    most,
                )
                % {"most": most}
            )
        if self.rules.supports_hidden:
            lines.append(_("How many support something is shown once support is closed."))
        return lines


def facts_of(process: Any, user: Any, at: datetime) -> ForumFacts:
    """The rules that hold for what is filed at ``at``; two queries, more where it is not open."""
    rules = ForumRules.objects.loaded(process)
    every = {rule.pk: rule for rule in threshold_rules(process.pk)}
    holding = thresholds.in_force(map(reaching.plain, every.values()), at)
    lines = [in_words(every[bare.key]) for bare in holding]
    strategic = rules.openness == Openness.STRATEGIC
    conditions = Eligibility(user, process, at).lines if strategic else []
    return ForumFacts(rules, lines, conditions)


def in_words(rule: ThresholdRule) -> str:
    """“50 people support it within 30 days: a department reviews it, within 20 days.”"""
    facts = {
        "who": _people(rule.measure, rule.number, within=rule.days),
        "event": Event(rule.event).label,
        "days": rule.answer_days,
    }
    if not rule.answer_days:
        return _("%(who)s: %(event)s.") % facts
    if rule.event == Event.DEBATE:
        sentence = ngettext(
            "%(who)s: %(event)s, for %(days)d day.",
            "%(who)s: %(event)s, for %(days)d days.",
            rule.answer_days,
        )
    else:
        sentence = ngettext(
            "%(who)s: %(event)s, within %(days)d day.",
            "%(who)s: %(event)s, within %(days)d days.",
            rule.answer_days,
        )
    return sentence % facts


@dataclass(frozen=True)
class Outlook:
    """What it still takes, and a debate that is open."""

    lines: Sequence[str]
    debate_until: datetime | None
    in_debate: bool


def outlook_of(idea: Any, at: datetime) -> Outlook:
    """What more people would bring about, up to two queries and one for each threshold."""
    if not may_have(idea.contribution, THRESHOLDS):
        return Outlook((), None, in_debate=False)
    prefetch_related_objects([idea.process], "threshold_rules")
    every = {rule.pk: rule for rule in idea.process.threshold_rules.all()}
    holding = thresholds.in_force(map(reaching.plain, every.values()), idea.filed_at)
    rules = [every[bare.key] for bare in holding]
    if not rules:
        return Outlook((), None, in_debate=False)
    known = reached_by(idea.contribution)
    debates = [row for row in known if row.rule.event == Event.DEBATE]
    running = [row for row in debates if row.until is None or row.until > at]
    return Outlook(
        list(_lines(idea, rules, known, at)),
        running[-1].until if running else None,
        in_debate=bool(running),
    )


def _lines(
    idea: Any, rules: list[ThresholdRule], known: list[ThresholdReached], at: datetime
) -> Iterator[str]:
    if idea.stage in OVER:
        return
    told = are_supports_told(idea.process, at)
    plain = [reaching.plain(rule) for rule in rules]
    course = reaching.course_of(idea, known)
    reached = {row.rule_id for row in known}
    for rule, bare in zip(rules, plain, strict=True):
        counting = thresholds.window(bare, course, plain)
        if rule.pk in reached or counting is None or not counting.holds(at):
            continue
        if rule.measure == Measure.SUPPORTS and not told:
            continue
        number = reaching.counted(idea, rule.measure, counting)
        yield _still(rule, thresholds.missing(bare, counting, number, at) or 0, counting)


def _still(rule: ThresholdRule, more: int, counting: thresholds.Window) -> str:
    """“12 more people by 3 May, and a department reviews it.”"""
    facts = {"number": _figure(more), "event": Event(rule.event).label}
    if counting.closes_at is None:
        sentence = ngettext(
            "%(number)s more person, and %(event)s.",
            "%(number)s more people, and %(event)s.",
            more,
        )
        return sentence % facts
    sentence = ngettext(
        "%(number)s more person by %(date)s, and %(event)s.",
        "%(number)s more people by %(date)s, and %(event)s.",
        more,
    )
    return sentence % {**facts, "date": _day(counting.closes_at - timedelta.resolution)}


@dataclass(frozen=True)
class Step:
    """One thing that happened, as the page shows it; ``is_last`` where it stands now."""

    event: HistoryEvent
    is_last: bool

    @property
    def text(self) -> SafeString:
        """Who did it, what was said about it, and a way to more."""
        parts = []
        if self.event.by:
            parts.append(format_html("<p>{}</p>", self.event.by))
        said = [line for line in str(self.event.details).splitlines() if line.strip()]
        parts.append(format_html_join("", "<p>{}</p>", ([line] for line in said)))
        return format_html_join("", "{}", ([part] for part in parts))


def steps_of(
    idea: Any, request: HttpRequest | None = None, standing: Standing | None = None
) -> list[Step]:
    """Everything that happened to an idea, earliest first; with ``standing`` its support, too."""
    events = history_of(idea.contribution, request)
    if standing and standing.told and standing.since:
        events = sorted([*events, _supported(idea, standing)], key=attrgetter("at"))
    return [Step(event, event is events[-1]) for event in events]


def _supported(idea: Any, standing: Standing) -> HistoryEvent:
    """When the first supporter came, and how many there are."""
    assert standing.since is not None
    details = words_of(idea.process).supporters_in_words(standing.supporters)
    return HistoryEvent(standing.since, "supported", _("First supporter"), details=details)


def _people(measure: str, number: int, *, within: int | None) -> str:
    if measure == Measure.COMMENTERS:
        who = ngettext("%(number)s person discusses it", "%(number)s people discuss it", number)
    else:
        who = ngettext("%(number)s person supports it", "%(number)s people support it", number)
    who = who % {"number": _figure(number)}
    if within is None:
        return who
    sentence = ngettext("%(who)s within %(days)d day", "%(who)s within %(days)d days", within)
    return sentence % {"who": who, "days": within}


def _figure(number: int) -> str:
    return number_format(number, force_grouping=True)


def _day(at: datetime) -> str:
    return date_format(localtime(at), "DATE_FORMAT")
