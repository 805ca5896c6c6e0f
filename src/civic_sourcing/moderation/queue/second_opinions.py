"""Second opinions: what one would have decided oneself, without seeing what was."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages

from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.policies import Occasion
from civic_sourcing.moderation.actions import GiveSecondOpinion
from civic_sourcing.moderation.deciding.outcomes import ABOUT_THE_AUTHOR, BY_STATE, NEEDS_RULE
from civic_sourcing.moderation.models import Case, Outcome, SecondOpinion
from civic_sourcing.moderation.policies import may_decide_appeal, may_see_reporters
from civic_sourcing.moderation.queue import reading
from civic_sourcing.moderation.queue.choices import DEEDS
from civic_sourcing.moderation.queue.forms import NO_RULE, StatementForm
from civic_sourcing.moderation.queue.names import URL_NAME
from civic_sourcing.moderation.queue.preserved import read_preserved
from civic_sourcing.moderation.queue.reach import processes_of
from civic_sourcing.moderation.queue.screens import READ, Screen
from civic_sourcing.moderation.queue.titles import kind_label
from civic_sourcing.moderation.queue.waiting import opinions_for

SHOWN = 100


class OpinionForm(StatementForm):
    """Outcome and rule, no statement: nobody is told."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["facts"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = forms.Form.clean(self) or {}
        if cleaned.get("outcome") in NEEDS_RULE and not cleaned.get("rule"):
            self.add_error("rule", ValidationError(NO_RULE, code="required"))
        return cleaned


class OpinionsView(Screen):
    """Decisions by others that wait for a second opinion, the oldest first."""

    template_name = "civic_sourcing/moderation/admin/opinions.html"
    page_title = _("Second opinions")
    tab = "opinions"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = opinions_for(self.request.user).select_related("decision__case")
        opinions = [
            {"opinion": row, "kind": kind_label(row.decision.case)}
            for row in rows.order_by("asked_at", "pk")[:SHOWN]
        ]
        return {**super().get_context_data(**kwargs), "opinions": opinions}


class OpinionView(Screen):
    """The case as it was, and nothing of what was decided."""

    template_name = "civic_sourcing/moderation/admin/opinion.html"
    page_title = _("Second opinion")
    tab = "opinions"

    @cached_property
    def opinion(self) -> SecondOpinion:
        rows = opinions_for(self.request.user).filter(pk=self.kwargs["pk"])
        found = [f"decision__case__{name}" for name in READ]
        opinion = rows.select_related(*found).first()
        allowed = opinion and may_decide_appeal.allows(
            Occasion(self.request.user, opinion, self.at)
        )
        if not allowed:
            raise Http404
        return opinion

    @property
    def case(self) -> Case:
        return self.opinion.decision.case

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=self.form()))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "preserved" in request.POST:
            original = read_preserved(request, self.opinion.decision)
            return self.render_to_response(
                self.get_context_data(form=self.form(), original=original)
            )
        form = self.form(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        choice = form.choice(form.cleaned_data["rule"])
        try:
            GiveSecondOpinion(
                self.opinion,
                by=request.user,
                outcome=form.cleaned_data["outcome"],
                rule=choice.rule if choice else None,
            ).execute()
        except ActionRefused as error:
            context = self.get_context_data(form=form, refused=error.message)
            return self.render_to_response(context, status=409)
        messages.success(request, _now("Thank you. Your opinion is counted."))
        return redirect(self.url_of_next())

    def url_of_next(self) -> str:
        rows = opinions_for(self.request.user).order_by("asked_at", "pk")
        key = rows.values_list("pk", flat=True).first()
        if key is None:
            return reverse(f"{URL_NAME}:opinions")
        return reverse(f"{URL_NAME}:opinion", args=[key])

    def form(self, data: Any = None) -> OpinionForm:
        return OpinionForm(data, outcomes=possible_then(self.case), language=self.case.language)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        case = self.case
        with_names = may_see_reporters.allows(Occasion(self.request.user, case, self.at))
        words = reading.words_of(case)
        return {
            **super().get_context_data(**kwargs),
            "opinion": self.opinion,
            "case": case,
            "kind": kind_label(case),
            "words": words,
            "around": reading.surroundings(case),
            "author": reading.author_of(case),
            "reports": reading.reports_of(
                case, noticed_in=processes_of(self.request.user), with_names=with_names
            ),
            "findings": words.findings if words else [],
            **kwargs,
        }


def possible_then(case: Case) -> list[str]:
    """What could have been decided about such a case, whatever became of it."""
    if case.contribution is None:
        return [each for each in DEEDS if each in ABOUT_THE_AUTHOR | {Outcome.NO_BREACH}]
    possible = BY_STATE["held"] | BY_STATE["published"]
    return [each for each in DEEDS if each in possible]
