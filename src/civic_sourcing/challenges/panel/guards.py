"""What the database itself keeps of judging, whoever writes."""

from __future__ import annotations

from civic_sourcing.challenges.models import Assignment, Criterion, Score, ScoreSheet
from civic_sourcing.core.triggers import Event, Trigger, register_trigger

# ruff: noqa: S608 - the names are those of our own tables

ASSIGNMENTS = Assignment._meta.db_table
CRITERIA = Criterion._meta.db_table
SHEETS = ScoreSheet._meta.db_table
SCORES = Score._meta.db_table

OUT_OF_BOUNDS = (
    f"EXISTS (SELECT 1 FROM {CRITERIA} c WHERE c.id = NEW.criterion_id"
    " AND NEW.points > CASE WHEN c.kind = 'yesno' THEN 1 ELSE c.points END)"
)
OF_ANOTHER_ROUND = (
    f"NOT EXISTS (SELECT 1 FROM {SHEETS} s JOIN {ASSIGNMENTS} a ON a.id = s.assignment_id"
    f" JOIN {CRITERIA} c ON c.round_id = a.round_id"
    " WHERE s.id = NEW.sheet_id AND c.id = NEW.criterion_id)"
)
HANDED_IN = (
    f"EXISTS (SELECT 1 FROM {SHEETS} s WHERE s.id = {{row}}.sheet_id"
    " AND s.completed_at IS NOT NULL)"
)
ONLY_BLANKS = (
    "NEW.sheet_id = OLD.sheet_id AND NEW.criterion_id = OLD.criterion_id"
    " AND NEW.points = OLD.points AND NEW.comment = ''"
)
CHANGES_A_SHEET = (
    "OLD.completed_at IS NOT NULL AND (NEW.completed_at IS NULL"
    " OR NEW.completed_at <> OLD.completed_at OR NEW.assignment_id <> OLD.assignment_id"
    " OR (NEW.overall_comment <> OLD.overall_comment AND NEW.overall_comment <> ''))"
)
NOT_OPENED = (
    f"NOT EXISTS (SELECT 1 FROM {ASSIGNMENTS} a WHERE a.id = NEW.assignment_id"
    " AND a.conflict = 'none' AND a.ended_at IS NULL)"
)

STAYS = "A score sheet that was handed in stays as it is."
BOUNDS = "Points are within the bounds of a criterion of the same phase."


def register_guards() -> None:
    """Have the triggers installed after every migrate."""
    bounds = f"{OUT_OF_BOUNDS} OR {OF_ANOTHER_ROUND}"
    reads = (CRITERIA, SHEETS, ASSIGNMENTS)
    for event in (Event.INSERT, Event.UPDATE):
        name = f"civic_score_bounds_{event.value.lower()}"
        register_trigger(Trigger(name, SCORES, event, bounds, BOUNDS, reads))
    handed_in = {
        Event.INSERT: HANDED_IN.format(row="NEW"),
        Event.UPDATE: f"{HANDED_IN.format(row='OLD')} AND NOT ({ONLY_BLANKS})",
        Event.DELETE: HANDED_IN.format(row="OLD"),
    }
    for event, condition in handed_in.items():
        name = f"civic_score_stays_{event.value.lower()}"
        register_trigger(Trigger(name, SCORES, event, condition, STAYS, (SHEETS,)))
    for trigger in (
        Trigger("civic_score_sheet_stays", SHEETS, Event.UPDATE, CHANGES_A_SHEET, STAYS),
        Trigger(
            "civic_score_sheet_kept", SHEETS, Event.DELETE, "OLD.completed_at IS NOT NULL", STAYS
        ),
        Trigger(
            "civic_score_sheet_opened",
            SHEETS,
            Event.INSERT,
            NOT_OPENED,
            "A score sheet begins when the judge has declared no conflict of interest.",
            (ASSIGNMENTS,),
        ),
    ):
        register_trigger(trigger)
