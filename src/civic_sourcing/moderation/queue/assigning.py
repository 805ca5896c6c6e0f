"""Take a case, give it on, stay at it: the small steps around a decision."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View
from wagtail.admin import messages

from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.moderation.actions.assigning import AssignCase, ReleaseCase, TakeCase
from civic_sourcing.moderation.colleagues import name_of
from civic_sourcing.moderation.models import Case
from civic_sourcing.moderation.queue.case_page import url_of_next
from civic_sourcing.moderation.queue.leases import drop_lease, renew_lease, take_lease
from civic_sourcing.moderation.queue.names import URL_NAME
from civic_sourcing.moderation.queue.screens import ModeratorsOnly, case_or_404


class CaseStepView(ModeratorsOnly, View):
    """One step by POST, and back to the case."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, uuid: Any) -> HttpResponse:
        case = case_or_404(request.user, uuid)
        try:
            sentence = self.step(case)
        except ActionRefused as error:
            messages.error(request, error.message)
        else:
            messages.success(request, sentence)
        return redirect(url_of(case, request.GET.urlencode()))

    def step(self, case: Case) -> str:
        """Take it; return the sentence that says so."""
        raise NotImplementedError


class TakeView(CaseStepView):
    def step(self, case: Case) -> str:
        TakeCase(case, by=self.request.user).execute()
        return _("The case is yours now.")


class ReleaseView(CaseStepView):
    def step(self, case: Case) -> str:
        ReleaseCase(case, by=self.request.user).execute()
        drop_lease(case, self.request.user)
        return _("The case is open to all again.")


class AssignView(CaseStepView):
    def step(self, case: Case) -> str:
        to = colleague_or_404(self.request.POST.get("to"))
        AssignCase(case, by=self.request.user, to=to).execute()
        drop_lease(case, self.request.user)
        return _("The case is with %(name)s now.") % {"name": name_of(to)}


class TakeLeaseView(CaseStepView):
    """Take over a case that a colleague has open."""

    def step(self, case: Case) -> str:
        take_lease(case, self.request.user, by_force=True)
        return _("You are at this case now.")


class LeaseView(ModeratorsOnly, View):
    """Stay at a case: 204, or 409 with a sentence where somebody took over."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, uuid: Any) -> HttpResponse:
        case = case_or_404(request.user, uuid)
        if not case.is_open:
            sentence = _("Somebody else decided this case in the meantime.")
        elif not renew_lease(case, request.user):
            sentence = _("%(name)s took over this case in the meantime.")
            sentence %= {"name": name_of(case.lease.holder)}
        else:
            return HttpResponse(status=204)
        return HttpResponse(sentence, status=409, content_type="text/plain; charset=utf-8")


class NextView(ModeratorsOnly, View):
    """Go to the next case of a view, after the one named."""

    def get(self, request: HttpRequest) -> HttpResponse:
        query = request.GET.copy()
        uuid = next(iter(query.pop("after", [])), "")
        after = None
        if uuid:
            after = case_or_404(request.user, uuid)
            drop_lease(after, request.user)
        return redirect(url_of_next(request, query.urlencode(), after=after))


def url_of(case: Case, query: str = "") -> str:
    url = reverse(f"{URL_NAME}:case", args=[case.uuid])
    return f"{url}?{query}" if query else url


def colleague_or_404(key: str | None) -> Any:
    """The active account of that key."""
    users = get_user_model()._base_manager.filter(is_active=True)
    user = users.filter(pk=key).first() if key and key.isdecimal() else None
    if user is None:
        raise Http404
    return user
