"""Score sheets: drafts that are saved, and sheets that are handed in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from civic_sourcing.challenges.judging.sheets import Fault, Mark, faults_of
from civic_sourcing.challenges.models import (
    Assignment,
    ConflictState,
    Criterion,
    Score,
    ScoreSheet,
)
from civic_sourcing.challenges.panel import signals
from civic_sourcing.challenges.panel.actions.conflicts import refuse_ended
from civic_sourcing.challenges.panel.criteria import measure_of, sentence
from civic_sourcing.challenges.panel.policies import may_judge
from civic_sourcing.challenges.panel.rounds import (
    entries_of,
    refuse_after_judging,
    refuse_before_deadline,
)
from civic_sourcing.core.actions import Action
from civic_sourcing.core.exceptions import ActionRefused


class SaveSheet(Action[Assignment]):
    """
    Keep a score sheet as it is; it counts only once it is handed in.

    ``marks`` are by UUID of the criterion; what is left out stays as it was. Refused: points out of
    bounds, before the judge said whether there is a conflict (``undeclared``) and after one
    (``conflict``), outside the dates of judging, and once it is handed in (``completed``).
    """

    verb = "save_sheet"
    policy = may_judge
    whole: ClassVar[bool] = False

    marks: Mapping[str, Mark]
    comment: str = ""
    note: str = ""

    def check(self) -> None:
        refuse_unready(self.subject, self.at)
        criteria = Criterion.objects.filter(round=self.subject.round_id)
        self.criteria = {str(one.uuid): one for one in criteria}
        self.sheet = ScoreSheet.objects.filter(assignment=self.subject).first()
        measures = [measure_of(one) for one in self.criteria.values()]
        for key, fault in faults_of(measures, self.all_marks(), whole=self.whole):
            if fault is Fault.UNKNOWN:
                raise ActionRefused(
                    _("This criterion is not one of this phase."), code=Fault.UNKNOWN.value
                )
            raise ActionRefused(sentence(self.criteria[key], fault), code=fault.value)

    def all_marks(self) -> dict[str, Mark]:
        return {**marks_of(self.sheet), **self.marks}

    def perform(self) -> ScoreSheet:
        facts = {
            "overall_comment": self.comment,
            "private_note": self.note,
            "saved_at": self.at,
        }
        sheet, _new = ScoreSheet.objects.update_or_create(assignment=self.subject, defaults=facts)
        for key, mark in self.marks.items():
            Score.objects.update_or_create(
                sheet=sheet,
                criterion=self.criteria[key],
                defaults={"points": mark.points, "comment": mark.comment},
            )
        return sheet

    def content(self) -> dict[str, Any]:
        return {"subject": self.subject}


class CompleteSheet(SaveSheet):
    """
    Hand in a whole score sheet. Nothing changes it afterwards, and the others' become visible.

    The entry chosen to agree on the scale comes first (``calibrate-first``).
    """

    verb = "complete_sheet"
    announces = signals.sheet_completed
    whole = True

    def check(self) -> None:
        super().check()
        if self.subject.is_calibration:
            return
        mine = Assignment.objects.open().filter(
            judge=self.subject.judge_id, round=self.subject.round_id, is_calibration=True
        )
        if mine.exists():
            raise ActionRefused(
                _("Please score the entry first that all judges score to agree on the scale."),
                code="calibrate-first",
            )

    def perform(self) -> ScoreSheet:
        sheet = super().perform()
        sheet.completed_at = self.at
        sheet.save(update_fields=["completed_at"])
        return sheet


def marks_of(sheet: ScoreSheet | None) -> dict[str, Mark]:
    """What a sheet says so far, by UUID of the criterion."""
    if sheet is None:
        return {}
    scores = sheet.scores.select_related("criterion")
    return {str(one.criterion.uuid): Mark(one.points, one.comment) for one in scores}


def refuse_unready(assignment: Assignment, at: Any) -> None:
    """Raise where the judge cannot score the entry now."""
    refuse_ended(assignment)
    if assignment.conflict != ConflictState.NONE:
        raise ActionRefused(
            _("Please say first whether you have a conflict of interest."), code="undeclared"
        )
    refuse_before_deadline(assignment.round, at)
    refuse_after_judging(assignment.round, at)
    if ScoreSheet.objects.filter(assignment=assignment, completed_at__isnull=False).exists():
        raise ActionRefused(
            _("You have handed in this score sheet. It stays as it is."), code="completed"
        )
    if not entries_of(assignment.round).filter(pk=assignment.entry_id).exists():
        raise ActionRefused(_("This entry is no longer judged."), code="not-here")
