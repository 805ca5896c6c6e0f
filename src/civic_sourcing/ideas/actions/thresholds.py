"""What follows when a threshold is reached."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from civic_sourcing.answers import promises
from civic_sourcing.answers.conf import conf as answers_conf
from civic_sourcing.core.policies import System
from civic_sourcing.ideas import stage_news, stages, tallies
from civic_sourcing.ideas.actions.stages import ChangeStage
from civic_sourcing.ideas.models import (
    Cause,
    Event,
    ForumRules,
    Stage,
    ThresholdReached,
    ThresholdRule,
)
from civic_sourcing.ideas.signals import threshold_reached
from civic_sourcing.ideas.steps import IdeaStep

STAGES = {Event.REVIEW: Stage.REVIEW, Event.BALLOT: Stage.BALLOT}
OWES = frozenset({Event.ANSWER_DUE, Event.REVIEW})


class ReachThreshold(IdeaStep):
    """
    Have ``rule`` fire for an idea, reached by ``number`` people. The result is the row, ``None``
    where somebody else's support has fired it before.

    A stage follows only where it may follow the present one; that the threshold was reached is
    written down all the same, and what it owes is owed.
    """

    verb = "reach_threshold"
    announces = threshold_reached
    policy = System()

    rule: ThresholdRule
    number: int

    def perform(self) -> ThresholdReached | None:
        idea, rule = self.subject, self.rule
        if rule.reached.filter(contribution=idea.contribution).exists():
            return None
        reached = ThresholdReached.objects.create(
            contribution=idea.contribution,
            rule=rule,
            number=self.number,
            reached_at=self.at,
            until=self._until(),
        )
        if rule.event == Event.VISIBLE and idea.unlisted:
            idea.unlisted = False
            idea.save(update_fields=["unlisted"], clean=False)
            tallies.keep(idea)
        self._owe(reached)
        if not self._enter_stage():
            stage_news.tell_reached(idea, reached)
        return reached

    def audit_details(self) -> dict[str, Any]:
        return {
            "rule": str(self.rule.uuid),
            "event": str(self.rule.event),
            "threshold": self.rule.number,
            "number": self.number,
            "fired": self.result is not None,
        }

    def _until(self) -> datetime | None:
        rule = self.rule
        if rule.event == Event.ANSWER_DUE:
            return self.at + timedelta(days=rule.answer_days or answers_conf.ANSWER_DAYS)
        if rule.event in {Event.REVIEW, Event.DEBATE} and rule.answer_days:
            return self.at + timedelta(days=rule.answer_days)
        return None

    def _owe(self, reached: ThresholdReached) -> None:
        if self.rule.event not in OWES or reached.until is None:
            return
        promises.owe(
            self.subject.contribution,
            cause="threshold",
            key=self.rule.uuid.hex,
            due_at=reached.until,
            owner=ForumRules.objects.of(self.subject.process).owner,
            details={
                "rule": str(self.rule.uuid),
                "measure": str(self.rule.measure),
                "threshold": self.rule.number,
            },
        )

    def _enter_stage(self) -> bool:
        """Whether the idea went to another stage, which tells people already."""
        stage = STAGES.get(Event(self.rule.event))
        if stage is None or not stages.may_follow(self.subject.stage, stage):
            return False
        change = ChangeStage(self.subject, by=None, stage=stage, cause=Cause.THRESHOLD)
        change.execute()
        self.subject.stage = stage
        return True
