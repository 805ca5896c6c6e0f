"""One entry before its judge: the declaration, then the entry beside the score sheet."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from civic_sourcing.challenges.models import Assignment, ConflictState, Criterion, JudgeState
from civic_sourcing.challenges.panel.actions import CompleteSheet, DeclareConflict, SaveSheet
from civic_sourcing.challenges.panel.actions.scoring import marks_of, refuse_unready
from civic_sourcing.challenges.panel.criteria import most_points
from civic_sourcing.challenges.panel.forms import DeclarationForm, LateConflictForm, SheetForm
from civic_sourcing.challenges.panel.others import given_by_others, in_words, rows_of, sheet_of
from civic_sourcing.challenges.panel.reading import Reading, reading_of
from civic_sourcing.challenges.panel.rounds import entries_of
from civic_sourcing.challenges.panel.views.answers import for_assignment, show
from civic_sourcing.core import clock
from civic_sourcing.core.exceptions import ActionRefused

SAVE, COMPLETE = "save", "complete"


@require_http_methods(["GET", "HEAD", "POST"])
@for_assignment
def entry(request: HttpRequest, assignment: Assignment) -> HttpResponse:
    """Declare first; then read and score. A conflict closes it: then there is no such page."""
    if assignment.ended_at is not None or assignment.judge.state != JudgeState.ACCEPTED:
        raise Http404
    if not entries_of(assignment.round).filter(pk=assignment.entry_id).exists():
        raise Http404
    if assignment.conflict == ConflictState.UNDECLARED:
        return declare(request, assignment)
    return score(request, assignment)


def declare(request: HttpRequest, assignment: Assignment) -> HttpResponse:
    form = DeclarationForm(request.POST or None)
    context = {"assignment": assignment, "form": form, "reading": reading_of(assignment)}
    if request.method != "POST" or not form.is_valid():
        invalid = request.method == "POST"
        return show(request, "declare", context, judge=assignment.judge, invalid=invalid)
    conflict = form.cleaned_data["conflict"] == form.YES
    note = form.cleaned_data["note"]
    try:
        DeclareConflict(assignment, by=request.user, conflict=conflict, note=note).execute()
    except ActionRefused as refused:
        return show(request, "declare", context, judge=assignment.judge, refused=refused)
    return after_declaration(request, assignment, conflict=conflict)


def after_declaration(
    request: HttpRequest, assignment: Assignment, *, conflict: bool
) -> HttpResponse:
    if conflict:
        messages.success(request, _("Thank you. The entry is closed for you."), fail_silently=True)
        return redirect("civic_judging:panel", assignment.judge.uuid)
    return redirect("civic_judging:entry", assignment.uuid)


@require_http_methods(["GET", "HEAD", "POST"])
@for_assignment
def conflict(request: HttpRequest, assignment: Assignment) -> HttpResponse:
    """Say later that there is a conflict after all."""
    if assignment.ended_at is not None or assignment.conflict != ConflictState.NONE:
        raise Http404
    form = LateConflictForm(request.POST or None)
    context = {"assignment": assignment, "form": form, "reading": reading_of(assignment)}
    if request.method != "POST" or not form.is_valid():
        invalid = request.method == "POST"
        return show(request, "conflict", context, judge=assignment.judge, invalid=invalid)
    note = form.cleaned_data["note"]
    try:
        DeclareConflict(assignment, by=request.user, conflict=True, note=note).execute()
    except ActionRefused as refused:
        return show(request, "conflict", context, judge=assignment.judge, refused=refused)
    return after_declaration(request, assignment, conflict=True)


def score(request: HttpRequest, assignment: Assignment) -> HttpResponse:
    """The entry and its sheet. ``step`` says whether it is saved or handed in."""
    criteria = list(Criterion.objects.filter(round=assignment.round_id))
    sheet = sheet_of(assignment)
    data = request.POST if request.method == "POST" else None
    is_whole = request.POST.get("step") == COMPLETE
    form = SheetForm(data, criteria=criteria, sheet=sheet, marks=marks_of(sheet), whole=is_whole)
    context = sheet_context(assignment, criteria, sheet) | {"form": form}
    if data is None:
        return show(request, "entry", context, judge=assignment.judge)
    if not form.is_valid():
        return show(request, "entry", context, judge=assignment.judge, invalid=True)
    step = CompleteSheet if is_whole else SaveSheet
    try:
        step(assignment, by=request.user, **form.arguments()).execute()
    except ActionRefused as refused:
        return show(request, "entry", context, judge=assignment.judge, refused=refused)
    said = _("Your score sheet is handed in.") if step is CompleteSheet else _("Saved.")
    messages.success(request, said, fail_silently=True)
    return redirect("civic_judging:entry", assignment.uuid)


def sheet_context(assignment: Assignment, criteria: list[Criterion], sheet: Any) -> dict[str, Any]:
    reading: Reading = reading_of(assignment)
    plain, bonus = most_points(criteria)
    context: dict[str, Any] = {
        "assignment": assignment,
        "reading": reading,
        "criteria": criteria,
        "most": plain,
        "most_with_bonus": bonus,
        "sheet": sheet,
    }
    if sheet is not None and sheet.completed_at is not None:
        own, others = in_words(sheet, criteria), given_by_others(assignment)
        rows = rows_of(criteria, [own, *others])
        return context | {"own": own, "others": others, "given_rows": rows, "is_done": True}
    try:
        refuse_unready(assignment, clock.now())
    except ActionRefused as refused:
        return context | {"closed": refused.message}
    return context
