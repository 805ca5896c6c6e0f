"""Declarations, reading and score sheets: by the actions, and by the database whoever writes."""

import pytest
from django.db import IntegrityError, transaction

from civic_sourcing.challenges.judging.sheets import Mark
from civic_sourcing.challenges.models import Assignment, Criterion, Score, ScoreSheet
from civic_sourcing.challenges.panel.actions import CompleteSheet, DeclareConflict, SaveSheet
from civic_sourcing.challenges.panel.others import given_by_others, total_of
from civic_sourcing.challenges.panel.reading import Reading
from civic_sourcing.core import triggers
from civic_sourcing.core.exceptions import ActionRefused
from tests.challenges.panel.conftest import DAY, criteria_of
from tests.challenges.panel.sheets import full

pytestmark = pytest.mark.django_db


def refusal(step):
    with pytest.raises(ActionRefused) as refused:
        step.execute()
    return refused.value.code


def refused_by_database(write):
    with pytest.raises(IntegrityError), transaction.atomic():
        write()
    return True


def test_nothing_is_read_or_scored_before_the_declaration(assigned, judges, assignments_of):
    row = assignments_of(judges[0])[0]

    code = refusal(SaveSheet(row, by=judges[0], **full(assigned)))

    assert code == "undeclared"
    assert Reading(row, blind=False).document == {}
    assert refused_by_database(
        lambda: ScoreSheet.objects.create(assignment=row, saved_at=row.assigned_at)
    )


def test_a_conflict_closes_the_entry_for_good_even_after_the_sheet(
    assigned, judges, opened, assignments_of
):
    row = opened(judges[0])
    CompleteSheet(row, by=judges[0], **full(assigned)).execute()

    DeclareConflict(row, by=judges[0], conflict=True, note="I advised them.").execute()

    row.refresh_from_db()
    assert refusal(SaveSheet(row, by=judges[0], **full(assigned))) == "conflict"
    assert refusal(DeclareConflict(row, by=judges[0], conflict=False)) == "conflict"
    assert row not in assignments_of(judges[0])
    assert Reading(row, blind=False).document == {}
    assert refused_by_database(lambda: Assignment.objects.filter(pk=row.pk).update(ended_at=None))


def test_a_conflict_needs_its_reason(assigned, judges, assignments_of):
    row = assignments_of(judges[0])[0]

    assert refusal(DeclareConflict(row, by=judges[0], conflict=True, note=" ")) == "note-missing"


@pytest.mark.parametrize(
    ("points", "code"),
    [
        ({"effect": 21}, "above"),
        ({"need": 6}, "above"),
        ({"effect": -1}, "below"),
        ({"costs": None}, "missing"),
    ],
    ids=["21 of 20", "106 of 105", "below nothing", "a gap"],
)
def test_a_sheet_out_of_bounds_is_not_handed_in(assigned, judges, opened, points, code):
    row = opened(judges[0])

    assert refusal(CompleteSheet(row, by=judges[0], **full(assigned, **points))) == code
    assert not ScoreSheet.objects.exists()


def test_the_database_takes_no_points_out_of_bounds_and_keeps_what_was_handed_in(
    assigned, judges, opened
):
    row = opened(judges[0])
    sheet = SaveSheet(row, by=judges[0], **full(assigned, costs=None)).execute()
    score = sheet.scores.get(criterion__titles__en="Effect")

    over = refused_by_database(lambda: Score.objects.filter(pk=score.pk).update(points=21))
    CompleteSheet(row, by=judges[0], **full(assigned)).execute()

    assert over
    for write in (
        lambda: Score.objects.filter(pk=score.pk).update(points=1),
        lambda: Score.objects.filter(pk=score.pk).delete(),
        lambda: ScoreSheet.objects.filter(pk=sheet.pk).update(completed_at=None),
        lambda: ScoreSheet.objects.filter(pk=sheet.pk).update(overall_comment="Better."),
    ):
        assert refused_by_database(write)
    assert ScoreSheet.objects.filter(pk=sheet.pk).update(private_note="") == 1


def test_a_comment_that_is_required_is_asked_for_only_at_the_end(assigned, judges, opened):
    first = criteria_of(assigned)[0]
    row = opened(judges[0])
    triggers.lift()
    Criterion.objects.filter(pk=first.pk).update(needs_comment=True)
    silent = full(assigned)
    silent["marks"][str(first.uuid)] = Mark(10)

    SaveSheet(row, by=judges[0], **silent).execute()

    assert refusal(CompleteSheet(row, by=judges[0], **silent)) == "no-comment"


def test_scores_of_others_show_once_the_own_sheet_is_in(assigned, judges, opened, assignments_of):
    mine = opened(judges[0])
    rows = Assignment.objects.filter(entry=mine.entry, ended_at=None).exclude(pk=mine.pk)
    other = rows.select_related("judge__participant__user").get()
    user = other.judge.participant.user
    DeclareConflict(other, by=user, conflict=False).execute()
    CompleteSheet(other, by=user, **full(assigned, effect=20)).execute()

    SaveSheet(mine, by=judges[0], **full(assigned)).execute()
    before = given_by_others(mine)
    sheet = CompleteSheet(mine, by=judges[0], **full(assigned)).execute()
    after = given_by_others(mine)

    assert before == []
    assert [(given.total, given.judge) for given in after] == [(63, f"Judge {other.judge.alias}")]
    assert total_of(sheet) == 53


def test_sheets_are_taken_only_from_their_judge_within_the_dates(
    assigned, judges, opened, set_clock
):
    row = opened(judges[0])

    foreign = refusal(SaveSheet(row, by=judges[1], **full(assigned)))
    set_clock(assigned.judging_until)
    late = refusal(CompleteSheet(row, by=judges[0], **full(assigned)))
    set_clock(assigned.closes_at - DAY)
    early = refusal(SaveSheet(row, by=judges[0], **full(assigned)))

    assert (foreign, late, early) == ("forbidden", "judging-over", "not-closed")


def test_a_second_sheet_changes_nothing(assigned, judges, opened):
    row = opened(judges[0])
    CompleteSheet(row, by=judges[0], **full(assigned)).execute()

    assert refusal(CompleteSheet(row, by=judges[0], **full(assigned, effect=1))) == "completed"


def test_a_blind_reading_names_nobody(assigned, entries, judges, manager, judge_of):
    row = Assignment.objects.filter(entry=entries[0]).select_related("round", "entry").first()
    DeclareConflict(row, by=row.judge.participant.user, conflict=False).execute()
    row.refresh_from_db()

    blind, plain = Reading(row, blind=True), Reading(row, blind=False)

    shown = " ".join(
        [blind.label, blind.title, blind.brief, blind.description, blind.url, blind.by]
        + [reply.text for reply in blind.replies]
        + [file.name for file in blind.files]
    )
    assert "mina" not in shown.lower()
    assert len(blind.files) == 1
    assert (plain.by, plain.url) == ("Mina Solver", "https://mina.example.org/")
