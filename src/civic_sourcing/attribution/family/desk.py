"""Merging and splitting in Wagtail's admin."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from civic_sourcing.attribution.actions.derive import MergeContributions, SplitContribution
from civic_sourcing.attribution.credits.policies import may_merge
from civic_sourcing.attribution.entering.forms import MergeForm, SplitForm
from civic_sourcing.attribution.models import Contribution, State
from civic_sourcing.attribution.views.answers import place_of, status_of
from civic_sourcing.core import clock
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.policies import Occasion
from civic_sourcing.core.text import TextRefused

FOUND_AT_MOST = 20


class DeskView(WagtailAdminTemplateMixin, FormView):
    """A step of officials on contributions; the refusal comes back with what was typed."""

    header_icon = "duplicate"
    template_name = "civic_sourcing/attribution/admin/make.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Name the page in the header."""
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def refuse_others(self, contribution: Contribution) -> None:
        if not may_merge.allows(Occasion(self.request.user, contribution, clock.now())):
            raise PermissionDenied

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            contribution = self.take_step(form)
        except (ActionRefused, TextRefused) as refused:
            form.add_error(None, getattr(refused, "message", str(refused)))
            status = status_of(refused) if isinstance(refused, ActionRefused) else 409
            return self.render_to_response(self.get_context_data(form=form), status=status)
        return redirect("civic_attribution:credits", contribution.uuid)

    def take_step(self, form: Any) -> Contribution:
        raise NotImplementedError


class MergeView(DeskView):
    """Make one contribution of several. ``?contribution=<uuid>`` names them, repeated."""

    form_class = MergeForm
    page_title = _("Merge contributions")

    def dispatch(self, *args: Any, **kwargs: Any) -> Any:
        if not self.chosen:
            raise Http404
        self.refuse_others(self.chosen[0])
        return super().dispatch(*args, **kwargs)

    @cached_property
    def chosen(self) -> list[Contribution]:
        typed = [*self.request.GET.getlist("contribution"), *self.request.POST.getlist("originals")]
        rows = Contribution.objects.select_related("process").filter(uuid__in=numbers(typed))
        return list(rows.order_by("process_id", "sequence"))

    @cached_property
    def found(self) -> list[Contribution]:
        """Others of the same kind and process whose titles hold the words searched for."""
        words, first = self.request.GET.get("q", "").strip(), self.chosen[0]
        if not words:
            return []
        rows = Contribution.objects.of(first.process).filter(
            kind=first.kind, state=State.PUBLISHED, title__icontains=words
        )
        rows = rows.exclude(pk__in=[each.pk for each in self.chosen])
        return list(rows.order_by("-received_at")[:FOUND_AT_MOST])

    def get_form_kwargs(self) -> dict[str, Any]:
        keys = [each.pk for each in [*self.chosen, *self.found]]
        return {
            **super().get_form_kwargs(),
            "choices": Contribution.objects.filter(pk__in=keys).order_by("sequence"),
        }

    def get_initial(self) -> dict[str, Any]:
        texts = [latest_text(each) for each in self.chosen]
        return {
            "originals": [each.uuid for each in self.chosen],
            "title": self.chosen[0].title,
            "text": "\n\n".join(filter(None, texts)),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "submit": _("Merge"),
            "explanation": _(
                "The originals stay as they are, with their authors, their support and a link to "
                "the new contribution. Authors and supporters are told. Nobody speaks in an "
                "author’s name unless the author accepts an invitation."
            ),
            "search": True,
            "chosen": self.chosen,
            "q": self.request.GET.get("q", ""),
        }

    def take_step(self, form: MergeForm) -> Contribution:
        originals = list(form.cleaned_data["originals"])
        action = MergeContributions.of(
            originals,
            by=self.request.user,
            title=form.cleaned_data["title"],
            text=form.cleaned_data["text"],
            language=originals[0].language if originals else "",
        )
        merged: Contribution = action.execute()
        messages.success(self.request, _now("The contributions are merged."))
        return merged


class SplitView(DeskView):
    """Make several contributions of one."""

    form_class = SplitForm
    page_title = _("Split a contribution")

    def dispatch(self, *args: Any, **kwargs: Any) -> Any:
        self.refuse_others(self.original)
        return super().dispatch(*args, **kwargs)

    @cached_property
    def original(self) -> Contribution:
        rows = Contribution.objects.select_related("process").filter(uuid=self.kwargs["uuid"])
        found = rows.first()
        if found is None:
            raise Http404
        return found

    def get_page_subtitle(self) -> str:
        return self.original.title

    def get_initial(self) -> dict[str, Any]:
        return {"title_1": self.original.title, "text_1": latest_text(self.original)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "submit": _("Split"),
            "explanation": _(
                "The original stays as it is, with its author and its support. Its author is named "
                "with every part. Author and supporters are told."
            ),
            "place": place_of(self.original),
        }

    def take_step(self, form: SplitForm) -> Contribution:
        SplitContribution(self.original, by=self.request.user, parts=form.parts).execute()
        messages.success(self.request, _now("The parts are made."))
        return self.original


def latest_text(contribution: Contribution) -> str:
    last = contribution.versions.order_by("-number").first()
    return last.text if last else ""


def numbers(typed: list[str]) -> list[UUID]:
    """The UUIDs among what an address names; anything else is passed over."""
    found = []
    for each in typed:
        try:
            found.append(UUID(each))
        except ValueError:
            continue
    return found
