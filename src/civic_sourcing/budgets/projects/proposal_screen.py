"""The screen on which officials make projects of what citizens proposed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from civic_sourcing.attribution.contributions.places import processes_of
from civic_sourcing.attribution.credits.flow import credits_of
from civic_sourcing.attribution.family.desk import numbers
from civic_sourcing.attribution.models import Contribution
from civic_sourcing.attribution.ways_on import MOST
from civic_sourcing.budgets.actions.projects import OFFICIALS, AddProjects
from civic_sourcing.budgets.models import BudgetVotePage
from civic_sourcing.budgets.projects.facts import next_numbers
from civic_sourcing.budgets.projects.forms import ProjectFields
from civic_sourcing.budgets.projects.list_screen import PUBLISHED, PublishField
from civic_sourcing.budgets.projects.new import NewProject
from civic_sourcing.budgets.projects.numbers import numbers_taken
from civic_sourcing.budgets.projects.origins import bar_of
from civic_sourcing.budgets.projects.policies import votes_open_to
from civic_sourcing.budgets.projects.screens import VoteScreen
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.forms import PlainTextField, RequestKeyField

TITLE_LENGTH = 255


class HowForm(forms.Form):
    """What holds for all projects made in one step."""

    key = RequestKeyField()
    publish = PublishField()


class ProposalFields(ProjectFields):
    """One proposal and the facts of the project it becomes."""

    title = PlainTextField(label=_("Title"), max_length=TITLE_LENGTH, single_line=True)
    field_order = ("title",)

    def __init__(self, *args: Any, contribution: Contribution, **kwargs: Any) -> None:
        self.contribution = contribution
        super().__init__(*args, **kwargs)

    def project(self) -> NewProject:
        """What was typed, with the text and language of the proposal; call after validation."""
        _title, text = self.contribution.kind_of.canonical(self.contribution)
        return NewProject(
            title=self.cleaned_data["title"],
            facts=self.facts,
            language=self.contribution.language,
            description=text,
            origins=(self.contribution.uuid,),
        )


class ChosenMixin:
    """The proposals named in the address, as far as they are in the user's reach."""

    request: Any

    @cached_property
    def chosen(self) -> list[Contribution]:
        named = numbers(self.request.GET.getlist("contribution"))
        rows = Contribution.objects.filter(
            uuid__in=named[:MOST], process__in=processes_of(self.request.user, OFFICIALS)
        )
        found: list[Contribution] = list(
            rows.select_related("process", "author__user").order_by("process_id", "sequence")
        )
        if not found:
            raise Http404
        return found

    @property
    def query(self) -> str:
        return urlencode([("contribution", str(row.uuid)) for row in self.chosen])


class ChooseVoteView(ChosenMixin, WagtailAdminTemplateMixin, TemplateView):
    """Ask for which vote; where there is one only, go on to it."""

    page_title = _("Make projects")
    header_icon = "list-ul"
    template_name = "civic_sourcing/budgets/admin/choose_vote.html"
    _show_breadcrumbs = True

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.chosen and len(self.votes) == 1:
            return redirect(self.votes[0][1])
        return super().get(*args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    @cached_property
    def votes(self) -> list[tuple[BudgetVotePage, str]]:
        """One page for each vote, with the address of its screen."""
        pages: dict[int, BudgetVotePage] = {}
        for page in votes_open_to(self.request.user):
            pages.setdefault(page.process_id, page)
        return [
            (page, f"{reverse('civic_budgets_projects:proposals', args=[page.pk])}?{self.query}")
            for page in pages.values()
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "votes": self.votes, "chosen": self.chosen}


class ProposalsView(ChosenMixin, VoteScreen):
    """
    Make projects of the proposals chosen, all or none. Their authors and supporters are told, and
    named with the project, when it is published.
    """

    page_title = _("Make projects")
    template_name = "civic_sourcing/budgets/admin/proposals.html"
    form_class = HowForm

    def get_initial(self) -> dict[str, Any]:
        return {"key": uuid4()}

    @cached_property
    def bars(self) -> dict[int, str]:
        """Why some of the proposals cannot become projects here, by key."""
        found = {row.pk: bar_of(row, self.process) for row in self.chosen}
        return {key: str(bar) for key, bar in found.items() if bar}

    @cached_property
    def rows(self) -> list[ProposalFields]:
        """One form for each proposal that can become a project."""
        possible = [row for row in self.chosen if row.pk not in self.bars]
        free = next_numbers(numbers_taken(self.process), len(possible))
        return [
            ProposalFields(
                self.request.POST if self.request.method == "POST" else None,
                prefix=str(row.uuid),
                process=self.process,
                currency=self.currency,
                contribution=row,
                initial={"title": row.title, "number": number},
            )
            for row, number in zip(possible, free, strict=True)
        ]

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.get_form()
        if not form.is_valid() or not self.rows:
            return self.again(form, status=422)
        publish = form.cleaned_data["publish"] == PUBLISHED
        right = [self.is_right(row, publish) for row in self.rows]
        if not all(right):
            return self.again(form, status=422)
        return self.make([row.project() for row in self.rows], form, publish=publish)

    def is_right(self, row: ProposalFields, publish: bool) -> bool:
        if not row.is_valid():
            return False
        if publish:
            row.require_complete()
        number = row.cleaned_data.get("number")
        same = [each for each in self.rows if each.data.get(each.add_prefix("number")) == number]
        if number and len(same) > 1:
            row.add_error("number", _("Two of these projects have this number."))
        row.refuse_taken()
        return not row.errors

    def make(self, projects: Sequence[NewProject], form: HowForm, *, publish: bool) -> HttpResponse:
        """Below the vote's page in each proposal's language, if there is one."""
        try:
            made = AddProjects(
                self.page,
                by=self.request.user,
                idempotency_key=form.cleaned_data["key"],
                projects=tuple(projects),
                publish=publish,
            ).execute()
        except ActionRefused as refused:
            return self.again(form, status=409, refused=refused.message)
        sentence = ngettext(
            "%(number)d project is made.", "%(number)d projects are made.", len(made)
        )
        messages.success(self.request, sentence % {"number": len(made)})
        return redirect(self.back_url)

    def again(self, form: HowForm, *, status: int, refused: str = "") -> HttpResponse:
        context = self.get_context_data(form=form, refused=refused)
        return self.render_to_response(context, status=status)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        people = credits_of([row.contribution for row in self.rows])
        return {
            **super().get_context_data(**kwargs),
            "rows": [(row, people[row.contribution.pk].mentions) for row in self.rows],
            "left_out": [(row, self.bars[row.pk]) for row in self.chosen if row.pk in self.bars],
        }
