"""Steps of whoever runs a vote: count, publish, confirm by two people."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from civic_sourcing.budgets.actions.count import ConfirmCount, ProposeConfirmation, PublishCount
from civic_sourcing.budgets.actions.count.start import asked_for
from civic_sourcing.budgets.desk.counting.forms import ConfirmForm, StartForm
from civic_sourcing.budgets.desk.holding.steps import ApproveStep, HeldStep
from civic_sourcing.budgets.desk.names import address
from civic_sourcing.budgets.models import Confirmation, CountResult
from civic_sourcing.budgets.tasks import ask_for_count


class CountStep(HeldStep):
    """A step about the count, which leads back to it."""

    tab = "count"

    @property
    def next_url(self) -> str:
        return address("count", self.process)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "vote_url": self.next_url}


class StartView(CountStep):
    """Go at the count."""

    form_class = StartForm
    page_title = _("Count the vote")
    submit = _("Count")
    done = _("The count has begun. This page shows how far it is.")
    introduction = _(
        "All ballots are counted by the frozen rules. Only those who run the vote see what comes "
        "out, until you publish it. An earlier count stays beside the new one."
    )

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "asks": asked_for(self.held)}

    def settle(self, form: Any) -> None:
        ask_for_count(self.held, by=self.request.user, **form.cleaned_data)


class VersionStep(CountStep):
    """A step on one version of the count; 404 where there is none."""

    @cached_property
    def count(self) -> CountResult:
        count = CountResult.objects.of(self.process).filter(version=self.kwargs["version"]).first()
        if count is None:
            raise Http404
        return count

    def get(self, *args: Any, **kwargs: Any) -> Any:
        assert self.count
        return super().get(*args, **kwargs)


class PublishView(VersionStep):
    """Let everybody see the count."""

    page_title = _("Publish the count")
    submit = _("Publish it as provisional")
    done = _("The count is published. Objections are heard now.")
    introduction = _(
        "From now on everybody sees what came out, and can count again. The result is provisional "
        "until two people have confirmed it, when objections are no longer heard."
    )
    is_dangerous = True

    def settle(self, form: Any) -> None:
        PublishCount(self.count, by=self.request.user).execute()


class ConfirmView(VersionStep):
    """Propose that the count holds."""

    form_class = ConfirmForm
    page_title = _("Confirm the count")
    submit = _("Propose it")
    done = _("It is proposed. Somebody else has to approve it.")
    introduction = _(
        "The result becomes final when a second person has approved. Say what became of "
        "objections, for everybody to read."
    )

    def settle(self, form: ConfirmForm) -> None:
        ProposeConfirmation(self.count, by=self.request.user, **form.cleaned_data).execute()


class ApproveConfirmationView(CountStep, ApproveStep):
    """Confirm the count, as a second person."""

    page_title = _("Confirm the count")
    submit = _("Confirm")
    done = _("The count is confirmed. The result is final.")
    introduction = _("If you confirm, the result is final, and everybody reads why.")
    action = ConfirmCount

    @cached_property
    def proposal(self) -> Confirmation:
        proposals = Confirmation.objects.filter(count__process=self.process)
        row = proposals.select_related("count").filter(pk=self.kwargs["pk"]).first()
        if row is None:
            raise Http404
        return row
