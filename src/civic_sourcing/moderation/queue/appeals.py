"""Appeals: the list, and the page on which somebody else than the first moderator decides."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages

from civic_sourcing.core.exceptions import ActionForbidden, ActionRefused
from civic_sourcing.core.policies import Occasion
from civic_sourcing.moderation.actions import DecideAppeal
from civic_sourcing.moderation.models import Appeal, AppealOutcome, AppealState
from civic_sourcing.moderation.policies import may_decide_appeal
from civic_sourcing.moderation.queue import reading, steps
from civic_sourcing.moderation.queue.appeal_form import AppealForm
from civic_sourcing.moderation.queue.case_page import ask_first
from civic_sourcing.moderation.queue.choices import outcomes_for
from civic_sourcing.moderation.queue.names import URL_NAME
from civic_sourcing.moderation.queue.preserved import read_preserved
from civic_sourcing.moderation.queue.reach import processes_of
from civic_sourcing.moderation.queue.screens import READ, Screen, typed_words
from civic_sourcing.moderation.queue.titles import kind_label, titles_of_cases
from civic_sourcing.moderation.queue.waiting import appeals_for, opinion_asked_of, opinions_for

SHOWN = 100


class AppealsView(Screen):
    """Open appeals, the most urgent first, and those decided last."""

    template_name = "civic_sourcing/moderation/admin/appeals.html"
    page_title = _("Appeals")
    tab = "appeals"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = appeals_for(self.request.user).select_related(
            "decision__case__contribution", "decision__case__participant__user", "decision__rule"
        )
        waiting = list(rows.open()[:SHOWN])
        decided = list(rows.filter(state=AppealState.DECIDED).order_by("-decided_at")[:20])
        asked = opinions_for(self.request.user).filter(decision__appeal__in=waiting)
        blind = set(asked.values_list("decision", flat=True))
        titles = titles_of_cases([row.decision.case for row in [*waiting, *decided]])

        def shown(appeal: Appeal) -> dict[str, Any]:
            own = appeal.decision.decided_by_id == self.request.user.pk
            late = appeal.state == AppealState.OPEN and appeal.due_at <= self.at
            title = titles[appeal.decision.case_id]
            outcome = appeal.decision.get_outcome_display()
            return {
                "appeal": appeal,
                "title": title,
                "outcome": "" if appeal.decision_id in blind else outcome,
                "is_own": own,
                "is_overdue": late,
            }

        return {
            **super().get_context_data(**kwargs),
            "waiting": [shown(row) for row in waiting],
            "decided": [shown(row) for row in decided],
        }


class AppealView(Screen):
    """What was decided and what the author says to it, beside the text; then decide."""

    template_name = "civic_sourcing/moderation/admin/appeal.html"
    page_title = _("Appeal")
    tab = "appeals"

    @cached_property
    def appeal(self) -> Appeal:
        rows = appeals_for(self.request.user).filter(uuid=self.kwargs["uuid"])
        found = [f"decision__case__{name}" for name in READ]
        appeal = rows.select_related("decision__rule", "appellant__user", *found).first()
        if appeal is None:
            raise Http404
        return appeal

    @cached_property
    def bar(self) -> str:
        refusal = may_decide_appeal.refusal(Occasion(self.request.user, self.appeal, self.at))
        return str(refusal.message) if refusal else ""

    @property
    def is_open(self) -> bool:
        return self.appeal.state == AppealState.OPEN

    @cached_property
    def words(self) -> reading.Words | None:
        return reading.words_of(self.appeal.decision.case)

    def get_page_subtitle(self) -> str:
        case = self.appeal.decision.case
        return titles_of_cases([case])[case.pk]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if opinion := opinion_asked_of(request.user, self.appeal.decision.case):
            return ask_first(request, opinion)
        return self.answer(form=self.form() if self.is_open and not self.bar else None)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if opinion := opinion_asked_of(request.user, self.appeal.decision.case):
            return ask_first(request, opinion)
        if self.bar and self.is_open:
            return self.answer(form=None, status=403)
        if "preserved" in request.POST:
            original = read_preserved(request, self.appeal.decision)
            return self.answer(original=original, form=self.form() if self.is_open else None)
        if not self.is_open:
            return self.answer(meanwhile=typed_words(request), status=409)
        form = self.form(request.POST)
        return self.decide(form) if form.is_valid() else self.answer(form=form, status=422)

    def decide(self, form: AppealForm) -> HttpResponse:
        try:
            appeal: Any = self.appeal
            DecideAppeal(appeal, by=self.request.user, **form.decision).execute()
        except ActionForbidden as error:
            return self.answer(form=None, refused=error.message, status=403)
        except ActionRefused as error:
            del self.appeal
            if not self.is_open:
                return self.answer(meanwhile=typed_words(self.request), status=409)
            return self.answer(form=form, refused=error.message, status=409)
        messages.success(self.request, _now("The appeal is decided. Everybody concerned is told."))
        return redirect(f"{URL_NAME}:appeals")

    def form(self, data: Any = None) -> AppealForm:
        decision = self.appeal.decision
        words = self.words
        return AppealForm(
            data,
            case=decision.case,
            texts=steps.original_of(decision) or (words.fields if words else {}),
            outcomes=outcomes_for(decision.case, self.at, instead_of=decision),
            language=decision.case.language,
            moderated=processes_of(self.request.user),
            initial={
                "seen_version": words.number if words else 0,
                "seen_digest": words.digest if words else "",
                "rule": str(decision.rule.translation_key) if decision.rule else "",
            },
        )

    def answer(self, *, status: int = 200, **kwargs: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(**kwargs), status=status)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        appeal = self.appeal
        case = appeal.decision.case
        return {
            **super().get_context_data(**kwargs),
            "appeal": appeal,
            "case": case,
            "kind": kind_label(case),
            "words": self.words,
            "around": reading.surroundings(case),
            "author": reading.author_of(case),
            "decisions": steps.decisions_of(case),
            "bar": self.bar if self.is_open else "",
            "is_overdue": self.is_open and appeal.due_at <= self.at,
            "is_open": self.is_open,
            "has_preserved": steps.original_of(appeal.decision) is not None and not self.bar,
            "changed": AppealOutcome.CHANGED,
            **kwargs,
        }
