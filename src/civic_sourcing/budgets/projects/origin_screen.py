"""The screen on which officials say what a project was made of."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from civic_sourcing.attribution.actions.derive import DeriveContribution
from civic_sourcing.attribution.contributions.places import processes_of
from civic_sourcing.attribution.credits.policies import may_merge
from civic_sourcing.attribution.family.visibility import addresses
from civic_sourcing.attribution.models import Contribution, DerivationKind, State
from civic_sourcing.budgets.actions.projects import OFFICIALS
from civic_sourcing.budgets.contributions import KIND
from civic_sourcing.budgets.projects.origins import bar_of
from civic_sourcing.budgets.projects.screens import OneProjectScreen
from civic_sourcing.core import clock
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.policies import Occasion

FOUND_AT_MOST = 20


class OriginForm(forms.Form):
    """One proposal among those that were found."""

    origin: Any = forms.ModelChoiceField(
        label=_("Found"),
        queryset=Contribution.objects.none(),
        to_field_name="uuid",
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": _("Choose a proposal.")},
    )

    def __init__(self, *args: Any, choices: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["origin"].queryset = choices


class OriginsView(OneProjectScreen):
    """
    Say that a published project was made of a proposal; its authors are named and told.

    Proposals are looked for by the words of their titles, where the user is an official.
    """

    page_title = _("What the project was made of")
    template_name = "civic_sourcing/budgets/admin/origins.html"
    form_class = OriginForm

    def dispatch(self, *args: Any, **kwargs: Any) -> Any:
        if not may_merge.allows(Occasion(self.request.user, self.contribution, clock.now())):
            raise PermissionDenied
        return super().dispatch(*args, **kwargs)

    @cached_property
    def contribution(self) -> Contribution:
        contribution: Contribution = self.project.contribution
        return contribution

    @cached_property
    def words(self) -> str:
        typed: str = self.request.POST.get("q") or self.request.GET.get("q") or ""
        return typed.strip()[:100]

    @cached_property
    def candidates(self) -> Any:
        """What is published, is no project and has these words in its title."""
        reach = processes_of(self.request.user, OFFICIALS)
        rows = Contribution.objects.filter(process__in=reach, state=State.PUBLISHED)
        rows = rows.exclude(kind=KIND).filter(title__icontains=self.words)
        rows = rows.exclude(derived__target=self.contribution)
        keys = rows.order_by("-received_at").values_list("pk", flat=True) if self.words else []
        return Contribution.objects.filter(pk__in=list(keys[:FOUND_AT_MOST]))

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "choices": self.candidates.order_by("-received_at")}

    def form_valid(self, form: OriginForm) -> HttpResponse:
        source = form.cleaned_data["origin"]
        bar = bar_of(source, self.contribution.process)
        try:
            if bar:
                raise ActionRefused(bar, code="barred")
            DeriveContribution(
                self.contribution,
                by=self.request.user,
                source=source,
                kind=DerivationKind.BECOMES_PROJECT,
            ).execute()
        except ActionRefused as refused:
            form.add_error(None, refused.message)
            return self.render_to_response(self.get_context_data(form=form), status=409)
        messages.success(self.request, _("The authors are named with the project, and told."))
        return redirect(self.request.path)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sources = Contribution.objects.filter(derived__target=self.contribution)
        rows = list(sources.order_by("derived__pk"))
        known = addresses(rows)
        return {
            **super().get_context_data(**kwargs),
            "origins": [(row, known.get(row.pk, "")) for row in rows],
            "words": self.words,
            "found": bool(self.candidates),
        }
