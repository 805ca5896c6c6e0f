from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from civic_sourcing.core.actions import Action
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.policies import Always
from civic_sourcing.processes.freezing import refuse_frozen_rules
from civic_sourcing.processes.kinds import ProcessKind, kind_of, phase_label
from civic_sourcing.processes.policies import written
from civic_sourcing.processes.process import Mandate, Phase, Process
from civic_sourcing.processes.rules import PhaseRule, Rules
from civic_sourcing.processes.signals import rules_set


class SetRules(Action[Process]):
    """
    Put a mandate and a set of phases into force, in place of those before.

    ``mandate`` and ``phases`` (a sequence of ``PhaseRule``) default to what is in force;
    ``based_on`` is the ``rules_version`` the author saw, and another version in force refuses
    (code ``stale-rules``). Overlapping or reversed windows, unknown kinds, and a mandate weaker
    than before once the first phase has opened are refused. Rules as in force change nothing.

    The right to do this is the right to publish the page, which Wagtail has decided before.
    """

    verb = "set_rules"
    announces = rules_set
    policy = Always()

    mandate: str | None = None
    phases: Sequence[PhaseRule] | None = None
    based_on: int | None = None

    def check(self) -> None:
        in_force = Rules.of(self.subject)
        if self.based_on is not None and self.based_on != self.subject.rules_version:
            raise ActionRefused(
                _(
                    "The rules were changed in the meantime, so yours were not put into force. "
                    "Look at the present rules and make your change again."
                ),
                code="stale-rules",
            )
        self.before, self.after = in_force, self._wanted(in_force)
        check_rules(self.after, kind=kind_of(self.subject))
        check_mandate(self.subject, self.after.mandate, at=self.at)
        refuse_frozen_rules(self.subject, self.before, self.after)

    def perform(self) -> Process:
        if self.before.digest() == self.after.digest():
            return self.subject
        process = self.subject
        process.first_opened_at = process.first_opened_at or first_opening(process, self.at)
        process.mandate = self.after.mandate
        process.rules_version += 1
        process.save(update_fields=["first_opened_at", "mandate", "rules_version"])
        _replace_phases(process, self.after.phases, at=self.at)
        return process

    def audit_details(self) -> dict[str, Any]:
        return {
            "version": self.subject.rules_version,
            "mandate": [self.before.mandate, self.after.mandate],
            "phases": [
                {key: value for key, value in phase.as_json().items() if key != "descriptions"}
                for phase in self.after.phases
            ],
        }

    def _wanted(self, in_force: Rules) -> Rules:
        mandate = in_force.mandate if self.mandate is None else str(self.mandate)
        phases = in_force.phases if self.phases is None else tuple(self.phases)
        return Rules(mandate, _with_rows(phases, self.subject))


def check_rules(rules: Rules, *, kind: ProcessKind) -> None:
    """Refuse what no process of ``kind`` may have, whatever was in force before."""
    if rules.mandate not in Mandate.values:
        raise ActionRefused(_("This mandate is not known."), code="unknown-mandate")
    for phase in rules.phases:
        if not phase.complete:
            raise ActionRefused(
                _("A phase needs a kind and a time at which it opens."), code="incomplete-phase"
            )
        if phase.kind not in kind.phases:
            raise ActionRefused(
                _("“%(phase)s” is not a phase of this kind of process.") % {"phase": phase.kind},
                code="unknown-phase",
            )
    check_windows(rules, kind=kind)


def check_windows(rules: Rules, *, kind: ProcessKind) -> None:
    """Refuse windows that close before they open, and two that are open at once."""
    if backwards := rules.first_reversed():
        raise ActionRefused(
            _("“%(phase)s” has to close after it opens.")
            % {"phase": phase_label(kind, backwards.kind)},
            code="reversed-phase",
        )
    if pair := rules.first_overlap():
        first, second = pair
        raise ActionRefused(_overlap(first, second, kind), code="overlapping-phases")


def check_mandate(process: Process, mandate: str, *, at: datetime) -> None:
    """Refuse a weaker promise than the one people took part under."""
    weaker = Mandate(mandate).rank < Mandate(process.mandate).rank
    if weaker and (process.first_opened_at or first_opening(process, at)):
        raise ActionRefused(
            _(
                "The first phase has opened, so the mandate cannot be lowered from "
                "“%(before)s” to “%(after)s” any more."
            )
            % {"before": Mandate(process.mandate).label, "after": Mandate(mandate).label},
            code="mandate-lowered",
        )


def first_opening(process: Process, at: datetime) -> datetime | None:
    """When the earliest of the present phases opened, if it has at ``at``."""
    return next((phase.opens_at for phase in process.timeline() if phase.opens_at <= at), None)


def _overlap(first: PhaseRule, second: PhaseRule, kind: ProcessKind) -> str:
    facts = {
        "first": phase_label(kind, first.kind),
        "second": phase_label(kind, second.kind),
        "opens": written(second.opens_at) if second.opens_at else "",
        "closes": written(first.closes_at) if first.closes_at else "",
    }
    if first.closes_at is None:
        sentence = _(
            "“%(first)s” has no end, but “%(second)s” opens on %(opens)s. "
            "Say when “%(first)s” closes."
        )
    else:
        sentence = _(
            "“%(second)s” opens on %(opens)s, before “%(first)s” closes on %(closes)s. "
            "Only one phase can be open at a time."
        )
    return sentence % facts


def _with_rows(phases: tuple[PhaseRule, ...], process: Process) -> tuple[PhaseRule, ...]:
    """Name the row each window changes, so that rows (and what was announced) stay."""
    named = {phase.pk for phase in phases}
    rows = process.timeline()
    by_pk: dict[int | None, int] = {row.pk: row.pk for row in rows if row.pk in named}
    by_look: dict[tuple[str, datetime | None], int] = {
        (row.kind, row.opens_at): row.pk for row in rows if row.pk not in named
    }
    pointed = []
    for phase in phases:
        row = by_pk.pop(phase.pk, None) or by_look.pop((phase.kind, phase.opens_at), None)
        pointed.append(replace(phase, pk=row))
    return tuple(pointed)


def _replace_phases(process: Process, wanted: Sequence[PhaseRule], *, at: datetime) -> None:
    """Every window in ``wanted`` is complete and names its row, as ``check`` has seen to."""
    rows: dict[int | None, Phase] = {phase.pk: phase for phase in process.phases.all()}
    process.phases.exclude(pk__in=[phase.pk for phase in wanted if phase.pk]).delete()
    for phase in wanted:
        assert phase.opens_at is not None
        row = rows.get(phase.pk) or Phase(process=process)
        _forget_news(row, phase)
        row.kind, row.opens_at, row.closes_at = phase.kind, phase.opens_at, phase.closes_at
        row.descriptions = phase.as_json()["descriptions"]
        if row.closed_at(at):
            row.announced_open_at = row.announced_open_at or at
            row.announced_close_at = row.announced_close_at or at
        row.save()


def _forget_news(row: Phase, wanted: PhaseRule) -> None:
    """A phase that opens or closes at another time than before is news again, unless it is past."""
    if row.pk and wanted.opens_at != row.opens_at:
        row.announced_open_at = None
    if row.pk and wanted.closes_at != row.closes_at:
        row.announced_close_at = None
