"""One phase: its rankings, who wins it, and how far the decision is."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from civic_sourcing.challenges.models import Decision, Entry, Ranking, Round
from civic_sourcing.challenges.panel.desk.together import NONE_MEANT
from civic_sourcing.challenges.panel.rounds import entries_of
from civic_sourcing.challenges.results.actions import ProposeWinners, RankEntries
from civic_sourcing.challenges.results.proposals import Named, as_ranked
from civic_sourcing.challenges.results.rankable import waiting_sheets
from civic_sourcing.challenges.results.rounds import next_round, prizes_of
from civic_sourcing.challenges.results_desk.base import (
    FOLDER,
    ResultsScreen,
    address,
    names_of,
)
from civic_sourcing.challenges.results_desk.deciding import DecisionSteps
from civic_sourcing.challenges.results_desk.proposal_forms import (
    FurtherForm,
    NamedForm,
    ProposalForm,
    initial_of,
    number_by_entry,
)
from civic_sourcing.challenges.results_desk.shown import lines_of, shown, why_uncorrected
from civic_sourcing.challenges.winners.display import how_it_was_found
from civic_sourcing.core import clock
from civic_sourcing.core.exceptions import ActionRefused

RANK, PROPOSE, PROPOSE_RANKED = "rank", "propose", "propose_ranked"
BESIDE = (RANK, PROPOSE_RANKED, NONE_MEANT)
"""Buttons beside the proposal: what was typed into it comes along."""
ROWS, MOST_ROWS, BEYOND, FURTHER = 40, 150, 10, 3
"""Rows of the form: usually, at most (a form has an end), after the last winner, by number."""


class RankForm(forms.Form):
    """Whether to wait for all score sheets."""

    without_missing = forms.BooleanField(
        label=gettext_lazy("Rank by the score sheets there are"), required=False
    )


class PhaseScreen(DecisionSteps, ResultsScreen):
    """
    Rank, propose, confirm, take back, make final.

    What was typed into a proposal goes along with each press beside it and stands there again
    afterwards.
    """

    template_name = f"{FOLDER}/phase.html"
    steps = {
        RANK: "rank",
        PROPOSE: "propose",
        PROPOSE_RANKED: "propose_ranked",
        **DecisionSteps.decision_steps,
    }

    @cached_property
    def round(self) -> Round:
        rows = Round.objects.of(self.process)
        found = get_object_or_404(rows, number=self.kwargs["number"])
        found.process = self.process
        return found

    @property
    def page_title(self) -> str:  # type: ignore[override]
        return self.round.title

    @property
    def next_url(self) -> str:
        return address("phase", self.process.uuid, self.round.number)

    @cached_property
    def rankings(self) -> list[Ranking]:
        """All versions, the latest first; documents are read of the one that is shown."""
        rows = Ranking.objects.filter(round=self.round).order_by("-number")
        return list(rows.defer("document"))

    @cached_property
    def latest(self) -> Ranking | None:
        return Ranking.objects.latest_of(self.round)

    @cached_property
    def ranking(self) -> Ranking | None:
        """The version that is looked at: the latest unless the address names another one."""
        asked = self.request.GET.get("version", "")
        if not asked:
            return self.latest
        numbers = {str(each.number): each for each in self.rankings}
        if asked not in numbers:
            raise Http404("No such version.")
        return numbers[asked]

    def decisions_here(self) -> Any:
        return Decision.objects.whole().filter(round=self.round)

    @cached_property
    def decisions(self) -> list[Decision]:
        """The latest first."""
        rows = self.decisions_here().select_related("ranking")
        return list(rows.defer("ranking__document").order_by("-pk"))

    @cached_property
    def standing(self) -> Decision | None:
        return next((one for one in self.decisions if one.withdrawn_at is None), None)

    @cached_property
    def entries(self) -> dict[str, Entry]:
        """Everything handed in to the challenge that a ranking of it may name, by UUID."""
        rows = Entry.objects.of(self.process).filter(number__isnull=False)
        rows = rows.only("uuid", "number", "title", "language")
        return {str(entry.uuid): entry for entry in rows}

    @cached_property
    def proposed_by_ranking(self) -> list[Named]:
        assert self.latest is not None
        on = self.round.advancing if next_round(self.round) else None
        return as_ranked(self.latest.document, self.prizes, advancing=on)

    @cached_property
    def prizes(self) -> list[Any]:
        return prizes_of(self.round)

    def make_forms(self) -> dict[str, Any]:
        made: dict[str, Any] = {
            RANK: self.make_form(RANK, RankForm),
            **self.decision_forms(),
        }
        if self.latest is not None and (self.standing is None or self.has_proposal):
            made[PROPOSE] = self.proposal_form(self.latest)
        return made

    def proposal_form(self, ranking: Ranking) -> ProposalForm:
        named = {one.entry: one for one in self.proposed_by_ranking}
        most = min(max(ROWS, len(named) + BEYOND), MOST_ROWS)
        lines = [line["entry"] for line in ranking.document["lines"]][:most]
        data = self.request.POST if self.has_proposal else None
        common = {"prizes": self.prizes, "currency": self.facts.currency}
        rows = [
            NamedForm(
                data if self.step == PROPOSE or self.is_sent(key) else None,
                prefix=key,
                entry=key,
                title=self.entries[key].title if key in self.entries else "",
                initial=initial_of(named.get(key), self.facts.currency),
                **common,
            )
            for key in lines
        ]
        further: list[FurtherForm] = []
        if len(ranking.document["lines"]) > most:
            numbers = number_by_entry(list(entries_of(self.round)))
            further = [
                FurtherForm(data, prefix=f"further-{place}", entries=numbers, **common)
                for place in range(FURTHER)
            ]
        return ProposalForm(data, rows=rows, further=further)

    @property
    def has_proposal(self) -> bool:
        """Whether what stands in the proposal came along with the press."""
        return self.step == PROPOSE or (self.step in BESIDE and "ranking" in self.request.POST)

    def is_sent(self, key: str) -> bool:
        return f"{key}-place" in self.request.POST

    @cached_property
    def is_typed(self) -> bool:
        """Whether a proposal came along that is not what the ranking filled in."""
        return (
            self.has_proposal
            and PROPOSE in self.forms_here
            and self.forms_here[PROPOSE].has_changed()
        )

    @property
    def is_typed_beside(self) -> bool:
        return super().is_typed_beside or (self.step == RANK and self.is_typed)

    def rank(self, form: Any) -> None:
        ranking = RankEntries(self.round, by=self.request.user, **form.cleaned_data).execute()
        self.done = _("Version %(number)d of the ranking.") % {"number": ranking.number}

    def propose(self, form: Any) -> None:
        if self.latest is None:
            raise Http404
        self.propose_these(
            form.named(),
            no_award=form.cleaned_data["no_award"],
            reason=form.cleaned_data["reason"],
        )

    def propose_ranked(self, form: Any) -> None:
        if self.latest is None:
            raise Http404
        if self.is_typed:
            raise ActionRefused(
                _("You changed the winners below. Propose these winners, or put them back first."),
                code="typed",
            )
        self.propose_these(self.proposed_by_ranking)

    def propose_these(self, named: list[Named], **said: Any) -> None:
        """From the ranking that was read: a newer one makes the proposal stale."""
        seen = self.posted(Ranking.objects.filter(round=self.round), "ranking")
        ProposeWinners(
            self.round, by=self.request.user, ranking=seen, named=named, **said
        ).execute()
        self.done = _("Proposed. Somebody else confirms it now.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        at = clock.now()
        ranking = self.ranking
        people = names_of(
            [each.made_by for each in self.rankings]
            + [who for one in self.decisions for who in (one.proposed_by, one.confirmed_by)]
        )
        told = [shown(one, people, self.facts.currency, at) for one in self.decisions]
        return super().get_context_data(**kwargs) | {
            "round": self.round,
            "is_closed": self.round.closes_at is not None and self.round.closes_at <= at,
            "waiting": waiting_sheets(self.round),
            "rankings": [(each, people.get(each.made_by, "")) for each in self.rankings],
            "ranking": ranking,
            "latest": self.latest,
            "lines": lines_of(ranking.document, self.entries) if ranking else [],
            "why_uncorrected": why_uncorrected(ranking.document) if ranking else "",
            "facts_of_ranking": how_it_was_found(ranking.document) if ranking else [],
            "advances_to": next_round(self.round),
            "decision": next((one for one in told if one.decision == self.standing), None),
            "withdrawn": [one for one in told if one.decision.withdrawn_at],
        }
