"""From the forms of moderators to the actions, in one place."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Max, Prefetch, prefetch_related_objects
from django.utils import translation

from civic_sourcing.attribution.models import Contribution, ContributionVersion
from civic_sourcing.core import clock
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.moderation.actions import DecideCase
from civic_sourcing.moderation.actions.decisions import automation_in
from civic_sourcing.moderation.colleagues import name_of
from civic_sourcing.moderation.deciding.conf import conf
from civic_sourcing.moderation.deciding.drafts import Draft
from civic_sourcing.moderation.deciding.notices import author_of
from civic_sourcing.moderation.deciding.outcomes import LIMITING
from civic_sourcing.moderation.deciding.statements import Statement, named
from civic_sourcing.moderation.models import Case, Decision, Outcome, PreservedText
from civic_sourcing.moderation.queue.forms import SITE, DecisionForm, StatementForm
from civic_sourcing.moderation.queue.reading import rules_in_words

ALREADY_DECIDED = "already-decided"


@dataclass(frozen=True)
class Preview:
    """What the author will read; ``refused`` says why it cannot be decided like this."""

    language: str = ""
    name: str = ""
    subject: str = ""
    is_told: bool = True
    decision: Decision | None = None
    statement: Statement | None = None
    refused: str = ""


def decide(case: Case, form: DecisionForm, *, by: Any, correct: Decision | None = None) -> Decision:
    """Take the decision of a valid form. Raises ``ActionRefused``."""
    cleaned = form.cleaned_data
    decision: Decision = DecideCase(
        case,
        by=by,
        idempotency_key=str(cleaned["request_key"]),
        correct=correct,
        seen_version=cleaned["seen_version"],
        seen_digest=cleaned["seen_digest"],
        **_draft_of(form),
    ).execute()
    return decision


def decide_with(case: Case, form: StatementForm, *, by: Any, version: int) -> Decision:
    """Decide one of several cases with the statement of all. Raises ``ActionRefused``."""
    cleaned = form.cleaned_data
    key = uuid.uuid5(cleaned["request_key"], str(case.uuid))
    rule, outcome = form.chosen_rule, cleaned["outcome"]
    decision: Decision = DecideCase(
        case,
        by=by,
        idempotency_key=str(key),
        outcome=outcome,
        rule=rule.in_language(case.language) if rule else None,
        facts=cleaned["facts"],
        seen_version=version,
    ).execute()
    return decision


def preview(case: Case, form: DecisionForm, by: Any) -> Preview:
    """Return what the author would be told of a valid form, in the language of the statement."""
    at = clock.now()
    draft = Draft(case=case, at=at, by=by, **_passages_named(_draft_of(form)))
    try:
        draft.check()
    except ActionRefused as error:
        return Preview(refused=error.message)
    author = author_of(case)
    with translation.override(draft.language):
        decision = Decision(
            case=case,
            outcome=draft.outcome,
            rule=draft.rule,
            facts=draft.facts,
            scope=draft.scope,
            starts_at=at,
            until=draft.until,
            automation=automation_in(case),
            language=draft.language,
            appeal_until=at + conf.appeal_time if draft.outcome in LIMITING else None,
            decider=uuid.uuid4(),
        )
        return Preview(
            language=draft.language,
            name=author.public_name if author else "",
            subject=named(case, to_author=True),
            is_told=author is not None and draft.outcome != Outcome.NO_BREACH,
            decision=decision,
            statement=Statement(decision),
        )


def may_correct(decision: Decision | None, user: Any) -> bool:
    """Whether ``user`` can still correct ``decision``, as the action would say."""
    if decision is None or hasattr(decision, "appeal") or decision.decider is None:
        return False
    at = clock.now()
    if decision.outcome == Outcome.TEMPORARY and decision.measures.in_force(at).exists():
        return True
    own = decision.decided_by_id == user.pk or user.is_superuser
    return own and at <= decision.decided_at + timedelta(minutes=conf.CORRECTION_MINUTES)


def original_of(decision: Decision) -> dict[str, str] | None:
    """Title and text a decision took away, to find passages in; never to be shown."""
    kept = PreservedText.objects.kept().filter(decision=decision).first()
    return {"title": kept.title, "text": kept.text} if kept else None


def with_decisions(case: Case) -> Case:
    """Have ``case`` know its decisions with all that is said of them, read once."""
    related = ("rule__locale", "appeal", "corrects", "decided_by__civic_participant")
    rows = Decision.objects.select_related(*related)
    prefetch_related_objects([case], Prefetch("decisions", rows))
    return case


def decisions_of(case: Case) -> list[dict[str, Any]]:
    """The decisions of a case, the latest first, with the rule in the reader's language."""
    rows = sorted(with_decisions(case).decisions.all(), key=lambda row: -row.number)
    titles = rules_in_words(row.rule for row in rows)
    return [
        {
            "decision": row,
            "rule": titles.get(row.rule.translation_key, "") if row.rule else "",
            "statement": Statement(row),
            "name": name_of(row.decided_by) if row.decided_by else "",
            "appeal": getattr(row, "appeal", None),
        }
        for row in rows
    ]


def versions_of(contributions: Iterable[Contribution]) -> dict[int, int]:
    """The number of the last published version of each, by key."""
    rows = ContributionVersion.objects.filter(contribution__in=list(contributions)).order_by()
    return dict(rows.values_list("contribution_id").annotate(last=Max("number")))


def _draft_of(form: DecisionForm) -> dict[str, Any]:
    cleaned = form.cleaned_data
    outcome = cleaned["outcome"]
    return {
        "outcome": outcome,
        "rule": form.chosen_rule,
        "facts": cleaned["facts"],
        "scope": cleaned["scope"],
        "until": form.until(clock.now()),
        "spans": cleaned["spans"] if outcome == Outcome.MASK else None,
        "target": form.target_process,
        "site": cleaned["where"] == SITE,
    }


def _passages_named(arguments: dict[str, Any]) -> dict[str, Any]:
    return {"passages" if name == "spans" else name: value for name, value in arguments.items()}
