"""One award: papers, instalments, cancelling, carried out or not, the way to its adoption plan."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from civic_sourcing.answers.models import Adoption
from civic_sourcing.answers.policies import may_adopt
from civic_sourcing.challenges.awards.actions import (
    CancelAward,
    CompletePapers,
    ProposeCancelling,
    SayCarriedOut,
)
from civic_sourcing.challenges.awards.instalments import (
    PayInstalment,
    PlanInstalments,
    ReachMilestone,
)
from civic_sourcing.challenges.models import Award, AwardState, Instalment
from civic_sourcing.challenges.panel.desk.together import name_of
from civic_sourcing.challenges.results_desk.award_forms import (
    CancelForm,
    CarriedOutForm,
    PaidForm,
    PartFormSet,
    ReachedForm,
)
from civic_sourcing.challenges.results_desk.base import (
    FOLDER,
    ResultsScreen,
    address,
    names_of,
)
from civic_sourcing.challenges.results_desk.moving_up import MovingUp
from civic_sourcing.core import clock
from civic_sourcing.core.money_fields import typed_money
from civic_sourcing.core.policies import Occasion

PAPERS, PLAN, REACH, PAY = "papers", "plan", "reach", "pay"
PROPOSE_CANCEL, CANCEL, CARRIED_OUT = "propose_cancel", "cancel", "carried_out"
CHOSEN = {None: "", True: "yes", False: "no"}
PAYABLE = (AwardState.OFFERED, AwardState.ACCEPTED, AwardState.PAPERS)
NEXT = {REACH: ReachedForm, PAY: PaidForm}


class AwardScreen(MovingUp, ResultsScreen):
    """The steps of one award; each says itself whether it can be taken now."""

    template_name = f"{FOLDER}/award.html"
    steps = {
        PAPERS: "papers",
        PLAN: "plan",
        REACH: "reach",
        PAY: "pay",
        PROPOSE_CANCEL: "propose_cancel",
        CANCEL: "cancel",
        CARRIED_OUT: "carried_out",
        **MovingUp.moving_up_steps,
    }

    @cached_property
    def award(self) -> Award:
        rows = Award.objects.filter(placement__entry__process=self.process)
        rows = rows.select_related(
            "placement__entry__process",
            "placement__entry__contribution__process",
            "placement__prize",
            "placement__decision__round",
            "placement__decision__instead_of__placement__entry",
        )
        return get_object_or_404(rows, uuid=self.kwargs["award"])

    @property
    def page_title(self) -> str:  # type: ignore[override]
        return self.award.placement.entry.title or _("Award")

    @property
    def next_url(self) -> str:
        return address("award", self.process.uuid, self.award.uuid)

    @cached_property
    def instalments(self) -> list[Instalment]:
        return list(self.award.instalments.all())

    def make_forms(self) -> dict[str, Any]:
        award, currency = self.award, self.facts.currency
        planned = [
            {
                "milestone": one.milestone,
                "amount": typed_money(one.amount, currency),
                "due_on": one.due_on,
            }
            for one in self.instalments
            if one.paid_on is None
        ]
        answer = {"carried_out": CHOSEN[award.is_carried_out], "on": award.rights_back_on}
        proposed = {"reason": award.cancelled_reason}
        return {
            PLAN: self.make_form(
                PLAN, PartFormSet, initial=planned, form_kwargs={"currency": currency}
            ),
            PROPOSE_CANCEL: self.make_form(PROPOSE_CANCEL, CancelForm, initial=proposed),
            CARRIED_OUT: self.make_form(CARRIED_OUT, CarriedOutForm, initial=answer),
            **self.instalment_forms(),
            **self.moving_up_forms(),
        }

    def instalment_forms(self) -> dict[str, Any]:
        """One form for each instalment that something can still be noted of."""
        return {
            name_of(step, one.uuid): self.make_form(step, NEXT[step], row=one.uuid)
            for one in self.instalments
            if (step := self.next_step(one))
        }

    def next_step(self, one: Instalment) -> str:
        if one.paid_on or self.award.state not in PAYABLE:
            return ""
        return PAY if one.reached_on else REACH

    def papers(self, form: Any) -> None:
        CompletePapers(self.award, by=self.request.user).execute()
        self.done = _("Noted: the papers are complete.")

    def plan(self, form: Any) -> None:
        parts = [part for row in form.forms if (part := row.part()) is not None]
        PlanInstalments(self.award, by=self.request.user, parts=parts).execute()
        self.done = _("The instalments are planned.")

    def instalment(self) -> Instalment:
        found: Instalment = self.found(Instalment.objects.filter(award=self.award), self.about)
        return found

    def reach(self, form: Any) -> None:
        ReachMilestone(self.instalment(), by=self.request.user, **form.cleaned_data).execute()
        self.done = _("Noted: the milestone is reached.")

    def pay(self, form: Any) -> None:
        PayInstalment(self.instalment(), by=self.request.user, **form.cleaned_data).execute()
        self.done = _("Noted: it is paid.")

    def propose_cancel(self, form: Any) -> None:
        ProposeCancelling(self.award, by=self.request.user, **form.cleaned_data).execute()
        self.done = _("Proposed. Somebody else cancels it now.")

    def cancel(self, form: Any) -> None:
        CancelAward(self.award, by=self.request.user).execute()
        self.done = _("The award is cancelled.")

    def carried_out(self, form: Any) -> None:
        SayCarriedOut(self.award, by=self.request.user, **form.arguments()).execute()

    def rows(self) -> list[dict[str, Any]]:
        """Instalments with the form of what comes next of each."""
        people = names_of(who for one in self.instalments for who in (one.reached_by, one.paid_by))
        return [
            {
                "instalment": one,
                "anchor": f"instalment-{one.uuid.hex}",
                "money": self.money(one.amount),
                "reached_by": people.get(one.reached_by) if one.reached_by else "",
                "paid_by": people.get(one.paid_by) if one.paid_by else "",
                "step": (step := self.next_step(one)),
                "form": self.forms_here.get(name_of(step, one.uuid)),
            }
            for one in self.instalments
        ]

    def adoption(self) -> dict[str, Any]:
        """What the city makes of it, and the way to adopt it for whoever answers for the city."""
        contribution = self.award.placement.entry.contribution
        if contribution is None or not contribution.is_public:
            return {"adoptions": [], "adopt_url": ""}
        may = may_adopt.allows(Occasion(self.request.user, contribution, clock.now()))
        return {
            "adoptions": [
                (one, reverse("civic_answers_admin:adoption", args=[one.uuid]) if may else "")
                for one in Adoption.objects.of(contribution)
            ],
            "adopt_url": reverse("civic_answers_admin:contribution", args=[contribution.uuid])
            if may
            else "",
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        award, rows = self.award, self.rows()
        people = names_of([award.papers_by, award.cancel_proposed_by, award.cancelled_by])
        paid = sum(one.amount for one in self.instalments if one.paid_on)
        planned = sum(one.amount for one in self.instalments)
        prize = award.placement.prize
        return super().get_context_data(**kwargs) | {
            "award": award,
            "round": award.placement.decision.round,
            "money": self.money(award.amount) if award.amount else "",
            "of_prize": self.money(prize.amount) if prize and prize.amount else "",
            "planned": self.money(planned),
            "paid": self.money(paid),
            "rows": rows,
            "can_plan": award.amount and award.state in PAYABLE,
            "can_complete": award.state == AwardState.ACCEPTED,
            "can_cancel": award.is_in_force and clock.now() < award.cancellable_until,
            "papers_by": people.get(award.papers_by, ""),
            "cancel_proposed_by": people.get(award.cancel_proposed_by, ""),
            "rights_back_at": award.placement.entry.rights_back_at,
            **self.adoption(),
            **self.moving_up_context(),
        }
