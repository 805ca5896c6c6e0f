"""Who judges which entry: shared out by the rule of ``judging.assigning``, or by hand."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.utils.translation import gettext_lazy as _

from civic_sourcing.challenges.judging.assigning import Plan, share_out
from civic_sourcing.challenges.models import (
    Assignment,
    ChallengeFacts,
    ConflictState,
    Entry,
    Judge,
    Round,
)
from civic_sourcing.challenges.panel import news, signals
from civic_sourcing.challenges.panel.people import panel_of
from civic_sourcing.challenges.panel.policies import may_lead_judging
from civic_sourcing.challenges.panel.rounds import (
    entries_of,
    is_decided,
    live_assignments,
    refuse_before_deadline,
)
from civic_sourcing.core.actions import Action
from civic_sourcing.core.exceptions import ActionRefused


class AssigningStep(Action[Round]):
    """A step on a round whose entries are closed and whose winners are not decided yet."""

    policy = may_lead_judging

    def check(self) -> None:
        refuse_before_deadline(self.subject, self.at)
        if is_decided(self.subject):
            raise ActionRefused(_("The winners of this phase are decided already."), code="decided")
        self.panel = {judge.pk: judge for judge in panel_of(self.subject.process)}
        if not self.panel:
            raise ActionRefused(
                _("Nobody has accepted to judge yet. Please invite judges first."),
                code="no-judges",
            )

    def assign(self, pairs: Any, **facts: Any) -> list[Assignment]:
        rows = [
            Assignment(
                judge=self.panel[judge],
                entry_id=entry,
                round=self.subject,
                assigned_at=self.at,
                **facts,
            )
            for judge, entry in pairs
        ]
        return Assignment.objects.bulk_create(rows)

    def tell(self, numbers: Counter[Any]) -> None:
        for judge, number in numbers.items():
            news.tell_assigned(self.panel[judge], self.subject, number, self.at)


class AssignEntries(AssigningStep):
    """
    Give each entry as many judges as the challenge says, as evenly as can be. The result is the
    ``Plan``.

    Assignments there are stay, and pairs that were ended (a conflict, a judge who stepped down, by
    hand) do not come back, so it can be repeated after a gap. ``per_entry`` overrides the number;
    0 is everybody.
    """

    verb = "assign_entries"
    announces = signals.entries_assigned

    per_entry: int | None = None

    def check(self) -> None:
        super().check()
        self.entries = list(entries_of(self.subject).values_list("pk", flat=True))
        if not self.entries:
            raise ActionRefused(_("There is no entry to judge."), code="no-entries")

    def perform(self) -> Plan:
        rows = Assignment.objects.filter(round=self.subject)
        held = {(row.judge_id, row.entry_id) for row in live_assignments(self.subject)}
        ended = set(rows.exclude(ended_at=None).values_list("judge", "entry"))
        self.result_pairs = self.calibrating(held | ended)
        self.assign(self.result_pairs, is_calibration=True)
        plan = share_out(
            self.entries,
            list(self.panel),
            self.wanted(),
            closed=ended,
            held={*held, *self.result_pairs},
            seed=str(self.subject.uuid),
        )
        self.assign(plan.pairs)
        self.tell(Counter(judge for judge, _entry in [*plan.pairs, *self.result_pairs]))
        return plan

    def wanted(self) -> int:
        number = self.per_entry
        if number is None:
            number = ChallengeFacts.objects.of(self.subject.process).judges_each
        return number or len(self.panel)

    def calibrating(self, known: set[tuple[int, int]]) -> list[tuple[int, int]]:
        """The entries all score to agree on the scale, for judges who have come since."""
        rows = Assignment.objects.filter(round=self.subject, is_calibration=True)
        entries = rows.values_list("entry", flat=True).distinct()
        pairs = [(judge, entry) for entry in sorted(entries) for judge in sorted(self.panel)]
        return [pair for pair in pairs if pair not in known]

    def audit_details(self) -> dict[str, Any]:
        plan = self.result
        return {"pairs": len(plan.pairs), "short": len(plan.short), "groups": plan.groups}


class ChooseCalibration(AssigningStep):
    """
    Have every judge score ``entry`` first, to agree on the scale.

    Other sheets of the round can be handed in only after it. Refused once another one was chosen
    and scored (``calibrated``).
    """

    verb = "choose_calibration"

    entry: Entry

    def check(self) -> None:
        super().check()
        if not entries_of(self.subject).filter(pk=self.entry.pk).exists():
            raise not_here()
        rows = Assignment.objects.filter(round=self.subject, is_calibration=True)
        self.others = rows.exclude(entry=self.entry)
        if self.others.done().exists():
            raise ActionRefused(
                _("Judges have already scored another entry to agree on the scale."),
                code="calibrated",
            )

    def perform(self) -> Entry:
        self.others.update(is_calibration=False)
        rows = Assignment.objects.filter(round=self.subject, entry=self.entry)
        rows.update(is_calibration=True)
        known = set(rows.values_list("judge", flat=True))
        missing = [(judge, self.entry.pk) for judge in sorted(self.panel) if judge not in known]
        self.assign(missing, is_calibration=True)
        self.tell(Counter(judge for judge, _entry in missing))
        return self.entry

    def audit_details(self) -> dict[str, Any]:
        return {"entry": str(self.entry.uuid)}


class AssignByHand(AssigningStep):
    """Give ``entry`` to ``judge``, unless there is a conflict of interest (``conflict``)."""

    verb = "assign_by_hand"

    judge: Judge
    entry: Entry

    def check(self) -> None:
        super().check()
        if not entries_of(self.subject).filter(pk=self.entry.pk).exists():
            raise not_here()
        if self.judge.pk not in self.panel:
            raise ActionRefused(_("This person does not judge here."), code="not-on-panel")
        rows = Assignment.objects.filter(round=self.subject, judge=self.judge, entry=self.entry)
        self.before = rows.first()
        if self.before is None:
            return
        if self.before.conflict == ConflictState.CONFLICT:
            raise ActionRefused(
                _("This judge declared a conflict of interest with this entry."), code="conflict"
            )
        if self.before.ended_at is None:
            raise ActionRefused(_("This judge has this entry already."), code="assigned")

    def perform(self) -> Assignment:
        if self.before is None:
            row = self.assign([(self.judge.pk, self.entry.pk)])[0]
        else:
            row = self.before
            row.ended_at = None
            row.save(update_fields=["ended_at"])
        self.tell(Counter([self.judge.pk]))
        return row

    def audit_details(self) -> dict[str, Any]:
        return {"assignment": str(self.result.uuid)}


class EndAssignment(Action[Assignment]):
    """Take an entry from a judge who has not handed in a score sheet for it (``completed``)."""

    verb = "end_assignment"
    policy = may_lead_judging

    def check(self) -> None:
        if self.subject.ended_at is not None:
            raise ActionRefused(_("This judge no longer has this entry."), code="ended")
        if Assignment.objects.done().filter(pk=self.subject.pk).exists():
            raise ActionRefused(
                _("The score sheet is handed in, so the assignment stays."), code="completed"
            )

    def perform(self) -> Assignment:
        self.subject.ended_at = self.at
        self.subject.save(update_fields=["ended_at"])
        return self.subject


def not_here() -> ActionRefused:
    """The refusal for an entry of another round or challenge, or one that cannot be judged."""
    return ActionRefused(_("This entry is not judged in this phase."), code="not-here")
