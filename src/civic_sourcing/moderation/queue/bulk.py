"""Several cases decided with one statement; each gets its own decision and its own notice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin import messages

from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.moderation.models import Case
from civic_sourcing.moderation.queue import steps
from civic_sourcing.moderation.queue.choices import TOGETHER
from civic_sourcing.moderation.queue.forms import StatementForm
from civic_sourcing.moderation.queue.names import URL_NAME
from civic_sourcing.moderation.queue.reach import seen_by
from civic_sourcing.moderation.queue.screens import READ, Screen, is_uuid
from civic_sourcing.moderation.queue.titles import first_words, kind_label, titles_of_cases
from civic_sourcing.moderation.queue.waiting import opinion_asked_of

MOST = 50


@dataclass(frozen=True)
class Chosen:
    """One ticked case as the form shows it; ``version`` is the text that was shown."""

    case: Case
    title: str
    words: str
    kind: str
    version: int


class BulkView(Screen):
    """What was ticked, to be looked through once more, and one statement for all of it."""

    template_name = "civic_sourcing/moderation/admin/bulk.html"
    page_title = _("Decide together")

    @property
    def query(self) -> str:
        given: str = self.request.GET.get("view", "") or self.request.POST.get("view", "")
        return given

    @cached_property
    def chosen(self) -> list[Chosen]:
        given = self.request.POST if self.request.method == "POST" else self.request.GET
        wanted = [key for key in given.getlist("case") if is_uuid(key)][:MOST]
        rows = seen_by(self.request.user).filter(uuid__in=wanted).select_related(*READ)
        return chosen_of(list(rows.order_by("-is_emergency", "due_at", "pk")))

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.chosen:
            messages.info(request, _now("Tick the cases that you want to decide together."))
            return redirect(self.index_url)
        return self.render_to_response(self.get_context_data(form=self.form()))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.form(request.POST)
        if not self.chosen:
            return redirect(self.index_url)
        if "fill" in request.POST:
            return self.render_to_response(self.get_context_data(form=self.filled(form)))
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        refused = self.decide_each(form)
        number = len(self.chosen) - len(refused)
        if number:
            sentence = ngettext(
                "%(number)s case is decided.", "%(number)s cases are decided.", number
            )
            messages.success(request, sentence % {"number": number})
        if not refused:
            return redirect(self.index_url)
        context = self.get_context_data(form=form, refused=refused)
        return self.render_to_response(context, status=409)

    def decide_each(self, form: StatementForm) -> list[tuple[Chosen, str]]:
        """Take the decisions one by one; return those that could not be taken, and why."""
        refused = []
        for each in self.chosen:
            try:
                steps.decide_with(each.case, form, by=self.request.user, version=self.seen(each))
            except ActionRefused as error:
                refused.append((each, self.told(each.case, error)))
        return refused

    def told(self, case: Case, error: ActionRefused) -> str:
        """Why not; who is asked for a blind opinion hears nothing of the decision."""
        if opinion_asked_of(self.request.user, case):
            return _now("Somebody else decided this case in the meantime.")
        return error.message

    def seen(self, each: Chosen) -> int:
        given = self.request.POST.get(f"version-{each.case.uuid}", "")
        return int(given) if given.isdecimal() else each.version

    def form(self, data: Any = None, **kwargs: Any) -> StatementForm:
        languages = {each.case.language for each in self.chosen}
        language = languages.pop() if len(languages) == 1 else ""
        return StatementForm(data, outcomes=TOGETHER, language=language, **kwargs)

    def filled(self, form: StatementForm) -> StatementForm:
        data = self.request.POST.dict()
        choice = form.choice(str(data.get("rule", "")))
        return self.form(initial=data | ({"facts": choice.template} if choice else {}))

    @property
    def index_url(self) -> str:
        url = reverse(f"{URL_NAME}:index")
        return f"{url}?{self.query}" if self.query else url

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return {**context, "chosen": self.chosen, "index_url": self.index_url, **kwargs}


def chosen_of(cases: list[Case]) -> list[Chosen]:
    """Read what the form shows of each, in a constant number of queries."""
    titles = titles_of_cases(cases)
    contributions = [case.contribution for case in cases if case.contribution]
    words = first_words(contributions)
    versions = steps.versions_of(contributions)
    return [
        Chosen(
            case,
            titles[case.pk],
            words.get(case.contribution_id or 0, ""),
            kind_label(case),
            versions.get(case.contribution_id or 0, 0),
        )
        for case in cases
    ]
