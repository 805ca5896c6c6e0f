"""Whom a challenge was passed on to, and how many came through each."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from civic_sourcing.challenges.actions.partners import InvitePartners
from civic_sourcing.challenges.desk.names import address
from civic_sourcing.challenges.desk.screens import DeskScreen
from civic_sourcing.challenges.editorial.sections import Section
from civic_sourcing.challenges.models import Partner
from civic_sourcing.challenges.partners.figures import brought


class InviteForm(forms.Form):
    partners: Any = forms.ModelMultipleChoiceField(
        None, label=_("Partners"), widget=forms.CheckboxSelectMultiple
    )
    by_mail = forms.BooleanField(
        label=_("Write to those with an e-mail address"), required=False, initial=True
    )

    def __init__(self, *args: Any, process: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["partners"]
        there = Partner.objects.filter(retired=False)
        chosen.queryset = there.exclude(invitations__process=process)


class PartnersView(DeskScreen):
    """Invite partners, and see what came of it."""

    section = Section.RESOURCES
    form_class = InviteForm
    template_name = "civic_sourcing/challenges/admin/partners.html"
    page_title = _("Partners")
    done = _("The partners are invited.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "process": self.process}

    def settle(self, form: InviteForm) -> None:
        InvitePartners(self.process, by=self.request.user, **form.cleaned_data).execute()

    @property
    def next_url(self) -> str:
        return address("partners", self.process)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lines = brought(self.process, self.at)
        return {
            **super().get_context_data(**kwargs),
            "lines": [(each, self._link(each)) for each in lines],
            "in_steps": any(each.in_steps for each in lines),
            "directory_url": reverse("civic_partners_admin:index"),
        }

    def _link(self, line: Any) -> str:
        if line.invitation is None:
            return ""
        path = reverse("civic_challenges:via", args=[line.invitation.code])
        return self.request.build_absolute_uri(path)
