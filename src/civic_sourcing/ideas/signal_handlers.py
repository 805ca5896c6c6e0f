"""
What happens elsewhere and moves an idea along: an answer, an adoption, a merger.

Each runs after commit as a step of the system; where the stage may not follow, nothing changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from civic_sourcing.answers import signals as answers
from civic_sourcing.answers.audience import register_followers
from civic_sourcing.answers.models import AdoptionStatus, AnswerDecision, AnswerKind
from civic_sourcing.answers.notices import origins
from civic_sourcing.attribution import discussions
from civic_sourcing.attribution import signals as ledger
from civic_sourcing.attribution.models import Contribution, Derivation, DerivationKind
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.ideas.actions.stages import ChangeStage
from civic_sourcing.ideas.models import Cause, Event, Stage, ThresholdReached
from civic_sourcing.ideas.signals import threshold_reached
from civic_sourcing.ideas.stage_news import followers

KIND = "idea"

DECIDED: Mapping[str, Stage] = {
    AnswerDecision.ACCEPTED: Stage.ACCEPTED,
    AnswerDecision.PARTLY: Stage.ACCEPTED,
    AnswerDecision.DECLINED: Stage.DECLINED,
    AnswerDecision.REFERRED: Stage.REFERRED,
}
DERIVED: Mapping[str, Stage] = {
    DerivationKind.BECOMES_PROJECT: Stage.BALLOT,
    DerivationKind.MERGES: Stage.MERGED,
    DerivationKind.ADOPTED: Stage.ACCEPTED,
}
DELIVERED: Mapping[str, Stage] = {
    AdoptionStatus.IN_PREPARATION: Stage.PROGRESS,
    AdoptionStatus.IN_PROGRESS: Stage.PROGRESS,
    AdoptionStatus.IN_FORCE: Stage.DONE,
    AdoptionStatus.CHANGED: Stage.DONE,
}


def connect() -> None:
    """Called by ``AppConfig.ready``."""
    register_followers(followers)
    answers.answer_published.connect(follow_answer)
    answers.adopted.connect(follow_adoption)
    answers.adoption_status_changed.connect(follow_delivery)
    ledger.contribution_derived.connect(follow_derivation)
    ledger.contributions_merged.connect(follow_merger)
    threshold_reached.connect(open_debate)


def follow_answer(*, result: Any, **_facts: Any) -> None:
    """A final answer decides."""
    stage = DECIDED.get(result.decision)
    if result.kind == AnswerKind.FINAL and stage:
        _move(result.contribution, stage, Cause.ANSWER, reason_codes=result.reason_codes)


def follow_adoption(*, subject: Contribution, **_facts: Any) -> None:
    _move(subject, Stage.ACCEPTED, Cause.ANSWER)


def follow_delivery(*, subject: Any, **_facts: Any) -> None:
    """What is being carried out, and what is done, at every idea the adoption was made of."""
    stage = DELIVERED.get(subject.status)
    if stage:
        for source in origins(subject):
            _move(source, stage, Cause.ANSWER)


def follow_derivation(*, result: Any, **_facts: Any) -> None:
    if isinstance(result, Derivation) and result.kind in DERIVED:
        _move(result.source, DERIVED[result.kind], Cause.LEDGER)


def follow_merger(*, result: Contribution, **_facts: Any) -> None:
    for source in _sources(result, DerivationKind.MERGES):
        _move(source, Stage.MERGED, Cause.LEDGER)


def open_debate(*, result: ThresholdReached | None, **_facts: Any) -> None:
    """Where a threshold promised a public debate, people can discuss again."""
    if result is not None and result.rule.event == Event.DEBATE:
        discussions.open_debate(result.contribution)


def _sources(target: Contribution, kind: str) -> list[Contribution]:
    ties = Derivation.objects.filter(target=target, kind=kind).select_related("source")
    return [tie.source for tie in ties.order_by("pk")]


def _move(contribution: Contribution, stage: Stage, cause: Cause, **words: Any) -> None:
    idea = contribution.kind_of.content(contribution) if contribution.kind == KIND else None
    if idea is None:
        return
    try:
        ChangeStage(idea, by=None, stage=stage, cause=cause, **words).execute()
    except ActionRefused:
        return
