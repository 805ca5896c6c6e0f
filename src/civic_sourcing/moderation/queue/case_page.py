"""The page of one case: everything to read, and the form to decide it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages

from civic_sourcing.core.exceptions import ActionForbidden, ActionRefused
from civic_sourcing.core.policies import Occasion
from civic_sourcing.moderation.colleagues import moderators_of, name_of
from civic_sourcing.moderation.deciding.conf import conf
from civic_sourcing.moderation.models import (
    Case,
    CaseLease,
    Measure,
    NetiquetteRule,
    Outcome,
    SecondOpinion,
)
from civic_sourcing.moderation.policies import concerned, may_read_names, own_matter
from civic_sourcing.moderation.queue import reading, steps
from civic_sourcing.moderation.queue.choices import outcomes_for
from civic_sourcing.moderation.queue.forms import DecisionForm
from civic_sourcing.moderation.queue.leases import drop_lease, take_lease
from civic_sourcing.moderation.queue.names import URL_NAME
from civic_sourcing.moderation.queue.reach import processes_of
from civic_sourcing.moderation.queue.screens import Screen, case_or_404, typed_words
from civic_sourcing.moderation.queue.titles import kind_label, titles_of_cases
from civic_sourcing.moderation.queue.waiting import next_case, opinion_asked_of
from civic_sourcing.participants.confusables import mixed_words

FILL, PREVIEW, BY_FORCE = "fill", "preview", "by_force"
DECIDE, CORRECT, LIFT = "decide", "correct", "lift"
NOTICE = "civic_sourcing/moderation/admin/notice.html"


class CaseView(Screen):
    """Read on the left, decide on the right. Opening it takes the lease if nobody has it."""

    template_name = "civic_sourcing/moderation/admin/case.html"
    page_title = _("Case")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.request = request
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def case(self) -> Case:
        case = case_or_404(self.request.user, self.kwargs["uuid"])
        return steps.with_decisions(reading.with_reports(case))

    @cached_property
    def words(self) -> reading.Words | None:
        return reading.words_of(self.case)

    @cached_property
    def title(self) -> str:
        return titles_of_cases([self.case])[self.case.pk]

    @cached_property
    def parties(self) -> set[int | None]:
        return concerned(self.case)

    @cached_property
    def bar(self) -> str:
        """Why this moderator may not decide this case, empty if they may."""
        reporters = {report.reporter_id for report in self.case.reports.all()}
        refusal = own_matter(
            self.request.user, self.case, parties=self.parties, reporters=reporters
        )
        return str(refusal.message) if refusal else ""

    @cached_property
    def opinion(self) -> SecondOpinion | None:
        """The blind opinion this moderator is asked for: nothing of the decision is shown."""
        return None if self.case.is_open else opinion_asked_of(self.request.user, self.case)

    @cached_property
    def lease(self) -> CaseLease | None:
        if self.bar or not self.case.is_open:
            return None
        return take_lease(self.case, self.request.user, at=self.at)

    @property
    def is_kept_out(self) -> bool:
        return bool(self.lease and self.lease.keeps_out(self.request.user, self.at))

    def get_page_subtitle(self) -> str:
        return self.title

    @cached_property
    def mode(self) -> str:
        """What the form is for: deciding, correcting or lifting; empty where there is none."""
        if self.bar:
            return ""
        if self.case.is_open:
            return DECIDE
        wanted = self.request.GET.get("do", "")
        return wanted if wanted in self.ways_on else ""

    @cached_property
    def ways_on(self) -> list[str]:
        """What can be done about a decision that was made."""
        if self.case.is_open or self.bar:
            return []
        ways = [CORRECT] if steps.may_correct(self.case.decision, self.request.user) else []
        lifts = Outcome.LIFT in outcomes_for(self.case, self.at)
        return [*ways, LIFT] if lifts else ways

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.opinion is not None:
            return ask_first(request, self.opinion)
        has_form = self.mode and not self.is_kept_out
        return self.answer(form=self.fresh_form() if has_form else None)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.bar:
            return self.answer(status=403)
        if self.opinion is not None or not self.mode:
            return self.answer(meanwhile=typed_words(request), status=409)
        if BY_FORCE in request.POST:
            self.lease = take_lease(self.case, request.user, by_force=True)
        form = self.form(request.POST)
        if self.is_kept_out:
            return self.answer(form=form, status=409)
        return self.take(form)

    def take(self, form: DecisionForm) -> HttpResponse:
        """Do what the pressed button stands for."""
        if FILL in self.request.POST:
            return self.answer(form=self.filled(form))
        if PREVIEW in self.request.POST:
            return self.preview(form)
        return self.decide(form) if form.is_valid() else self.answer(form=form, status=422)

    def preview(self, form: DecisionForm) -> HttpResponse:
        """Show what the author would be told, in the page or as the piece of it a script wants."""
        if self.request.POST[PREVIEW] == "fragment":
            found = steps.preview(self.case, form, self.request.user) if form.is_valid() else None
            return TemplateResponse(self.request, NOTICE, {"preview": found})
        if not form.is_valid():
            return self.answer(form=form, status=422)
        return self.answer(form=form, preview=steps.preview(self.case, form, self.request.user))

    def decide(self, form: DecisionForm) -> HttpResponse:
        correct = self.case.decision if self.mode == CORRECT else None
        try:
            decision = steps.decide(self.case, form, by=self.request.user, correct=correct)
        except ActionForbidden as error:
            return self.answer(refused=error.message, form=form, status=403)
        except ActionRefused as error:
            self.look_again()
            if error.code == steps.ALREADY_DECIDED:
                return self.answer(meanwhile=typed_words(self.request), status=409)
            return self.answer(form=form, refused=error.message, status=409)
        drop_lease(self.case, self.request.user)
        own = reverse(f"{URL_NAME}:case", args=[self.case.uuid])
        sentence = _now("“%(case)s”: %(outcome)s. Everybody concerned is told.")
        messages.success(
            self.request,
            sentence % {"case": self.title, "outcome": decision.get_outcome_display()},
            buttons=[messages.button(own, _now("See it or correct it"))],
        )
        if self.mode != DECIDE:
            return redirect(own)
        return redirect(url_of_next(self.request, self.query, after=self.case))

    def look_again(self) -> None:
        """See the case as it is now, after somebody else came first."""
        for name in ("case", "parties", "words", "mode", "ways_on", "opinion"):
            self.__dict__.pop(name, None)

    def answer(self, *, status: int = 200, **kwargs: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(**kwargs), status=status)

    def form(self, data: Any = None, **kwargs: Any) -> DecisionForm:
        correct = self.case.decision if self.mode == CORRECT else None
        outcomes = outcomes_for(self.case, self.at, instead_of=correct)
        return DecisionForm(
            data,
            case=self.case,
            texts=(steps.original_of(correct) if correct else None) or self.texts,
            outcomes=[Outcome.LIFT] if self.mode == LIFT else outcomes,
            language=self.case.language,
            moderated=processes_of(self.request.user),
            **kwargs,
        )

    def fresh_form(self) -> DecisionForm:
        initial: dict[str, Any] = {"seen_version": 0}
        if self.words:
            initial = {"seen_version": self.words.number, "seen_digest": self.words.digest}
        last = self.case.decision
        if self.mode == CORRECT and last:
            initial |= {"outcome": last.outcome, "facts": last.facts, "rule": _key_of(last.rule)}
        elif self.mode == LIFT:
            initial["outcome"] = Outcome.LIFT
        form = self.form(initial=initial)
        choice = form.choice(_key_of(self.case.rule))
        if choice and self.mode == DECIDE:
            form.initial.update(rule=choice.value, facts=choice.template)
        return form

    @property
    def reports(self) -> list[dict[str, Any]]:
        """What was reported, for who is no party to it; names for those with the right to them."""
        if self.bar:
            return []
        occasion = Occasion(self.request.user, self.case, self.at)
        return reading.reports_of(
            self.case,
            noticed_in=processes_of(self.request.user),
            with_names=may_read_names.allows(occasion),
        )

    @property
    def colleagues(self) -> list[tuple[int, str]]:
        """To whom it can be given."""
        if not self.case.is_open:
            return []
        people = moderators_of(self.case, besides=self.request.user, parties=self.parties)
        return [(user.pk, name_of(user)) for user in people]

    @property
    def texts(self) -> dict[str, str]:
        return self.words.fields if self.words else {}

    def filled(self, form: DecisionForm) -> DecisionForm:
        """The same form with the facts the chosen rule begins with; works without scripts."""
        data = self.request.POST.copy()
        choice = form.choice(data.get("rule", ""))
        if choice:
            data["facts"] = choice.template
        return self.form(initial=data.dict())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        case, user = self.case, self.request.user
        moderation = getattr(case.process, "moderation", None)
        return {
            **super().get_context_data(**kwargs),
            "case": case,
            "title": self.title,
            "kind": kind_label(case),
            "words": self.words,
            "around": reading.surroundings(case),
            "author": reading.author_of(case),
            "name_warnings": _mixed(case),
            "reports": self.reports,
            **reading.other_cases(case, user),
            "contact": (moderation and moderation.contact) or conf.EMERGENCY_CONTACT,
            "decisions": [] if self.opinion else steps.decisions_of(case),
            "measures": [] if self.opinion else Measure.objects.open().filter(decision__case=case),
            "opinion_url": url_of_opinion(self.opinion) if self.opinion else "",
            "is_overdue": case.is_overdue(self.at),
            "bar": self.bar,
            "lease": self.lease,
            "busy": name_of(self.lease.holder) if self.lease and self.is_kept_out else "",
            "colleagues": self.colleagues,
            "rule_title": reading.rules_in_words([case.rule]).get(case.rule.translation_key)
            if case.rule
            else "",
            "assigned": name_of(case.assigned_to) if case.assigned_to else "",
            "is_mine": case.assigned_to_id == user.pk,
            "mode": self.mode,
            "ways_on": self.ways_on,
            **kwargs,
        }


def url_of_opinion(opinion: SecondOpinion) -> str:
    return reverse(f"{URL_NAME}:opinion", args=[opinion.pk])


def ask_first(request: HttpRequest, opinion: SecondOpinion) -> HttpResponse:
    """Lead to the opinion that is to be given before what was decided may be read."""
    sentence = _now("Please give your own opinion first. Then you can read what was decided.")
    messages.info(request, sentence)
    return redirect(url_of_opinion(opinion))


def url_of_next(request: HttpRequest, query: str, *, after: Case | None = None) -> str:
    """Where the next case of the view is, else the view itself."""
    case = next_case(request, query, after=after)
    if case is None:
        url = reverse(f"{URL_NAME}:index")
        messages.info(request, _now("Nothing more waits here that nobody else is at."))
    else:
        url = reverse(f"{URL_NAME}:case", args=[case.uuid])
    return f"{url}?{query}" if query else url


def _key_of(rule: NetiquetteRule | None) -> str:
    return str(rule.translation_key) if rule else ""


def _mixed(case: Case) -> str:
    author = reading.author_of(case)
    return ", ".join(mixed_words(author.name)) if author else ""
