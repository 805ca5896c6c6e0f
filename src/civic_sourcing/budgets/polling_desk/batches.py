"""One batch of sheets: entering, comparing, deciding, accepting."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from civic_sourcing.budgets.actions.polling import (
    AcceptBatch,
    DecideSheet,
    EnterSheets,
    HandInEntry,
    RecountBatch,
    TypedSheet,
)
from civic_sourcing.budgets.ballots.content import Choice
from civic_sourcing.budgets.models import VoteRun
from civic_sourcing.budgets.models.polling import Sheet
from civic_sourcing.budgets.polling.batches import SheetState, differences, sheets_of, status_of
from civic_sourcing.budgets.polling.lines import SPOILED, example_of
from civic_sourcing.budgets.polling.policies import may_run_vote
from civic_sourcing.budgets.polling_desk.base import FOLDER, BatchScreen, address
from civic_sourcing.budgets.polling_desk.corrections import correcting
from civic_sourcing.budgets.polling_desk.forms import CoverForm, DecisionForm, LineFormSet
from civic_sourcing.budgets.rulebooks import frozen

SHEETS_AT_ONCE = 20


class Batch(BatchScreen):
    """How far a batch has come; where both entries are in, side by side what differs."""

    template_name = f"{FOLDER}/batch.html"

    def get_page_title(self) -> str:
        return str(self.batch_title)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return super().get_breadcrumbs_items()[:-1]

    def settle(self, form: Any) -> None:
        action = {"hand-in": HandInEntry, "accept": AcceptBatch}.get(self.step)
        if action is None:
            raise Http404
        action(self.batch, by=self.request.user).execute()

    @property
    def next_url(self) -> str:
        return address("batch", self.run.uuid, self.batch.uuid)

    @cached_property
    def is_open(self) -> bool:
        """Whether the batch can still change."""
        state, counted = self.run.state, VoteRun.State.COUNTED
        takes = state == VoteRun.State.CLOSED or (self.batch.replaces_id and state == counted)
        return self.batch.accepted_at is None and bool(takes)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        batch, turn = self.batch, self.turn
        mine = bool(turn) and not batch.is_done(turn or 0)
        entered = batch.entries.filter(turn=turn).count() if turn else 0
        return super().get_context_data(**kwargs) | {
            "status": status_of(batch),
            "can_enter": self.is_open and mine,
            "can_hand_in": self.is_open and mine and entered == batch.sheets,
            "entered": entered,
            "can_recount": self.is_open and self.runs_vote,
            **correcting(self),
            **(self.comparison() if batch.is_entered else {}),
        }

    def comparison(self) -> dict[str, Any]:
        """What both have read, once neither can change it any more."""
        sheets = sheets_of(self.batch)
        left = sum(sheet.is_open for sheet in sheets)
        wrong = [] if left else differences(self.batch, sheets)
        decides = self.is_open and self.actor not in (self.batch.first_by, self.batch.second_by)
        shown = [sheet for sheet in sheets if wrong or sheet.differs or sheet.decision]
        return {
            "rows": [(sheet, *self.readings(sheet)) for sheet in shown],
            "left": left,
            "differences": wrong,
            "can_decide": decides,
            "can_accept": self.is_open and self.runs_vote and not left and not wrong,
        }

    @staticmethod
    def readings(sheet: SheetState) -> list[str]:
        read = (sheet.first, sheet.second, sheet.decision)
        return [in_words(each) if each else "" for each in read]


def in_words(sheet: Sheet) -> str:
    """What somebody read on a sheet: the line, and whether that makes it void."""
    choice = Choice.load(sheet.content)
    if SPOILED in choice.void:
        return _("void")
    return _("%(line)s (void)") % {"line": sheet.line} if choice.is_void else sheet.line


class Cover(BatchScreen):
    """Correct the cover sheet after counting again."""

    asks = may_run_vote
    form_class = CoverForm
    page_title = gettext_lazy("Cover sheet")
    submit = gettext_lazy("Correct the cover sheet")
    done = gettext_lazy("The cover sheet is corrected.")

    def get_initial(self) -> dict[str, Any]:
        names = ("area", "sheets", "void", "totals")
        return {name: getattr(self.batch, name) for name in names}

    def get_form_kwargs(self) -> dict[str, Any]:
        rulebook = frozen(self.run)
        return {**super().get_form_kwargs(), "run": self.run, "rulebook": rulebook}

    def settle(self, form: Any) -> None:
        RecountBatch(self.batch, by=self.request.user, **form.cleaned_data).execute()


class Enter(BatchScreen):
    """
    Enter sheets, a page at a time: the next ones not entered yet, or those from ``?from=`` on.

    Only what this person has entered is shown.
    """

    template_name = f"{FOLDER}/enter.html"
    page_title = gettext_lazy("Enter sheets")
    submit = gettext_lazy("Save these sheets")
    done = gettext_lazy("Saved.")

    def dispatch(self, *args: Any, **kwargs: Any) -> Any:
        self.may_settle()
        if self.turn is None or self.batch.is_done(self.turn):
            raise Http404
        return super().dispatch(*args, **kwargs)

    @cached_property
    def numbers(self) -> list[int]:
        """The sheets of this page."""
        every = range(1, self.batch.sheets + 1)
        start = self.request.GET.get("from", "")
        if start.isascii() and start.isdigit() and len(start) < 6:
            return list(every[max(int(start), 1) - 1 :][:SHEETS_AT_ONCE])
        mine = self.batch.entries.filter(turn=self.turn).values_list("sheet", flat=True)
        known = set(mine)
        return [number for number in every if number not in known][:SHEETS_AT_ONCE]

    @cached_property
    def lines(self) -> Any:
        entries = self.batch.entries.filter(turn=self.turn, sheet__in=self.numbers)
        known = {entry.sheet: entry for entry in entries}
        initial = [
            {
                "number": number,
                "line": known[number].line if number in known else "",
                "spoiled": number in known and SPOILED in Choice.load(known[number].content).void,
            }
            for number in self.numbers
        ]
        sent = self.request.POST if self.request.method == "POST" else None
        return LineFormSet(sent, initial=initial, prefix="sheets", form_kwargs=self.sheet_kwargs)

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.get_form()
        valid = form.is_valid() and self.lines.is_valid()
        return self.form_valid(form) if valid else self.form_invalid(form)

    def settle(self, form: Any) -> None:
        typed = [each.typed() for each in self.lines.forms if each.is_filled]
        EnterSheets(self.batch, by=self.request.user, sheets=typed).execute()

    @property
    def next_url(self) -> str:
        mine = self.batch.entries.filter(turn=self.turn)
        name = "enter" if mine.count() < self.batch.sheets else "batch"
        return address(name, self.run.uuid, self.batch.uuid)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        mine = self.batch.entries.filter(turn=self.turn)
        return super().get_context_data(**kwargs) | {
            "lines": self.lines,
            "entered": mine.count(),
            "example": example_of(frozen(self.run)),
        }


class Decide(BatchScreen):
    """A third person, with the sheet in hand, says what stands on it."""

    template_name = f"{FOLDER}/decide.html"
    form_class = DecisionForm
    submit = gettext_lazy("Decide this sheet")
    done = gettext_lazy("The sheet is decided.")

    @cached_property
    def sheet(self) -> SheetState:
        wanted = self.kwargs["sheet"]
        sheets = sheets_of(self.batch) if self.batch.is_entered else []
        found = next((sheet for sheet in sheets if sheet.number == wanted), None)
        if found is None or self.actor in (self.batch.first_by, self.batch.second_by):
            raise Http404
        return found

    def get_page_title(self) -> str:
        return _("Sheet %(number)d") % {"number": self.sheet.number}

    def get_initial(self) -> dict[str, Any]:
        return {"number": self.sheet.number}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), **self.sheet_kwargs}

    def settle(self, form: Any) -> None:
        decided = TypedSheet(
            self.sheet.number, form.cleaned_data["line"], form.cleaned_data["spoiled"]
        )
        as_read = {"first": self.sheet.first, "second": self.sheet.second}
        if read := as_read.get(form.cleaned_data["reading"]):
            spoiled = SPOILED in Choice.load(read.content).void
            decided = TypedSheet(self.sheet.number, read.line, spoiled)
        DecideSheet(self.batch, by=self.request.user, sheet=decided).execute()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "first": in_words(self.sheet.first),
            "second": in_words(self.sheet.second),
            "example": example_of(frozen(self.run)),
        }
