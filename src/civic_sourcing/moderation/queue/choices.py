"""What can be decided about a case, in the words of who decides, each with its key."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from civic_sourcing.attribution.entering.places import titles_of
from civic_sourcing.moderation.deciding.outcomes import possible_outcomes
from civic_sourcing.moderation.models import Case, Decision, NetiquetteRule, Outcome
from civic_sourcing.moderation.queue.keys import OUTCOME_KEYS, RULE_KEYS
from civic_sourcing.processes.models import Process

DEEDS: dict[str, str | Promise] = {
    Outcome.NO_BREACH: _("No breach"),
    Outcome.RELEASE: _("Publish"),
    Outcome.MASK: _("Mask passages"),
    Outcome.HIDE: _("Hide"),
    Outcome.TEMPORARY: _("Hide for now"),
    Outcome.REMOVE: _("Remove"),
    Outcome.MOVE: _("Move elsewhere"),
    Outcome.WARN: _("Warn the author"),
    Outcome.SUSPEND: _("Suspend the author"),
    Outcome.LIFT: _("Lift what is in force"),
}
TOGETHER = (
    Outcome.NO_BREACH, Outcome.RELEASE, Outcome.HIDE, Outcome.REMOVE, Outcome.WARN,
)  # fmt: skip

MOST_TARGETS = 200


@dataclass(frozen=True)
class RuleChoice:
    """A rule in the reader's words; ``template`` is what the statement begins with."""

    value: str
    title: str
    meaning: str
    template: str
    key: str
    rule: NetiquetteRule


def outcomes_for(case: Case, at: datetime, *, instead_of: Decision | None = None) -> list[str]:
    """What can be decided as things stand, in the order in which it is offered."""
    possible = possible_outcomes(case, at, instead_of=instead_of)
    return [outcome for outcome in DEEDS if outcome in possible]


def deeds(outcomes: Sequence[str]) -> list[tuple[str, str | Promise]]:
    return [(outcome, DEEDS[outcome]) for outcome in outcomes]


def key_of(outcome: str) -> str:
    return OUTCOME_KEYS.get(Outcome(outcome), "")


def rule_choices(language: str) -> list[RuleChoice]:
    """
    All rules in force: titles in the reader's language, templates in ``language``, the author's.
    """
    shown = list(NetiquetteRule.objects.in_force(get_language()))
    is_same = (language or settings.LANGUAGE_CODE) == get_language()
    rules = shown if is_same else NetiquetteRule.objects.in_force(language)
    told = {rule.translation_key: rule for rule in rules}
    keys = [*RULE_KEYS, *[""] * len(shown)]
    return [
        RuleChoice(
            value=str(rule.translation_key),
            title=rule.title,
            meaning=rule.meaning,
            template=told.get(rule.translation_key, rule).statement_template,
            key=key,
            rule=told.get(rule.translation_key, rule),
        )
        for rule, key in zip(shown, keys, strict=False)
    ]


def targets_for(case: Case, processes: Iterable[Process]) -> list[tuple[str, str]]:
    """Those of ``processes`` that could take the contribution, by what they are called."""
    if case.contribution is None:
        return []
    kind = case.contribution.kind_of
    kinds = kind.moved_to or kind.process_kinds
    others = [row for row in processes if row.kind in kinds and row.pk != case.process_id]
    newest = sorted(others, key=lambda row: -row.pk)[:MOST_TARGETS]
    titles = titles_of(newest)
    return [(str(row.uuid), titles[row.pk]) for row in newest if row.pk in titles]
