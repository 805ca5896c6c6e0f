"""The screen on which a project is taken off the ballot paper, with a reason for everybody."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from civic_sourcing.budgets.actions import WithdrawProject
from civic_sourcing.budgets.policies import MayRunVote
from civic_sourcing.budgets.projects.screens import OneProjectScreen
from civic_sourcing.core import clock
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.forms import PlainTextField
from civic_sourcing.core.policies import Occasion

REASON_LENGTH = 2000


class WithdrawForm(forms.Form):
    """Why."""

    reason = PlainTextField(
        label=_("Reason"),
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Everybody reads it on the page of the project."),
    )


class WithdrawView(OneProjectScreen):
    """Take a project off the ballot paper for good; its page stays and says why."""

    page_title = _("Withdraw the project")
    header_icon = "cross"
    template_name = "civic_sourcing/budgets/admin/withdraw.html"
    form_class = WithdrawForm

    def dispatch(self, *args: Any, **kwargs: Any) -> Any:
        if not MayRunVote().allows(Occasion(self.request.user, self.project, clock.now())):
            raise PermissionDenied
        return super().dispatch(*args, **kwargs)

    def form_valid(self, form: WithdrawForm) -> HttpResponse:
        reason = form.cleaned_data["reason"]
        try:
            WithdrawProject(self.project, by=self.request.user, reason=reason).execute()
        except ActionRefused as refused:
            form.add_error(None, refused.message)
            return self.render_to_response(self.get_context_data(form=form), status=409)
        messages.success(self.request, _("The project is withdrawn. Its page says why."))
        return redirect(self.back_url)
