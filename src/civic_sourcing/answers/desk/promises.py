"""Steps on one promise: make, hand over, extend, waive."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from civic_sourcing.answers.actions import AssignPromise, ExtendPromise, MakePromise, WaivePromise
from civic_sourcing.answers.conf import conf
from civic_sourcing.answers.desk.promise_forms import (
    CareForm,
    ExtendForm,
    MakePromiseForm,
    WaiveForm,
)
from civic_sourcing.answers.desk.reach import owner_choices
from civic_sourcing.answers.desk.screens import StepScreen
from civic_sourcing.answers.display.clocks import Clock, clock_of
from civic_sourcing.answers.display.departments import Names
from civic_sourcing.answers.models import Promise, PromiseKind


class MakePromiseView(StepScreen):
    """Promise an answer or a delivery by hand."""

    form_class = MakePromiseForm
    page_title = _("Promise something")
    submit = _("Promise it")
    done = _("It is promised. The clock runs, and everybody can read it.")
    introduction = _("The day is published beside the text, and what is late is shown in red.")

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().get_form_kwargs()
        return {**kwargs, "people": owner_choices(self.contribution)}

    def get_initial(self) -> dict[str, Any]:
        due = timezone.localdate() + timedelta(days=conf.ANSWER_DAYS)
        return {"kind": PromiseKind.ANSWER, "due_on": due}

    def settle(self, form: MakePromiseForm) -> None:
        MakePromise(self.contribution, by=self.request.user, **form.arguments).execute()


class PromiseScreen(StepScreen):
    """A step on one promise of the contribution."""

    template_name = "civic_sourcing/answers/admin/promise_step.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        rows = Promise.objects.of(self.contribution).select_related("department", "owner")
        found = rows.filter(uuid=kwargs["promise"]).first()
        if found is None:
            raise Http404
        self.promise: Promise = found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        clock: Clock = clock_of(self.promise, self.at, Names())
        return {**context, "clock": clock}


class AssignView(PromiseScreen):
    """Who cares for it."""

    form_class = CareForm
    page_title = _("Hand over")
    submit = _("Hand over")
    done = _("It is handed over.")

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().get_form_kwargs()
        return {**kwargs, "people": owner_choices(self.contribution)}

    def get_initial(self) -> dict[str, Any]:
        department = self.promise.department
        shown = department and department.in_language(get_language())
        return {"department": shown, "owner": str(self.promise.owner_id or "")}

    def settle(self, form: CareForm) -> None:
        AssignPromise(self.promise, by=self.request.user, **form.cleaned_data).execute()


class ExtendView(PromiseScreen):
    """More time, before it is due."""

    form_class = ExtendForm
    page_title = _("Take more time")
    submit = _("Take more time")
    done = _("The new day is published with your reason.")

    def settle(self, form: ExtendForm) -> None:
        reason = form.cleaned_data["reason"]
        ExtendPromise(
            self.promise, by=self.request.user, due_at=form.due_at, reason=reason
        ).execute()


class WaiveView(PromiseScreen):
    """Let nothing be owed any more."""

    form_class = WaiveForm
    page_title = _("Waive the promise")
    submit = _("Waive the promise")
    done = _("Nothing is owed any more. Your reason is published.")
    is_dangerous = True

    def settle(self, form: WaiveForm) -> None:
        WaivePromise(self.promise, by=self.request.user, **form.cleaned_data).execute()
