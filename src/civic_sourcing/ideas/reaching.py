"""
Thresholds as they are reached: looked at whenever somebody supports or comments, in the same
transaction, and each fires once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Subquery

from civic_sourcing.attribution import discussions
from civic_sourcing.attribution.models import Contribution
from civic_sourcing.ideas import thresholds
from civic_sourcing.ideas.actions.thresholds import ReachThreshold
from civic_sourcing.ideas.models import (
    Event,
    IdeaTally,
    Measure,
    ThresholdReached,
    ThresholdRule,
)
from civic_sourcing.ideas.stages import is_on_its_way

NEAR = 100
"""So many supports before a threshold, each has the idea to itself."""


def after_support(idea: Any, at: datetime) -> list[ThresholdReached]:
    """Fire what the newest support of a locked idea reaches."""
    return _fire(idea, Measure.SUPPORTS, at)


def awaited(idea: Any) -> list[ThresholdRule]:
    """
    Rules that support of an idea may still reach, in one query; ``so_far`` is how many have
    supported it at most, whenever that was.
    """
    tally = IdeaTally.objects.filter(pk=idea.contribution_id)
    rules = ThresholdRule.objects.of(idea.process_id).in_force(idea.filed_at)
    rules = rules.filter(measure=Measure.SUPPORTS).not_reached(idea.contribution_id)
    return list(rules.annotate(so_far=Subquery(tally.values("supports"))))


def is_near(rule: Any) -> bool:
    """Whether one of the next supports may reach an ``awaited`` rule."""
    return rule.so_far is None or rule.so_far >= rule.number - NEAR


def are_reachable(rules: Sequence[Any], idea: Any) -> bool:
    """Whether one of the ``awaited`` rules may be reached now, after all."""
    lowest = min((rule.number for rule in rules), default=None)
    if lowest is None:
        return False
    return IdeaTally.objects.filter(pk=idea.contribution_id, supports__gte=lowest).exists()


def after_comment(subject: int, change: int, at: datetime) -> None:
    """Fire what a comment on the contribution ``subject`` (primary key) reaches."""
    if change < 1:
        return
    if not _counts_commenters(subject):
        return
    contribution = Contribution.objects.filter(pk=subject, kind="idea").first()
    if contribution is None:
        return
    idea = contribution.kind_of.content(contribution)
    if idea is not None and is_on_its_way(idea.stage):
        idea.contribution = contribution
        _fire(idea, Measure.COMMENTERS, at)


def _counts_commenters(subject: int) -> bool:
    """Whether the forum of the contribution does: few do, and people comment in all of them."""
    rules = ThresholdRule.objects.filter(process__contributions=subject)
    return rules.filter(measure=Measure.COMMENTERS).exists()


def course_of(idea: Any, reached: Iterable[ThresholdReached]) -> thresholds.Course:
    """The times of an idea that its thresholds are counted by; ``reached`` with their rules."""
    first: dict[str, datetime] = {}
    for each in sorted(reached, key=lambda row: row.reached_at):
        first.setdefault(each.rule.event, each.reached_at)
    return thresholds.Course(
        filed_at=idea.filed_at,
        published_at=idea.first_published_at,
        listed_at=first.get(Event.VISIBLE),
        debate_at=first.get(Event.DEBATE),
    )


def plain(rule: ThresholdRule) -> thresholds.Rule:
    """The rule as the pure module knows it."""
    return thresholds.Rule(
        key=rule.pk,
        number=rule.number,
        measure=rule.measure,
        event=rule.event,
        valid_from=rule.valid_from,
        valid_to=rule.valid_to,
        days=rule.days,
    )


def counted(idea: Any, measure: str, counting: thresholds.Window) -> int:
    """How many different people there are for ``measure`` within a window."""
    if measure == Measure.SUPPORTS:
        supports = idea.supports.filter(created_at__gte=counting.opens_at)
        if counting.closes_at:
            supports = supports.filter(created_at__lt=counting.closes_at)
        return int(supports.count())
    people: set[int] = set()
    said: list[Any] = [*discussions.remarks_on([idea.contribution_id])]
    for remarks in said:
        within = remarks.filter(said_at__gte=counting.opens_at, author__isnull=False)
        if counting.closes_at:
            within = within.filter(said_at__lt=counting.closes_at)
        people.update(within.order_by().values_list("author", flat=True).distinct())
    return len(people)


def _fire(idea: Any, measure: str, at: datetime) -> list[ThresholdReached]:
    """Fire the rules of ``measure`` that hold for the idea and are reached at ``at``."""
    holding = list(ThresholdRule.objects.of(idea.process_id).in_force(idea.filed_at))
    if not any(rule.measure == measure for rule in holding):
        return []
    rows = ThresholdReached.objects.filter(contribution=idea.contribution_id)
    known = list(rows.select_related("rule"))
    fired = []
    for rule in holding:
        if rule.measure != measure or rule.pk in {each.rule_id for each in known}:
            continue
        counting = thresholds.window(plain(rule), course_of(idea, known), map(plain, holding))
        if counting is None or not counting.holds(at):
            continue
        number = counted(idea, measure, counting)
        if number >= rule.number:
            step = ReachThreshold(idea, by=None, rule=rule, number=number)
            reached = step.execute()
            if reached is not None:
                fired.append(reached)
                known.append(reached)
            idea.stage, idea.unlisted = step.subject.stage, step.subject.unlisted
    return fired
