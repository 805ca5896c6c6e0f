"""How the count of a vote stands, what came out, and what can be done next."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from civic_sourcing.budgets.actions.count.publish import is_stale
from civic_sourcing.budgets.actions.count.start import refuse_unless_countable
from civic_sourcing.budgets.count_jobs import PROBLEMS
from civic_sourcing.budgets.desk.counting.lines import CountLine, lines_of, standing_of
from civic_sourcing.budgets.desk.holding.vote import proposed_to
from civic_sourcing.budgets.desk.names import address
from civic_sourcing.budgets.desk.screens import DeskScreen
from civic_sourcing.budgets.desk.setup.titles import titles_of
from civic_sourcing.budgets.models import Confirmation, CountJob, CountResult, VoteRun
from civic_sourcing.budgets.reasons import Explained, format_score
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.money import format_money

FOLDER = "civic_sourcing/budgets/admin/vote"


class CountScreen(DeskScreen):
    """A screen about the count of a vote held here; 404 where there is no run of it."""

    tab = "count"
    header_icon = "tasks"
    form_class = forms.Form
    http_method_names = ["get", "head", "options"]

    @cached_property
    def held(self) -> VoteRun:
        if self.run is None or self.run.kind != VoteRun.Kind.REAL:
            raise Http404
        return self.run

    @cached_property
    def titles(self) -> dict[str, str]:
        return titles_of(self.process)

    @cached_property
    def job(self) -> CountJob | None:
        """The last going at a count, unless it has come to an end and is told by its count."""
        if self.run is None:
            return None
        job = CountJob.objects.filter(run=self.run).order_by("pk").last()
        return None if job is None or job.state == CountJob.State.DONE else job

    def progress(self) -> dict[str, Any]:
        """How far the count is, or why nothing came of it."""
        job = self.job
        problem: str | Promise = ""
        if job is not None and (job.is_over or job.is_dead(self.at)):
            code = job.problem or "stopped"
            problem = PROBLEMS.get(code, PROBLEMS["failed"])
        return {
            "job": job,
            "problem": problem,
            "read": job and format_score(job.done),
            "of": job and format_score(job.total),
        }


class CountView(CountScreen):
    """How the count stands: its progress, its versions, and the next step."""

    page_title = gettext_lazy("Count")
    template_name = f"{FOLDER}/count.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        lines = lines_of(self.process, self.titles, self.at)
        return {
            **context,
            **self.progress(),
            "obstacle": self.obstacle(),
            "lines": lines,
            "progress_url": address("count_progress", self.process),
            "start_url": address("start_count", self.process),
            **(self.next_steps(lines[0]) if lines and self.run else {}),
        }

    def obstacle(self) -> str | Promise:
        """Why nothing can be counted now; empty where it can."""
        if self.run is None:
            return _("This vote has not opened yet.")
        if self.run.kind == VoteRun.Kind.IMPORTED:
            return _("This vote was held and counted elsewhere.")
        try:
            refuse_unless_countable(self.run)
        except ActionRefused as refused:
            return refused.message
        return ""

    def next_steps(self, latest: CountLine) -> dict[str, Any]:
        """What can be done with the latest count."""
        count = latest.count
        if self.run is None or self.run.kind != VoteRun.Kind.REAL:
            return {}
        released = count.is_released
        stale = self.run.state == VoteRun.State.COUNTED and is_stale(count, self.run)
        heard = released and self.at >= count.publication.objections_until
        open_to = released and count.confirmation is None and not stale
        proposals = Confirmation.objects.filter(count=count)
        steps = {"publish_url": "publish_count", "confirm_url": "confirm_count"}
        addresses = {key: address(name, self.process, count.version) for key, name in steps.items()}
        return {
            **addresses,
            "stale": stale,
            "next_step": "" if stale else next_step_of(count, heard=heard),
            "results_url": self.page.results_url(self.request) if released else "",
            "may_publish": not released and not stale,
            "may_confirm": open_to and heard,
            "confirmations": proposed_to(
                self.request.user, proposals, "approve_confirmation", self.process
            ),
        }


def next_step_of(count: CountResult, *, heard: bool) -> str:
    """What is to be done next with the latest count, in words."""
    if not count.is_released:
        return _("Look at what came out, then publish it.")
    if count.confirmation is not None:
        return ""
    if heard:
        return _("Two people confirm it, one after the other.")
    return _(
        "Until then ballots can be set aside and sheets corrected; afterwards two people confirm "
        "it."
    )


class ProgressView(CountScreen):
    """The part of the page that shows how far the count is, for the script that renews it."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        running = self.job is not None and not self.progress()["problem"]
        context = {**self.progress(), "is_running": running}
        response = TemplateResponse(request, f"{FOLDER}/count_progress.html", context)
        response["Cache-Control"] = "no-store"
        return response


class VersionView(CountScreen):
    """What came out of one count, project by project, with the reason of each."""

    template_name = f"{FOLDER}/count_version.html"

    @cached_property
    def count(self) -> CountResult:
        counts = CountResult.objects.of(self.process).select_related("publication")
        count = counts.filter(version=self.kwargs["version"]).first()
        if count is None:
            raise Http404
        return count

    @property
    def page_title(self) -> str:
        return _("Count %(version)d") % {"version": self.count.version}

    @property
    def back_url(self) -> str:
        return address("count", self.process)

    @property
    def is_over(self) -> bool:
        """Whether a later count is published."""
        later = CountResult.objects.of(self.process).released()
        return later.filter(version__gt=self.count.version).exists()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        document = self.count.document
        explained = Explained(document, self.titles)
        return {
            **super().get_context_data(**kwargs),
            "count": self.count,
            "standing": standing_of(self.count, self.at, is_shown=not self.is_over),
            "document": document,
            "money": {
                name: format_money(int(document[name]), document["currency"])
                for name in ("amount", "spent", "left")
            },
            "rows": [
                (self.titles.get(number) or number, explained.step(number))
                for number in (step["project"] for step in document["steps"])
            ],
        }
