"""What the screens about one vote share: whose they are, and the ways between them."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django.http import Http404, HttpResponse
from django.utils.functional import cached_property

from civic_sourcing.budgets.desk.names import address
from civic_sourcing.budgets.desk.tabs import tabs_for
from civic_sourcing.budgets.models import BudgetRules, BudgetVoteMixin, VoteRun
from civic_sourcing.budgets.policies import MayRunVote
from civic_sourcing.core import clock
from civic_sourcing.core.policies import Occasion
from civic_sourcing.processes.models import Process
from civic_sourcing.processes.process_screens import ProcessScreen


class DeskScreen(ProcessScreen):
    """A screen about the vote of the address, for whoever may run it; ``tab`` is its way."""

    tab: ClassVar[str]
    header_icon = "list-ul"

    def may_settle(self) -> bool:
        return MayRunVote().allows(Occasion(self.request.user, self.process, self.at))

    @cached_property
    def at(self) -> datetime:
        return clock.now()

    @cached_property
    def process(self) -> Process:
        process: Process = super().process
        if process.kind != BudgetVoteMixin.process_kind or not isinstance(
            self.page, BudgetVoteMixin
        ):
            raise Http404
        return process

    @cached_property
    def rules(self) -> BudgetRules | None:
        return BudgetRules.objects.filter(process=self.process).first()

    @cached_property
    def run(self) -> VoteRun | None:
        """The run that counts, if there is one."""
        return VoteRun.objects.of(self.process)

    @property
    def currency(self) -> str:
        return self.rules.currency if self.rules else ""

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return {
            **context,
            "media": context["form"].media,
            "process": self.process,
            "tabs": tabs_for(self.process, self.tab),
            "rules": self.rules,
            "run": self.run,
            "check_url": address("check", self.process),
            "vote_url": address("vote", self.process),
        }
