"""What the screens for paper share: whose run it is, who may see it, and how Wagtail frames it."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from civic_sourcing.budgets.models import PaperBatch, PollingPlace, VoteRun
from civic_sourcing.budgets.polling.policies import may_handle_paper, may_run_vote
from civic_sourcing.budgets.rulebooks import frozen
from civic_sourcing.budgets.saying import Names
from civic_sourcing.core import clock
from civic_sourcing.core.actors import actor_uuid
from civic_sourcing.core.policies import Occasion, Policy
from civic_sourcing.processes.models import Process
from civic_sourcing.processes.process_screens import ProcessScreen

NAMESPACE = "civic_polling_admin"
FOLDER = "civic_sourcing/budgets/admin/polling"


def address(name: str, *args: Any) -> str:
    return reverse(f"{NAMESPACE}:{name}", args=args)


def allows(policy: Policy, request: HttpRequest, run: VoteRun) -> bool:
    """Whether whoever is signed in may take steps of this kind on ``run``."""
    return policy.allows(Occasion(request.user, run, clock.now()))


class RunScreen(ProcessScreen):
    """
    A screen about the paper of one run; for whoever may not handle it, it does not exist.

    ``asks`` is the policy. A press on a button sends ``step``.
    """

    asks: ClassVar[Policy] = may_handle_paper
    form_class = forms.Form
    header_icon = "clipboard-list"
    template_name = f"{FOLDER}/form.html"
    submit: Any = _("Save")
    done: Any = _("Saved.")

    def may_settle(self) -> bool:
        if not allows(self.asks, self.request, self.run):
            raise Http404
        return True

    @cached_property
    def run(self) -> VoteRun:
        runs = VoteRun.objects.exclude(kind=VoteRun.Kind.IMPORTED).select_related("process")
        return get_object_or_404(runs, uuid=self.kwargs["run"])

    @cached_property
    def process(self) -> Process:
        return self.run.process

    @cached_property
    def runs_vote(self) -> bool:
        """Whether this person may do what only those who run the vote may."""
        return allows(may_run_vote, self.request, self.run)

    @cached_property
    def actor(self) -> Any:
        return actor_uuid(self.request.user)

    @property
    def step(self) -> str:
        return self.request.POST.get("step", "")

    def trail(self) -> list[tuple[str, Any]]:
        """Addresses and names of the screens above this one."""
        return [
            (address("index"), _("Voting on paper")),
            (address("run", self.run.uuid), self.get_page_subtitle()),
        ]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = [{"url": url, "label": str(label)} for url, label in self.trail()]
        return [*self.breadcrumbs_items, *above, {"url": "", "label": self.get_page_title()}]

    @property
    def back_url(self) -> str:
        return self.trail()[-1][0]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "run": self.run,
            "is_rehearsal": self.run.kind == VoteRun.Kind.REHEARSAL,
            "runs_vote": self.runs_vote,
            "submit": self.submit,
        }


class PlaceScreen(RunScreen):
    """A screen about one polling place."""

    @cached_property
    def place(self) -> PollingPlace:
        places = PollingPlace.objects.filter(run=self.run)
        place = get_object_or_404(places, uuid=self.kwargs["place"])
        place.run = self.run
        return place

    def dispatch(self, *args: Any, **kwargs: Any) -> Any:
        self.may_settle()
        assert self.place
        return super().dispatch(*args, **kwargs)

    def trail(self) -> list[tuple[str, Any]]:
        return [*super().trail(), (address("place", self.run.uuid, self.place.uuid), self.place)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"place": self.place}


class BatchScreen(RunScreen):
    """A screen about one batch of sheets."""

    @cached_property
    def batch(self) -> PaperBatch:
        batches = PaperBatch.objects.filter(place__run=self.run).select_related("place")
        batch = get_object_or_404(batches, uuid=self.kwargs["batch"])
        batch.place.run = self.run
        return batch

    @cached_property
    def turn(self) -> int | None:
        return self.batch.turn_of(self.actor)

    @property
    def sheet_kwargs(self) -> dict[str, Any]:
        """What the form of a sheet has to know."""
        rulebook = frozen(self.run)
        names = Names.of(self.process, rulebook)
        return {"rulebook": rulebook, "area": self.batch.area, "names": names}

    def dispatch(self, *args: Any, **kwargs: Any) -> Any:
        self.may_settle()
        assert self.batch
        return super().dispatch(*args, **kwargs)

    def trail(self) -> list[tuple[str, Any]]:
        place = self.batch.place
        return [
            *super().trail(),
            (address("place", self.run.uuid, place.uuid), place),
            (address("batch", self.run.uuid, self.batch.uuid), self.batch_title),
        ]

    @property
    def batch_title(self) -> str:
        return _("Batch %(number)d") % {"number": self.batch.number}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"batch": self.batch}
