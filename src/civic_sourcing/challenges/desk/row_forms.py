"""The rows of a challenge's sections: phases, prizes, criteria, terms, questions and answers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from itertools import zip_longest
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.widgets import AdminDateTimeInput
from wagtail.coreutils import get_content_languages

from civic_sourcing.challenges.actions.setup import DATES
from civic_sourcing.challenges.crowd.desk import CrowdVoteForm
from civic_sourcing.challenges.desk.words import WordedForm, Words, words_in_form
from civic_sourcing.challenges.models import Criterion, EntryQuestion, Prize, Round
from civic_sourcing.core.forms import MomentField, PlainTextField
from civic_sourcing.core.money_fields import MoneyField, in_minor_units, typed_money
from civic_sourcing.processes.named_forms import RowFormSet, rows_formset

MOST = 60
MOST_POINTS = 10_000
NAME, SENTENCE, TEXT = 200, 500, 2000
_LEVEL = re.compile(r"\s*(\d{1,5})\s*[:=.)–-]\s*(.+?)\s*")


class RoundForm(WordedForm):
    """One phase, with its own dates."""

    fresh = _("New phase")
    words = {
        "titles": Words(_("Name (%(language)s)"), NAME),
        "descriptions": Words(_("What happens in it (%(language)s)"), TEXT, rows=2),
        "hows": Words(_("How to enter it (%(language)s)"), TEXT, rows=2),
        "ways_on": Words(_("Who advances (%(language)s)"), TEXT, rows=2),
    }
    opens_at = MomentField(label=_("Opens"), required=False, widget=AdminDateTimeInput)
    closes_at = MomentField(label=_("Closes"), required=False, widget=AdminDateTimeInput)
    judging_until = MomentField(label=_("Judging ends"), required=False, widget=AdminDateTimeInput)
    takes_entries = forms.BooleanField(
        label=_("Entries are handed in"), required=False, initial=True
    )
    advancing = forms.IntegerField(
        label=_("How many advance at most"),
        required=False,
        min_value=0,
        max_value=MOST_POINTS,
        help_text=_("0: any number."),
    )

    def row(self) -> dict[str, Any]:
        return {**super().row(), "advancing": self.cleaned_data["advancing"] or 0}


class PrizeForm(WordedForm):
    """One part of the prizes."""

    fresh = _("New prize")
    words = {
        "titles": Words(_("Name (%(language)s)"), NAME),
        "others": Words(_("Beside money (%(language)s)"), SENTENCE),
    }
    round = forms.ChoiceField(label=_("Given in"), required=False)
    place = forms.IntegerField(
        label=pgettext_lazy("prize", "Place"), required=False, min_value=1, max_value=MOST_POINTS
    )
    winners = forms.IntegerField(label=_("Winners"), min_value=1, max_value=MOST_POINTS, initial=1)
    amount = MoneyField(
        label=pgettext_lazy("prize", "Money"),
        required=False,
        help_text=_("For all winners of this prize together."),
    )
    shared = forms.BooleanField(
        label=_("Split evenly among the winners"), required=False, initial=True
    )

    def __init__(self, *args: Any, rounds: Sequence[Round], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rounds = {str(each.uuid): each for each in rounds}
        named = [(key, f"{each.number}. {each.title}") for key, each in self.rounds.items()]
        chosen: Any = self.fields["round"]
        chosen.choices = [("", _("the last phase")), *named]

    def part(self, currency: str) -> dict[str, Any]:
        """What the action takes. Errors of the amount are added to the form."""
        row = self.row()
        row["amount"] = in_minor_units(self, "amount", currency) or 0
        return {**row, "round": self.rounds.get(row["round"])}


class CriterionForm(WordedForm):
    """One criterion of a phase."""

    fresh = _("New criterion")
    words = {
        "titles": Words(_("Criterion (%(language)s)"), NAME),
        "descriptions": Words(_("What is expected (%(language)s)"), TEXT, rows=2),
        "levels": Words(_("Levels (%(language)s)"), TEXT, rows=3),
    }
    kind = forms.ChoiceField(
        label=pgettext_lazy("criterion", "Scale"), choices=Criterion.Kind.choices
    )
    points = forms.IntegerField(
        label=_("Most points"), required=False, min_value=0, max_value=MOST_POINTS
    )
    weight = forms.DecimalField(
        label=_("Weight, in percent"),
        required=False,
        min_value=0,
        max_value=100,
        max_digits=6,
        decimal_places=3,
        help_text=_("Empty: points count as they are."),
    )
    is_bonus = forms.BooleanField(label=_("Bonus, on top of the sum"), required=False)
    is_knockout = forms.BooleanField(label=_("Knock-out: who fails is out"), required=False)
    needs_comment = forms.BooleanField(label=_("Judges have to comment"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code in get_content_languages():
            self.fields[f"levels_{code}"].help_text = _(
                "For levels with descriptions: one in each line, such as “3: good”."
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        codes = list(get_content_languages())
        for code in codes:
            for line in (cleaned.get(f"levels_{code}") or "").splitlines():
                if line.strip() and not _LEVEL.fullmatch(line):
                    self.add_error(f"levels_{code}", _("Begin each line with its points."))
                    break
        wants = cleaned.get("kind") == Criterion.Kind.RATING and not self.errors
        if wants and len(self.levels()) < 2:
            self.add_error(f"levels_{codes[0]}", _("Describe two levels at least."))
        return cleaned

    def levels(self) -> list[dict[str, Any]]:
        """``[{"points", "labels"}]``, the most points first."""
        found: dict[int, dict[str, str]] = {}
        for code in get_content_languages():
            for line in (self.cleaned_data.get(f"levels_{code}") or "").splitlines():
                if level := _LEVEL.fullmatch(line):
                    found.setdefault(int(level[1]), {})[code] = level[2]
        ordered = sorted(found.items(), reverse=True)
        return [{"points": points, "labels": labels} for points, labels in ordered]

    def row(self) -> dict[str, Any]:
        row = super().row()
        return {**row, "levels": self.levels(), "points": row["points"] or 0}


class QuestionForm(WordedForm):
    """One question of the form in which people enter."""

    fresh = _("New question")
    named = "labels"
    words = {
        "labels": Words(_("Question (%(language)s)"), NAME),
        "helps": Words(_("Help (%(language)s)"), SENTENCE),
        "choices": Words(_("Answers to choose from (%(language)s)"), TEXT, rows=3),
    }
    kind = forms.ChoiceField(label=_("Kind of answer"), choices=EntryQuestion.Kind.choices)
    is_required = forms.BooleanField(label=_("Everybody has to answer"), required=False)
    most_characters = forms.IntegerField(
        label=_("Characters at most"),
        required=False,
        min_value=1,
        max_value=MOST_POINTS,
        help_text=_("For texts. Empty: as long as the kind allows."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code in get_content_languages():
            self.fields[f"choices_{code}"].help_text = _(
                "One in each line, in the same order in every language."
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("kind") == EntryQuestion.Kind.CHOICE and len(self.choices()) < 2:
            first = next(iter(get_content_languages()))
            self.add_error(f"choices_{first}", _("Give at least two answers to choose from."))
        return cleaned

    def choices(self) -> list[dict[str, str]]:
        """``[{language: text}]``, in the order of the lines."""
        codes = list(get_content_languages())
        columns = [(self.cleaned_data.get(f"choices_{code}") or "").splitlines() for code in codes]
        rows = zip_longest(*columns, fillvalue="")
        named = ({c: text.strip() for c, text in zip(codes, row, strict=True)} for row in rows)
        return [row for row in named if any(row.values())]

    def row(self) -> dict[str, Any]:
        row = super().row()
        chosen = row["kind"] == EntryQuestion.Kind.CHOICE
        return {**row, "choices": self.choices() if chosen else []}


class TermForm(forms.Form):
    """A word people may not know, in the language of the page."""

    term = PlainTextField(label=_("Term"), max_length=100, single_line=True)
    meaning = PlainTextField(label=_("What it means"), max_length=SENTENCE, single_line=True)

    @property
    def shown(self) -> list[Any]:
        return [self["term"], self["meaning"]]

    @property
    def heading(self) -> Any:
        return self["term"].value() or _("New term")

    def row(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("term", "meaning")}


class AnswerForm(forms.Form):
    """A question people ask, with its answer, in the language of the page."""

    question = PlainTextField(label=_("Question"), max_length=SENTENCE, single_line=True)
    answer = PlainTextField(
        label=pgettext_lazy("question", "Answer"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    @property
    def beneath(self) -> list[Any]:
        return [self["question"], self["answer"]]

    @property
    def heading(self) -> Any:
        return self["question"].value() or _("New question")

    def row(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("question", "answer")}


class Rows(RowFormSet):
    """Rows that say of themselves what the action takes."""

    def values(self) -> list[dict[str, Any]]:
        return [form.row() for form in self.kept_forms]

    def parts(self, currency: str) -> list[dict[str, Any]]:
        """Of prizes, whose money is in ``currency``."""
        return [form.part(currency) for form in self.kept_forms]


RoundFormSet = rows_formset(RoundForm, base=Rows, most=20)
PrizeFormSet = rows_formset(PrizeForm, base=Rows, most=MOST)
CriterionFormSet = rows_formset(CriterionForm, base=Rows, most=MOST)
QuestionFormSet = rows_formset(QuestionForm, base=Rows, most=MOST)
VoteFormSet = rows_formset(CrowdVoteForm, base=Rows, most=2)
TermFormSet = rows_formset(TermForm, base=Rows, most=MOST)
AnswerFormSet = rows_formset(AnswerForm, base=Rows, most=MOST)


def to_the_minute(moment: datetime | None) -> datetime | None:
    """As the field shows it."""
    return moment and moment.replace(second=0, microsecond=0)


def round_row(round_: Round) -> dict[str, Any]:
    """What a row shows of a phase."""
    names = ("uuid", "opens_at", "closes_at", "judging_until", "takes_entries", "advancing")
    plain = {name: getattr(round_, name) for name in names}
    plain |= {name: to_the_minute(plain[name]) for name in DATES}
    return {**plain, **words_in_form(round_, *RoundForm.words)}


def prize_row(prize: Prize, currency: str) -> dict[str, Any]:
    """What a row shows of a prize."""
    plain = {name: getattr(prize, name) for name in ("uuid", "place", "winners", "shared")}
    round_ = str(prize.round.uuid) if prize.round else ""
    amount = typed_money(prize.amount, currency) if prize.amount else ""
    return {**plain, **words_in_form(prize, *PrizeForm.words), "round": round_, "amount": amount}


def criterion_row(criterion: Criterion) -> dict[str, Any]:
    """What a row shows of a criterion."""
    names = ("uuid", "kind", "points", "weight", "is_bonus", "is_knockout", "needs_comment")
    plain = {name: getattr(criterion, name) for name in names}
    levels = {
        f"levels_{code}": "\n".join(
            f"{level['points']}: {level['labels'][code]}"
            for level in criterion.levels
            if level["labels"].get(code)
        )
        for code in get_content_languages()
    }
    return {**plain, **words_in_form(criterion, "titles", "descriptions"), **levels}


def question_row(question: EntryQuestion) -> dict[str, Any]:
    """What a row shows of a question."""
    names = ("uuid", "kind", "is_required", "most_characters")
    plain = {name: getattr(question, name) for name in names}
    choices = {
        f"choices_{code}": "\n".join(choice.get(code, "") for choice in question.choices).strip()
        for code in get_content_languages()
    }
    return {**plain, **words_in_form(question, "labels", "helps"), **choices}
