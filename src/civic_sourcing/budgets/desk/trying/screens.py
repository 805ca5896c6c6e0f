"""The screen on which a council sees what other rules would have come to."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from civic_sourcing.budgets.counting import PabulibError
from civic_sourcing.budgets.desk.screens import DeskScreen
from civic_sourcing.budgets.desk.trying.forms import TrialForm
from civic_sourcing.budgets.desk.trying.trials import (
    Scene,
    Trial,
    scene_of_file,
    scene_of_vote,
    tried,
)
from civic_sourcing.budgets.findings import sentence
from civic_sourcing.budgets.models import BudgetVotePage, CountResult
from civic_sourcing.core.exceptions import ActionRefused


class TryView(DeskScreen):
    """
    Count a past election by any number of rules, side by side. Stores nothing.

    Offered are votes with a published count whose page one may publish; ballots of a vote that is
    not counted are out of reach.
    """

    tab = "try"
    page_title = _("Try rules")
    header_icon = "doc-full"
    form_class = TrialForm
    template_name = "civic_sourcing/budgets/admin/vote/try.html"

    @cached_property
    def past(self) -> dict[str, Any]:
        """Pages of votes that can be counted again, by the UUID of the process."""
        counted = CountResult.objects.released().order_by().values("process")
        pages = BudgetVotePage.objects.live().filter(process__in=counted, alias_of=None)
        found = {}
        for page in pages.select_related("process", "locale").order_by("-pk"):
            if page.permissions_for_user(self.request.user).can_publish():
                found[str(page.process.uuid)] = page
        return found

    def get_form_kwargs(self) -> dict[str, Any]:
        votes = [(uuid, page.title) for uuid, page in self.past.items()]
        return {**super().get_form_kwargs(), "votes": votes}

    def form_valid(self, form: TrialForm) -> HttpResponse:
        told = form.cleaned_data
        try:
            trial = tried(self.scene(told), told["rules"], told["threshold"])
        except PabulibError as error:
            form.add_error("file", sentence(error))
            return self.form_invalid(form)
        except ActionRefused as refused:
            form.add_error(None, refused.message)
            return self.form_invalid(form)
        return self.show(form, trial)

    def scene(self, told: dict[str, Any]) -> Scene:
        if told["file"]:
            return scene_of_file(told["file"].read(), told["file"].name)
        page = self.past[told["vote"]]
        return scene_of_vote(page, page.latest_count)

    def show(self, form: TrialForm, trial: Trial) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form, trial=trial))
