"""Runs with paper, their polling places, and the list of voters of each."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, Table, TitleColumn
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from civic_sourcing.budgets.actions.polling import (
    AddBatch,
    AddPollingPlace,
    CompleteList,
    FinishPlace,
    ListVoter,
    RemovePlace,
    ReopenList,
    UnlistVoter,
)
from civic_sourcing.budgets.actions.polling.places import takes_paper
from civic_sourcing.budgets.ballots.rulebook import OnPaper
from civic_sourcing.budgets.models import PollingPlace, VoteRun
from civic_sourcing.budgets.polling.batches import status_of
from civic_sourcing.budgets.polling.figures import figures_of
from civic_sourcing.budgets.polling.people import area_of
from civic_sourcing.budgets.polling.policies import may_handle_paper, may_run_vote
from civic_sourcing.budgets.polling_desk.base import (
    FOLDER,
    PlaceScreen,
    RunScreen,
    address,
    allows,
)
from civic_sourcing.budgets.polling_desk.forms import CoverForm, NoteForm, VoterForm
from civic_sourcing.budgets.rulebooks import frozen
from civic_sourcing.core.forms import PlainTextField
from civic_sourcing.participants.eligibility.places import titles_of

State = VoteRun.State


def runs_in_reach(request: HttpRequest) -> list[VoteRun]:
    """Runs with paper that whoever is signed in may handle."""
    runs = VoteRun.objects.exclude(kind=VoteRun.Kind.IMPORTED).select_related("process")
    mine = [run for run in runs.order_by("-pk") if allows(may_handle_paper, request, run)]
    return [run for run in mine if run.polling_places.exists() or takes_paper(run)]


class Index(WagtailAdminTemplateMixin, TemplateView):
    """Every vote with paper that this member of staff handles."""

    template_name = f"{FOLDER}/index.html"
    page_title = gettext_lazy("Voting on paper")
    header_icon = "clipboard-list"
    _show_breadcrumbs = True

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        runs = runs_in_reach(self.request)
        titles = titles_of([run.process for run in runs])
        columns = [
            TitleColumn(
                "vote",
                label=_("Vote"),
                accessor=lambda run: titles[run.process_id],
                get_url=lambda run: address("run", run.uuid),
            ),
            Column("kind", label=_("Kind"), accessor="get_kind_display"),
            Column("state", label=_("State"), accessor="get_state_display"),
        ]
        return context | {"table": Table(columns, runs) if runs else None}


class PlaceForm(forms.Form):
    title = PlainTextField(
        label=gettext_lazy("New polling place"), max_length=100, single_line=True
    )


class Run(RunScreen):
    """The polling places of a run, with their figures."""

    template_name = f"{FOLDER}/run.html"
    form_class = PlaceForm
    submit = gettext_lazy("Add this polling place")
    done = gettext_lazy("The polling place is added.")

    def get_page_title(self) -> str:
        return self.get_page_subtitle()

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return super().get_breadcrumbs_items()[:-1]

    def settle(self, form: Any) -> None:
        title = form.cleaned_data["title"]
        AddPollingPlace(self.run, by=self.request.user, title=title).execute()

    @property
    def next_url(self) -> str:
        return address("run", self.run.uuid)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        places = [(place, figures_of(place)) for place in self.run.polling_places.all()]
        columns = [
            TitleColumn(
                "name",
                label=_("Polling place"),
                accessor=lambda row: row[0].name,
                get_url=lambda row: address("place", self.run.uuid, row[0].uuid),
            ),
            Column("voters", label=_("Voters listed"), accessor=lambda row: row[1].voters),
            Column("sheets", label=_("Sheets"), accessor=lambda row: row[1].sheets),
            Column("state", label=_("State"), accessor=lambda row: state_of(row[0])),
        ]
        return super().get_context_data(**kwargs) | {
            "table": Table(columns, places) if places else None,
            "voters": sum(figures.voters for _place, figures in places),
            "sheets": sum(figures.sheets for _place, figures in places),
            "can_add": self.runs_vote and self.run.state in (State.PREPARED, State.OPEN),
            "waits": any(place.listed_at is None for place, _figures in places),
        }


def state_of(place: PollingPlace) -> str:
    """What a polling place has come to, in words."""
    if place.counted_at:
        return _("counted")
    return _("list complete") if place.listed_at else _("list open")


class Place(PlaceScreen):
    """One polling place: its list, its batches, and what comes next."""

    template_name = f"{FOLDER}/place.html"

    def get_page_title(self) -> str:
        return self.place.name

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return super().get_breadcrumbs_items()[:-1]

    def settle(self, form: Any) -> None:
        steps = {"complete": CompleteList, "reopen": ReopenList, "remove": RemovePlace}
        action = steps.get(self.step)
        if action is None:
            raise Http404
        action(self.place, by=self.request.user).execute()

    @property
    def next_url(self) -> str:
        if self.step == "remove":
            return address("run", self.run.uuid)
        return address("place", self.run.uuid, self.place.uuid)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        batches = [(batch, status_of(batch)) for batch in self.place.batches.all()]
        columns = [
            TitleColumn(
                "number",
                label=_("Batch"),
                accessor=lambda row: row[0].number,
                get_url=lambda row: address("batch", self.run.uuid, row[0].uuid),
            ),
            Column("sheets", label=_("Sheets"), accessor=lambda row: row[0].sheets),
            Column("state", label=_("State"), accessor=lambda row: row[1]),
        ]
        accepted = all(batch.accepted_at for batch, _status in batches)
        closed = self.run.state == State.CLOSED and self.place.counted_at is None
        listing = self.run.state == State.OPEN and self.place.listed_at is None
        return super().get_context_data(**kwargs) | {
            "figures": figures_of(self.place),
            "state": state_of(self.place),
            "table": Table(columns, batches) if batches else None,
            "can_list": listing,
            "can_reopen": self.run.state == State.OPEN and not listing,
            "can_remove": self.runs_vote and not self.place.voters.exists() and not batches,
            "can_add_batch": closed,
            "can_finish": closed and accepted and self.runs_vote,
        }


class Voters(PlaceScreen):
    """Find whoever stands at the table and list them, or take back what was a mistake."""

    template_name = f"{FOLDER}/voters.html"
    form_class = VoterForm
    page_title = gettext_lazy("List of voters")
    submit = gettext_lazy("List and give out a ballot paper")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "run": self.run}

    def settle(self, form: Any) -> None:
        who = form.voter
        if self.step == "unlist":
            UnlistVoter(self.place, by=self.request.user, **who).execute()
            self.done = _("Taken off the list.")
            return
        area = area_of(self.run, who["identities"], who.get("user"))
        voter = ListVoter(self.place, by=self.request.user, area=area, **who).execute()
        self.done = _("Listed. Give out a ballot paper.")
        if voter.envelope:
            self.done = _("Listed. Give out a ballot paper and envelope number %(number)d.") % {
                "number": voter.envelope
            }

    def form_invalid(self, form: Any) -> Any:
        messages.error(self.request, _("Nobody was listed. Please check what you entered."))
        return super().form_invalid(form)

    @property
    def next_url(self) -> str:
        return address("voters", self.run.uuid, self.place.uuid)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        opened = self.run.state != State.PREPARED
        return super().get_context_data(**kwargs) | {
            "voters": figures_of(self.place).voters,
            "has_envelopes": opened and frozen(self.run).on_paper == OnPaper.LAST,
        }


class NewBatch(PlaceScreen):
    """The cover sheet of a batch that was counted by hand."""

    form_class = CoverForm
    page_title = gettext_lazy("New batch")
    submit = gettext_lazy("Add this batch")
    done = gettext_lazy("The batch is added. Two people can enter it now.")

    def get_form_kwargs(self) -> dict[str, Any]:
        if self.run.state in (State.PREPARED, State.OPEN):
            raise Http404
        rulebook = frozen(self.run)
        return {**super().get_form_kwargs(), "run": self.run, "rulebook": rulebook}

    def settle(self, form: Any) -> None:
        self.batch = AddBatch(self.place, by=self.request.user, **form.cleaned_data).execute()

    @property
    def next_url(self) -> str:
        return address("batch", self.run.uuid, self.batch.uuid)


class Finish(PlaceScreen):
    """Say that all sheets of a place are in the count."""

    asks = may_run_vote
    template_name = f"{FOLDER}/finish.html"
    form_class = NoteForm
    page_title = gettext_lazy("Lists and sheets")
    submit = gettext_lazy("Close the count of this place")
    done = gettext_lazy("This polling place is counted.")

    def settle(self, form: Any) -> None:
        FinishPlace(self.place, by=self.request.user, **form.cleaned_data).execute()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"figures": figures_of(self.place)}
