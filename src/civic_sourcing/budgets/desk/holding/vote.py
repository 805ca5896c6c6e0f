"""How a vote stands, and what can be done next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from civic_sourcing.budgets.actions.polling.places import takes_paper
from civic_sourcing.budgets.desk.names import address
from civic_sourcing.budgets.desk.screens import DeskScreen
from civic_sourcing.budgets.freezing import is_frozen
from civic_sourcing.budgets.models import VoteRun
from civic_sourcing.budgets.turnout import published_turnout
from civic_sourcing.participants.models import Participant
from civic_sourcing.processes.models import Process

State = VoteRun.State


@dataclass(frozen=True)
class Proposed:
    """What somebody has proposed; ``approve_url`` is empty for them and once it is approved."""

    row: Any
    approve_url: str

    @property
    def is_approved(self) -> bool:
        return self.row.approved_at is not None


@dataclass(frozen=True)
class Rehearsal:
    """A rehearsal, with the way into its booth and the one to its end."""

    run: VoteRun
    booth_url: str
    erase_url: str


def proposed_to(user: Any, rows: Any, name: str, process: Process) -> list[Proposed]:
    """Proposals as ``user`` meets them, the latest first; ``name`` is the screen to approve on."""
    mine = Participant.objects.filter(user=user)
    me = mine.values_list("uuid", flat=True).first()
    return [
        Proposed(
            row,
            "" if row.approved_at or row.proposed_by == me else address(name, process, row.pk),
        )
        for row in rows.order_by("-proposed_at")
    ]


class VoteView(DeskScreen):
    """How the vote stands: its state, end and rules, what is proposed, its rehearsals."""

    tab = "vote"
    page_title = _("Hold the vote")
    header_icon = "calendar-check"
    form_class = forms.Form
    template_name = "civic_sourcing/budgets/admin/vote/held.html"
    http_method_names = ["get", "head", "options"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        steps = ("open", "close", "lengthen", "set_aside", "rehearse")
        addresses = {f"{name}_url": address(name, self.process) for name in steps}
        return {
            **context,
            **addresses,
            "rehearsals": self.rehearsals(),
            "page": self.page,
            "is_frozen": is_frozen(self.process),
            "turnout": published_turnout(self.run),
            "voting": self.process.phases.filter(kind="voting").first(),
            **(self.standing(self.run) if self.run else {}),
        }

    def standing(self, run: VoteRun) -> dict[str, Any]:
        """What can be said and done about the run that counts."""
        is_real = run.kind == VoteRun.Kind.REAL
        is_over = run.closes_at is not None and self.at >= run.closes_at
        is_open, is_closed = run.state == State.OPEN, run.state in (State.CLOSED, State.COUNTED)
        return {
            "is_open": is_real and is_open,
            "is_over": is_open and is_over,
            "is_waiting": is_open and run.opens_at is not None and self.at < run.opens_at,
            "may_lengthen": is_real and is_open and not is_over,
            "may_set_aside": is_real and is_closed,
            **self.public(run),
            "ballots": run.ballots.count() if is_closed or run.state == State.DESTROYED else None,
            "paper_url": reverse("civic_polling_admin:run", args=[run.uuid])
            if takes_paper(run)
            else "",
            "lengthenings": self.proposed(run.lengthenings, "approve_lengthening"),
            "set_asides": self.proposed(run.set_asides, "approve_set_aside"),
            "count_url": address("count", self.process) if is_closed and is_real else "",
        }

    def public(self, run: VoteRun) -> dict[str, str]:
        """Where everybody reads the rules and the bulletin, once there are any."""
        url = self.page.get_url(self.request)
        if not url or not run.rulebook:
            return {}
        names = ("rules", "bulletin")
        return {f"{name}_url": url + self.page.reverse_subpage(name) for name in names}

    def proposed(self, rows: Any, name: str) -> list[Proposed]:
        """Proposals, the latest first."""
        return proposed_to(self.request.user, rows, name, self.process)

    def rehearsals(self) -> list[Rehearsal]:
        runs = VoteRun.objects.filter(process=self.process, kind=VoteRun.Kind.REHEARSAL)
        page_url = self.page.get_url(self.request) or ""
        return [
            Rehearsal(
                run,
                page_url and f"{page_url}vote/?rehearsal={run.uuid}",
                address("erase", self.process, run.uuid),
            )
            for run in runs.order_by("pk")
        ]
