"""Deciding a case: the one door for every outcome, for corrections, and for what is bulk work."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

import swapper
from django.utils.translation import gettext_lazy as _

from civic_sourcing.attribution.models import State
from civic_sourcing.core.audit import Reason
from civic_sourcing.core.exceptions import ActionForbidden, ActionRefused
from civic_sourcing.moderation.actions.steps import CaseAction
from civic_sourcing.moderation.deciding import effects, notices, opinions
from civic_sourcing.moderation.deciding.conf import conf
from civic_sourcing.moderation.deciding.drafts import Draft, check_seen, within_reach
from civic_sourcing.moderation.deciding.outcomes import (
    LIMITING,
    measures_on,
    possible_outcomes,
    superseded_by_deciding,
)
from civic_sourcing.moderation.deciding.recording import facts_of, reference_of
from civic_sourcing.moderation.deciding.words import are_gone
from civic_sourcing.moderation.models import (
    Automation,
    Case,
    CaseState,
    Decision,
    Finding,
    Measure,
    NetiquetteRule,
    Origin,
    Outcome,
)
from civic_sourcing.moderation.policies import may_decide
from civic_sourcing.moderation.signals import case_decided
from civic_sourcing.participants.models import Participant
from civic_sourcing.processes.models import Process
from civic_sourcing.processes.policies import written

ENDS_FIRST = frozenset({Outcome.MASK, Outcome.MOVE})
"""Outcomes that need the text, or its place, as it was before what they take the place of."""


class Deciding(CaseAction):
    """What decisions of moderators and on appeals share: the draft, its row, its effect."""

    outcome: str = ""
    rule: NetiquetteRule | None = None
    facts: str = ""
    scope: str = ""
    until: datetime | None = None
    language: str = ""
    spans: Iterable[Any] | None = None
    target: Process | None = None
    site: bool = False
    seen_version: int | None = None
    seen_digest: str = ""

    instead_of: Decision | None = None
    origin: Origin = Origin.CASE
    lifted: list[Measure]

    def lock_places(self, process: Process | None) -> None:
        """Lock the pages of both places before anything else, where something is to be moved."""
        if self.outcome != Outcome.MOVE or self.target is None or process is None:
            return
        keys = [process.translation_key, self.target.translation_key]
        pages = swapper.load_model("wagtailcore", "Page")._base_manager
        list(
            pages.select_for_update(no_key=True)
            .filter(translation_key__in=keys)
            .order_by("pk")
            .values_list("pk", flat=True)
        )

    def check_draft(self, case: Case) -> None:
        """Raise ``ActionRefused`` where this outcome is not possible, or its statement lacks."""
        if self.outcome not in Outcome.values:
            raise ActionRefused(_("Please choose a decision."), code="no-outcome")
        possible = possible_outcomes(case, self.at, instead_of=self.instead_of)
        if self.outcome == Outcome.NO_BREACH and Outcome.RELEASE in possible:
            self.outcome = Outcome.RELEASE
        if self.outcome not in possible:
            raise _not_possible(case, self.outcome)
        self.draft = self.make_draft(case)
        self.draft.check()
        is_mask = self.outcome == Outcome.MASK
        if is_mask and not self.draft.passages:
            raise ActionRefused(_("Please mark the passage to mask."), code="no-passage")
        check_seen(case, self.seen_version, self.seen_digest, needed=is_mask)

    def make_draft(self, case: Case) -> Draft:
        return Draft(
            case=case,
            at=self.at,
            outcome=self.outcome,
            rule=self.rule,
            facts=self.facts,
            scope=self.scope,
            until=self.until,
            language=self.language,
            passages=None if self.spans is None else list(self.spans),
            target=self.target,
            site=self.site,
            by=self.by,
        )

    def decide(self, case: Case, superseded: list[Decision]) -> Decision:
        """Make the decision and put it into force in place of ``superseded``."""
        ends_first = self.outcome in ENDS_FIRST
        ended = self._end(superseded) if ends_first else []
        self.draft.take_words()
        decision = self._write(case)
        if self.outcome == Outcome.LIFT and self.origin != Origin.APPEAL:
            ended += effects.end_all(self.lifted, Measure.EndReason.LIFTED, by=self.by, at=self.at)
        effects.enforce(
            effects.Order(decision, self.by, self.draft.taking, self.draft.target, self.draft.site)
        )
        if not ends_first:
            ended += self._end(superseded)
        self.ended = ended
        return decision

    def audit_details(self) -> dict[str, Any]:
        return facts_of(self.decision) | {"ended": [str(measure.uuid) for measure in self.ended]}

    def audit_reason(self) -> Reason:
        return self.reason

    def _end(self, decisions: list[Decision]) -> list[Measure]:
        ended: list[Measure] = []
        for decision in decisions:
            measures = decision.measures.open().select_related("decision__case")
            ended += effects.end_all(measures, self._why(decision), by=self.by, at=self.at)
        return ended

    def _why(self, decision: Decision) -> str:
        if decision.origin == Origin.AUTOMATIC:
            return Measure.EndReason.LIFTED
        if self.origin == Origin.APPEAL:
            return Measure.EndReason.REVERSED
        return Measure.EndReason.CORRECTED

    def _write(self, case: Case) -> Decision:
        draft, salt = self.draft, secrets.token_bytes(32)
        limits = self.outcome in LIMITING and self.origin != Origin.APPEAL
        decision = Decision.objects.create(
            case=case,
            number=case.decisions.count() + 1,
            outcome=self.outcome,
            rule=draft.rule,
            facts=draft.facts,
            scope=draft.scope,
            starts_at=self.at,
            until=draft.until,
            automation=automation_in(case),
            language=draft.language,
            appeal_until=self.at + conf.appeal_time if limits else None,
            decided_by=self.by,
            decider=self.actor,
            decided_at=self.at,
            corrects=self.instead_of,
            origin=self.origin,
            salt=salt.hex(),
            details=draft.details,
        )
        self.decision = decision
        self.reason = Reason.of(reference_of(decision), draft.facts, salt=salt)
        return decision


class DecideCase(Deciding):
    """
    Decide a case: ``outcome`` with its statement of reasons. The result is the ``Decision``.

    ``rule`` is the one that was broken, ``facts`` what happened, ``scope`` where it holds (a usual
    sentence where it is left out), ``language`` that of the statement (default: the text's).
    ``until`` ends suspensions and what is hidden; ``spans`` are the passages to mask, ``[field,
    start, end]`` in code points of the text as it stands; ``target`` is the process something is
    moved to, or ``None`` for the town's service; ``site`` suspends from all of the site.
    ``seen_version`` (the last published version's number, 0 for none) and ``seen_digest`` say which
    text was looked at: ``changed-meanwhile`` if it is another one now. Masking needs one of them.

    Of two moderators deciding at once the first wins, and the other is told what was decided
    (``already-decided``). ``correct`` is a decision of one's own made minutes ago, or the temporary
    one in force, which this one takes the place of; passages are then those of the original text.
    “No breach” lets go what waits at the gate. The system (``by=None``) never removes.
    """

    verb = "decide"
    policy = may_decide
    announces = case_decided

    correct: Decision | None = None

    def fresh_subject(self) -> Any:
        self.lock_places(self.subject.process)
        return super().fresh_subject()

    def check(self) -> None:
        case: Case = self.subject
        if self.by is None and self.outcome == Outcome.REMOVE:
            raise ActionForbidden(_("Only people remove; automation may hold or hide."))
        last = case.decision
        if self.correct is not None:
            self._check_correction(last)
            self.instead_of = last
        elif not case.is_open and not self._only_lifts():
            raise already_decided(last)
        self.origin = self._origin()
        self.check_draft(case)
        if self.outcome == Outcome.LIFT:
            self.lifted = self._to_lift(case)
            refuse_wiped(self.lifted)

    def perform(self) -> Decision:
        case: Case = self.subject
        superseded = superseded_by_deciding(case, self.instead_of)
        decision = self.decide(case, superseded)
        if case.is_open and (self.by is not None or decision.outcome != Outcome.TEMPORARY):
            case.state, case.decided_at, case.held = CaseState.DECIDED, self.at, False
            case.save(update_fields=["state", "decided_at", "held"])
        if self.instead_of is not None:
            opinions.forget(self.instead_of)
        opinions.draw(decision)
        notices.tell_decided(decision)
        for measure in self.ended:
            notices.tell_ended(measure)
        return decision

    def content(self) -> dict[str, Any]:
        """Tell requests apart without keeping what was written."""
        return {"subject": self.subject, "outcome": self.outcome, "correct": self.correct}

    def _to_lift(self, case: Case) -> list[Measure]:
        measures = measures_on(case).in_force(self.at).select_related("process", "participant")
        found = [measure for measure in measures if within_reach(measure, self.by)]
        if not found:
            raise ActionForbidden(_("Only moderators of that place can decide what holds there."))
        return found

    def _only_lifts(self) -> bool:
        return self.outcome == Outcome.LIFT

    def _origin(self) -> Origin:
        if self.by is None:
            return Origin.AUTOMATIC
        last = self.instead_of
        if last is None:
            return Origin.CASE
        own = last.decider == self.actor and self._within_minutes(last)
        return Origin.CASE if last.outcome == Outcome.TEMPORARY and not own else Origin.CORRECTION

    def _check_correction(self, last: Decision | None) -> None:
        if last is None or last != self.correct:
            raise already_decided(last)
        if hasattr(last, "appeal"):
            raise ActionRefused(
                _("The author has appealed this decision, so it is decided there."), code="appealed"
            )
        if last.outcome == Outcome.TEMPORARY and last.measures.in_force(self.at).exists():
            return
        if last.decider != self.actor and not self.by.is_superuser:
            raise ActionForbidden(_("Only whoever made a decision can correct it."))
        if not self._within_minutes(last):
            raise ActionRefused(
                _("A decision can be corrected within minutes only. It can still be lifted."),
                code="too-late",
            )

    def _within_minutes(self, decision: Decision) -> bool:
        return self.at <= decision.decided_at + timedelta(minutes=conf.CORRECTION_MINUTES)


def already_decided(decision: Decision | None) -> ActionRefused:
    """Return the refusal that tells what a colleague has decided meanwhile."""
    if decision is None:
        return ActionRefused(_("This case is closed."), code="already-decided")
    people = Participant.objects.select_related("user")
    person = people.filter(uuid=decision.decider).first() if decision.decider else None
    return ActionRefused(
        _("%(name)s has already decided this on %(date)s: “%(outcome)s”."),
        code="already-decided",
        name=person.public_name if person else _("The system"),
        date=written(decision.decided_at),
        outcome=decision.get_outcome_display(),
    )


def automation_in(case: Case) -> str:
    """What part automation took in what led to a decision."""
    if case.decisions.filter(origin=Origin.AUTOMATIC).exists():
        return Automation.HIDDEN
    verdicts = set(case.findings.values_list("verdict", flat=True))
    if Finding.Verdict.HOLD in verdicts:
        return Automation.HELD
    return Automation.DETECTED if verdicts else Automation.NONE


def refuse_wiped(measures: Iterable[Measure]) -> None:
    """Raise ``ActionRefused`` where lifting would need words that are wiped by now."""
    for measure in measures:
        if are_gone(measure.decision):
            raise ActionRefused(
                _("What was taken away then is wiped by now, so it cannot be brought back."),
                code="wiped",
            )


def _not_possible(case: Case, outcome: str) -> ActionRefused:
    label = Outcome(outcome).label
    if case.contribution is None:
        return ActionRefused(
            _("“%(outcome)s” cannot be decided about a person."), code="not-possible", outcome=label
        )
    state = State(case.contribution.state)
    return ActionRefused(
        _("“%(outcome)s” cannot be decided now: the text is marked “%(state)s”."),
        code="not-possible",
        outcome=label,
        state=state.label,
    )
