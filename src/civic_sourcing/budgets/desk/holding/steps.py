"""Steps of whoever runs a vote: rehearse, open, lengthen, close, set a ballot aside."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from civic_sourcing.budgets.actions.casting import (
    CloseVote,
    EraseRehearsal,
    LengthenVote,
    OpenVote,
    PrepareVote,
    ProposeLengthening,
    ProposeSettingAside,
    SetBallotAside,
)
from civic_sourcing.budgets.desk.holding.check import checked
from civic_sourcing.budgets.desk.holding.forms import LengthenForm, NothingForm, SetAsideForm
from civic_sourcing.budgets.desk.names import address
from civic_sourcing.budgets.desk.screens import DeskScreen
from civic_sourcing.budgets.models import VoteRun


class Step(DeskScreen):
    """
    One step, as a form of its own; ``introduction`` says what it does, ``submit`` is its button.
    """

    tab = "vote"
    form_class: Any = NothingForm
    template_name = "civic_sourcing/budgets/admin/vote/step.html"
    introduction: Any = ""
    submit: Any
    is_dangerous = False

    @property
    def next_url(self) -> str:
        return address("vote", self.process)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "introduction": self.introduction,
            "submit": self.submit,
            "is_dangerous": self.is_dangerous,
        }


class HeldStep(Step):
    """A step on the run that counts; 404 before there is one."""

    @cached_property
    def held(self) -> VoteRun:
        if self.run is None or self.run.kind != VoteRun.Kind.REAL:
            raise Http404
        return self.run

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "run": self.held}


class RehearseView(Step):
    """Begin a rehearsal: a run of its own, with test voters."""

    page_title = _("Rehearse the vote")
    submit = _("Begin the rehearsal")
    done = _("The rehearsal has begun. Its pages are marked, and nothing cast in it counts.")
    introduction = _(
        "The rehearsal is the whole vote with the rules as they are now: booth, review, receipt. "
        "It has its own list of voters, bulletin and log, and is erased before the vote opens."
    )

    def settle(self, form: Any) -> None:
        by = self.request.user
        with transaction.atomic():
            run = PrepareVote(self.process, by=by, kind=VoteRun.Kind.REHEARSAL).execute()
            OpenVote(run, by=by).execute()


class EraseView(Step):
    """Erase a rehearsal with all that was cast in it."""

    page_title = _("Erase the rehearsal")
    submit = _("Erase the rehearsal")
    done = _("The rehearsal is erased, with all that was cast in it.")
    introduction = _("Everything cast in it goes, for good. The real vote is not touched.")
    is_dangerous = True

    @cached_property
    def rehearsal(self) -> VoteRun:
        runs = VoteRun.objects.filter(process=self.process, kind=VoteRun.Kind.REHEARSAL)
        run = runs.filter(uuid=self.kwargs["run"]).first()
        if run is None:
            raise Http404
        return run

    def get(self, *args: Any, **kwargs: Any) -> Any:
        assert self.rehearsal
        return super().get(*args, **kwargs)

    def settle(self, form: Any) -> None:
        EraseRehearsal(self.rehearsal, by=self.request.user).execute()


class OpenView(Step):
    """Freeze the rules, and let people vote in the voting phase."""

    page_title = _("Open the vote")
    submit = _("Freeze the rules and open the vote")
    done = _("The vote is open. Its rules are frozen and published on the page.")
    template_name = "civic_sourcing/budgets/admin/vote/open.html"
    is_dangerous = True

    def settle(self, form: Any) -> None:
        by = self.request.user
        with transaction.atomic():
            run = self.run or PrepareVote(self.process, by=by, kind=VoteRun.Kind.REAL).execute()
            OpenVote(run, by=by).execute()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rehearsals = VoteRun.objects.filter(process=self.process, kind=VoteRun.Kind.REHEARSAL)
        voting = self.process.phases.filter(kind="voting").first()
        found = {"voting": voting, "rehearsals": rehearsals.count()}
        return {**super().get_context_data(**kwargs), **checked(self), **found}


class CloseView(HeldStep):
    """Close a vote whose time is over, where the job has not done it yet."""

    page_title = _("Close the vote")
    submit = _("Close the vote")
    done = _("The vote is closed, and its ballots are out of the box.")
    introduction = _(
        "The time to vote is over. Votes close by themselves within a minute or two; do it here "
        "if that has not happened."
    )

    def settle(self, form: Any) -> None:
        CloseVote(self.held, by=self.request.user).execute()


class LengthenView(HeldStep):
    """Propose a later end."""

    form_class = LengthenForm
    page_title = _("Make the vote longer")
    submit = _("Propose it")
    done = _("It is proposed. Somebody else has to approve it.")
    introduction = _(
        "The only thing that can change in an open vote is its end: later, never earlier, with a "
        "reason for everybody to read, and only once a second person has approved."
    )

    def get_initial(self) -> dict[str, Any]:
        return {"closes_at": self.held.closes_at}

    def settle(self, form: LengthenForm) -> None:
        ProposeLengthening(self.held, by=self.request.user, **form.cleaned_data).execute()


class SetAsideView(HeldStep):
    """Propose to leave a ballot out of the result."""

    form_class = SetAsideForm
    page_title = _("Set a ballot aside")
    submit = _("Propose it")
    done = _("It is proposed. Somebody else has to approve it.")
    introduction = _(
        "A ballot that should not have been cast can be left out, unseen, by two people. The "
        "bulletin says so with your reason, and results show both with and without it."
    )

    def settle(self, form: SetAsideForm) -> None:
        ProposeSettingAside(self.held, by=self.request.user, **form.cleaned_data).execute()


class ApproveStep(HeldStep):
    """Approve, as a second person, what somebody else has proposed."""

    template_name = "civic_sourcing/budgets/admin/vote/approve.html"
    submit = _("Approve")
    action: Any
    proposals: str

    @cached_property
    def proposal(self) -> Any:
        rows = getattr(self.held, self.proposals)
        row = rows.filter(pk=self.kwargs["pk"]).first()
        if row is None:
            raise Http404
        return row

    def settle(self, form: Any) -> None:
        self.action(self.proposal, by=self.request.user).execute()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "proposal": self.proposal}


class ApproveLengtheningView(ApproveStep):
    """Let an open vote end later."""

    page_title = _("Approve the later end")
    done = _("The vote is longer now. The reason stands on the page of its rules.")
    introduction = _("If you approve, the vote ends later, and the reason is published.")
    action = LengthenVote
    proposals = "lengthenings"


class ApproveSetAsideView(ApproveStep):
    """Leave a ballot out of the result."""

    page_title = _("Approve that a ballot is set aside")
    done = _("The ballot is set aside. The bulletin says so.")
    introduction = _(
        "If you approve, the bulletin says so at once, and the next count leaves it out."
    )
    action = SetBallotAside
    proposals = "set_asides"
