"""
Which stage may follow which, and the step from one to the next.

``enter`` is for the actions of this room, under the lock of the idea: it writes the step down and
tells people. What officials do goes through ``ChangeStage``.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from civic_sourcing.answers import promises
from civic_sourcing.core.text import TextRefused, normalise, render
from civic_sourcing.ideas import stage_news
from civic_sourcing.ideas.models import Cause, ForumRules, Stage, StageChange
from civic_sourcing.participants.models import Participant

NOTE_LENGTH = 10_000
"""Characters an official may say about a stage."""

NEXT: Mapping[str, tuple[Stage, ...]] = {
    Stage.PUBLISHED: (
        Stage.REVIEW,
        Stage.SHORTLISTED,
        Stage.ACCEPTED,
        Stage.DECLINED,
        Stage.REFERRED,
        Stage.BALLOT,
    ),
    Stage.REVIEW: (
        Stage.PUBLISHED,
        Stage.SHORTLISTED,
        Stage.ACCEPTED,
        Stage.DECLINED,
        Stage.REFERRED,
        Stage.BALLOT,
    ),
    Stage.SHORTLISTED: (
        Stage.REVIEW,
        Stage.ACCEPTED,
        Stage.DECLINED,
        Stage.REFERRED,
        Stage.BALLOT,
    ),
    Stage.ACCEPTED: (Stage.PROGRESS, Stage.DONE, Stage.BALLOT, Stage.DECLINED),
    Stage.DECLINED: (Stage.REVIEW,),
    Stage.REFERRED: (Stage.REVIEW,),
    Stage.BALLOT: (Stage.ACCEPTED, Stage.DECLINED, Stage.PROGRESS),
    Stage.PROGRESS: (Stage.DONE, Stage.ACCEPTED, Stage.DECLINED),
    Stage.DONE: (Stage.PROGRESS,),
    Stage.WITHDRAWN: (),
    Stage.MERGED: (),
}
"""
What officials may do next. Withdrawn and merged are ends nobody chooses here: the author withdraws,
and merging is a step of its own. What was declined or referred can be taken up again.
"""

NEEDS_REASON = frozenset({Stage.DECLINED})
"""Stages that need a reason everybody can look up."""
NEEDS_NOTE = frozenset({Stage.DECLINED, Stage.REFERRED})
"""Stages that need words of their own: why not, or where to."""
STILL_OPEN = frozenset({Stage.PUBLISHED, Stage.REVIEW, Stage.SHORTLISTED})
"""Stages in which nothing is decided yet."""


def is_on_its_way(stage: str) -> bool:
    """Whether another stage may follow: what was withdrawn or merged reaches nothing any more."""
    return bool(NEXT[stage])


def may_follow(before: str, after: str) -> bool:
    return after in NEXT[before]


def following(stages: Collection[str]) -> list[Stage]:
    """Return the stages that may follow all of ``stages``, for a choice about several ideas."""
    if not stages:
        return []
    common = set.intersection(*({*NEXT[stage]} for stage in stages))
    return [stage for stage in Stage if stage in common]


def enter(
    idea: Any,
    stage: str,
    *,
    at: datetime,
    by: Participant | None = None,
    cause: str = Cause.HAND,
    reason_codes: Sequence[str] = (),
    note: str = "",
) -> StageChange | None:
    """
    Put a locked idea into ``stage``, write that down, tell people, owe what the stage owes.

    ``None`` where it is there already. Which stage may follow which is for the caller to ask.
    """
    if idea.stage == stage:
        return None
    change = StageChange.objects.create(
        contribution=idea.contribution,
        before=idea.stage,
        after=stage,
        cause=cause,
        reason_codes=list(reason_codes),
        note=note,
        rendered_html=render(note) if note else "",
        by=by,
        changed_at=at,
    )
    idea.stage = stage
    idea.save(update_fields=["stage"], clean=False)
    if stage == Stage.REVIEW:
        _owe_for_review(idea, change)
    stage_news.tell_change(idea, change)
    return change


def cleaned_note(note: str) -> str:
    """A note as it may be kept; empty where there is nothing to see. Raises ``TextRefused``."""
    try:
        return normalise(note, max_length=NOTE_LENGTH * 4, max_graphemes=NOTE_LENGTH)
    except TextRefused as refused:
        if refused.code != "blank":
            raise
        return ""


def _owe_for_review(idea: Any, change: StageChange) -> None:
    rules = ForumRules.objects.of(idea.process)
    if rules.review_days:
        promises.owe(
            idea.contribution,
            cause="stage",
            key=Stage.REVIEW,
            due_at=change.changed_at + timedelta(days=rules.review_days),
            owner=rules.owner,
            details={"stage": str(Stage.REVIEW), "days": rules.review_days},
        )
