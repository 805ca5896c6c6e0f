"""What each section has beside its texts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from civic_sourcing.challenges.actions.mandate import SetMandate
from civic_sourcing.challenges.actions.setup import (
    DATES,
    SetCriteria,
    SetPrizes,
    SetQuestions,
    SetTimeline,
)
from civic_sourcing.challenges.conf import conf
from civic_sourcing.challenges.crowd.desk import vote_row
from civic_sourcing.challenges.crowd.setting import SetCrowdVotes
from civic_sourcing.challenges.desk import facts_forms
from civic_sourcing.challenges.desk.names import address
from civic_sourcing.challenges.desk.row_forms import (
    AnswerFormSet,
    CriterionFormSet,
    PrizeFormSet,
    QuestionFormSet,
    RoundFormSet,
    TermFormSet,
    VoteFormSet,
    criterion_row,
    prize_row,
    question_row,
    round_row,
    to_the_minute,
)
from civic_sourcing.challenges.desk.section_screens import RowList, SectionScreen
from civic_sourcing.challenges.editorial.sections import Section
from civic_sourcing.challenges.editorial.texts import glossary_of, plain
from civic_sourcing.challenges.models import EntryQuestion, Prize, Round
from civic_sourcing.challenges.readability import readability, unexplained
from civic_sourcing.core.money import format_money
from civic_sourcing.core.money_fields import typed_money

VOTES = "votes"


def exact(row: dict[str, Any], known: Mapping[Any, Round]) -> dict[str, Any]:
    """The field shows whole minutes: a time left as it was keeps its seconds."""
    stored = known.get(row["uuid"])
    kept = {
        name: getattr(stored, name)
        for name in DATES
        if stored and row[name] and row[name] == to_the_minute(getattr(stored, name))
    }
    return {**row, **kept}


class GeneralView(SectionScreen):
    """Title, kind of solution, who poses it."""

    section = Section.GENERAL
    facts_form = facts_forms.GeneralForm


class DetailsView(SectionScreen):
    """The problem, how plainly it is written, and the terms it needs."""

    section = Section.DETAILS
    freezes_rows = False

    def lists(self) -> Mapping[str, RowList]:
        return {
            "glossary": RowList(
                TermFormSet,
                _("Glossary"),
                _("Add a term"),
                _("Terms and acronyms of the texts that not everybody knows."),
            )
        }

    def rows(self, name: str) -> list[dict[str, Any]]:
        return list(self.stored)

    @cached_property
    def stored(self) -> list[dict[str, Any]]:
        return [dict(row) for row in self.text_page.glossary or []]

    def page_rows(self) -> dict[str, Any]:
        return {"glossary": self.formsets["glossary"].values()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = plain(self.text_page.problem)
        both = f"{words}\n{plain(self.text_page.description)}"
        return {
            **super().get_context_data(**kwargs),
            "readability": readability(words, self.text_page.text_locale),
            "unexplained": unexplained(both, glossary_of(self.text_page)),
        }


class TimelineView(SectionScreen):
    """The phases and their dates."""

    section = Section.TIMELINE

    def lists(self) -> Mapping[str, RowList]:
        return {"rounds": RowList(RoundFormSet, _("Phases"), _("Add a phase"))} if self.open else {}

    @property
    def open(self) -> bool:
        return not self.is_frozen

    def rows(self, name: str) -> list[dict[str, Any]]:
        return [round_row(each) for each in self.draft.rounds]

    def write(self) -> None:
        if self.open and self.formsets["rounds"].has_changed():
            known = {each.uuid: each for each in self.draft.rounds}
            rounds = [exact(row, known) for row in self.formsets["rounds"].values()]
            SetTimeline(self.process, by=self.request.user, rounds=rounds).execute()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        changes = [
            {"round": each, "url": address("lengthen", self.process, each.uuid)}
            for each in self.draft.rounds
        ]
        return {**super().get_context_data(**kwargs), "frozen_rounds": changes}


class PrizesView(SectionScreen):
    """What there is to win, and what allows it."""

    section = Section.PRIZES
    facts_form = facts_forms.PrizesForm

    def facts_initial(self) -> dict[str, Any]:
        facts = self.facts
        total = typed_money(facts.prize_total, facts.currency) if facts.currency else ""
        return {
            "authority": facts.authority_id,
            "currency": facts.currency or self.currency,
            "prize_total": total,
            "prize_up_to": facts.prize_up_to,
            "has_other_prizes": facts.has_other_prizes,
        }

    @property
    def currency(self) -> str:
        return self.facts.currency or conf.CHALLENGE_CURRENCY

    def lists(self) -> Mapping[str, RowList]:
        if self.is_frozen:
            return {}
        return {
            "prizes": RowList(
                PrizeFormSet,
                _("Parts"),
                _("Add a prize"),
                _("For each place or each group of equal winners. They come to the prize money."),
            )
        }

    def rows(self, name: str) -> list[dict[str, Any]]:
        return [prize_row(each, self.currency) for each in self.stored]

    @cached_property
    def stored(self) -> list[Prize]:
        prizes = Prize.objects.filter(process=self.process)
        return list(prizes.select_related("round"))

    def options(self, name: str) -> dict[str, Any]:
        return {"rounds": self.draft.rounds}

    def fits_together(self) -> bool:
        if self.is_frozen:
            return True
        self.parts = self.formsets["prizes"].parts(self.own_facts.cleaned_data["currency"])
        return self.formsets["prizes"].is_valid() and not any(
            form.errors for form in self.formsets["prizes"].kept_forms
        )

    def facts_values(self) -> dict[str, Any]:
        """Sums are the matter of ``SetPrizes``, which knows their parts."""
        return {"authority": self.own_facts.cleaned_data["authority"]}

    def write(self) -> None:
        if self.is_frozen:
            return
        typed = self.own_facts.cleaned_data
        SetPrizes(
            self.process,
            by=self.request.user,
            currency=typed["currency"],
            total=getattr(self.own_facts, "total", None),
            up_to=typed["prize_up_to"],
            others=typed["has_other_prizes"],
            parts=self.parts,
        ).execute()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        raised = [
            {
                "prize": each,
                "amount": format_money(each.amount, self.currency),
                "url": address("raise_prize", self.process, each.uuid),
            }
            for each in self.stored
        ]
        return {**super().get_context_data(**kwargs), "frozen_prizes": raised}


class RulesView(SectionScreen):
    """Who may enter, rights, personal data, minors."""

    section = Section.RULES
    facts_form = facts_forms.RulesForm

    def write(self) -> None:
        mandate = self.own_facts.cleaned_data["mandate"]
        if mandate != self.process.mandate:
            SetMandate(self.process, by=self.request.user, mandate=mandate).execute()


class OfRounds(SectionScreen):
    """A section with a list of rows for each phase; ``stem`` begins the name of each list."""

    stem: ClassVar[str]
    formset: ClassVar[Any]
    heading: ClassVar[Any]
    add: ClassVar[Any]

    def lists(self) -> Mapping[str, RowList]:
        if self.is_frozen:
            return {}
        return {
            f"{self.stem}-{each.number}": RowList(
                self.formset,
                self.heading % {"number": each.number, "title": each.title},
                self.add,
            )
            for each in self.draft.rounds
            if self.concerns(each)
        }

    def concerns(self, round_: Round) -> bool:
        """Whether the phase has such rows."""
        return round_.takes_entries

    def write(self) -> None:
        for name, formset in self.formsets.items():
            if formset.has_changed():
                self.write_rows(self.round_of(name), formset.values())

    def write_rows(self, round_: Round, rows: list[dict[str, Any]]) -> None:
        """Take the step that stores the rows of one phase."""
        raise NotImplementedError

    def round_of(self, name: str) -> Round:
        number = int(name.rpartition("-")[2])
        return next(each for each in self.draft.rounds if each.number == number)


class JudgingView(OfRounds):
    """The criteria of each phase, and how scores become a ranking."""

    section = Section.JUDGING
    facts_form = facts_forms.JudgingForm
    stem = "criteria"
    formset = CriterionFormSet
    heading = _("Criteria of phase %(number)d: %(title)s")
    add = _("Add a criterion")

    def concerns(self, round_: Round) -> bool:
        return round_.takes_entries or round_.number > 1

    def lists(self) -> Mapping[str, RowList]:
        """Of each phase its criteria, and below them who else scores it."""
        found: dict[str, RowList] = {}
        for name, criteria in super().lists().items():
            own = self.round_of(name)
            heading = _("Who scores phase %(number)d beside the judges: %(title)s")
            votes = RowList(
                VoteFormSet,
                heading % {"number": own.number, "title": own.title},
                _("Add a vote"),
                _("Its share in the total is set above, for all phases that have one."),
            )
            found |= {name: criteria, f"{VOTES}-{own.number}": votes}
        return found

    def rows(self, name: str) -> list[dict[str, Any]]:
        own = self.round_of(name)
        if name.startswith(VOTES):
            return [vote_row(row) for row in self.draft.crowd_votes if row.round_id == own.pk]
        return [criterion_row(row) for row in self.draft.criteria if row.round_id == own.pk]

    def write(self) -> None:
        for name, formset in self.formsets.items():
            if not formset.has_changed():
                continue
            own, rows, by = self.round_of(name), formset.values(), self.request.user
            if name.startswith(VOTES):
                SetCrowdVotes(self.process, by=by, round=own, votes=rows).execute()
            else:
                SetCriteria(self.process, by=by, round=own, criteria=rows).execute()


class HowToEnterView(OfRounds):
    """The way in, and what the form of each phase asks."""

    section = Section.HOW_TO_ENTER
    facts_form = facts_forms.EntryForm
    stem = "questions"
    formset = QuestionFormSet
    heading = _("What the form of phase %(number)d asks: %(title)s")
    add = _("Add a question")

    @cached_property
    def questions(self) -> list[EntryQuestion]:
        asked = EntryQuestion.objects.filter(round__process=self.process, retired_at=None)
        return list(asked.order_by("position", "pk"))

    def rows(self, name: str) -> list[dict[str, Any]]:
        own = self.round_of(name)
        return [question_row(row) for row in self.questions if row.round_id == own.pk]

    def write_rows(self, round_: Round, rows: list[dict[str, Any]]) -> None:
        SetQuestions(self.process, by=self.request.user, round=round_, questions=rows).execute()


class ResourcesView(SectionScreen):
    """Data, studies, and answers to what people ask."""

    section = Section.RESOURCES
    freezes_rows = False

    def lists(self) -> Mapping[str, RowList]:
        return {
            "faq": RowList(
                AnswerFormSet,
                _("Questions and answers"),
                _("Add a question"),
                _("Answers to what solvers ask in public stand on the page by themselves."),
            )
        }

    def rows(self, name: str) -> list[dict[str, Any]]:
        return list(self.stored)

    @cached_property
    def stored(self) -> list[dict[str, Any]]:
        return [dict(row) for row in self.text_page.faq or []]

    def page_rows(self) -> dict[str, Any]:
        return {"faq": self.formsets["faq"].values()}
