"""One visit of an author to the form on which an idea is changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from civic_sourcing.core import clock
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.policies import Occasion
from civic_sourcing.ideas.actions import EditIdea
from civic_sourcing.ideas.forms import EditIdeaForm, initial_of
from civic_sourcing.ideas.models import IdeaFile
from civic_sourcing.ideas.views import show, status_of
from civic_sourcing.ideas.writing.fields import initial_replies
from civic_sourcing.ideas.writing.plan import FormPlan
from civic_sourcing.ideas.writing.policies import is_fresh, may_edit
from civic_sourcing.moderation import offers


class Editing:
    def __init__(self, request: HttpRequest, idea: Any) -> None:
        self.request = request
        self.idea = idea
        self.at = clock.now()
        self.forum = idea.get_parent().specific
        self.plan = FormPlan(self.forum, idea)
        self.fresh = is_fresh(idea, self.at)

    @property
    def refusal(self) -> str:
        refusal = may_edit.refusal(Occasion(self.request.user, self.idea, self.at))
        return str(refusal.message) if refusal else ""

    def form(
        self, data: Mapping[str, Any] | None = None, files: Mapping[str, Any] | None = None
    ) -> EditIdeaForm:
        photos = IdeaFile.objects.photos().filter(contribution=self.idea.contribution_id)
        initial = initial_of(self.idea, initial_replies(self.idea)) if data is None else None
        return EditIdeaForm(
            data,
            files,
            plan=self.plan,
            photos=list(photos),
            needs_note=not self.fresh,
            initial=initial,
        )

    def open(self) -> HttpResponse:
        return self.show(self.form(), refused=self.refusal, closed=bool(self.refusal))

    def receive(self) -> HttpResponse:
        form = self.form(self.request.POST, self.request.FILES)
        if refusal := self.refusal:
            return self.show(form, refused=refusal, status=409)
        if not form.is_valid():
            return self.show(form)
        if offer := offers.settle(form, text="description", title="title"):
            return self.show(form, offer=offer)
        try:
            change = EditIdea(self.idea, by=self.request.user, **form.arguments()).execute()
        except ActionRefused as refused:
            return self.show(form, refused=refused.message, status=status_of(refused))
        except ValidationError as refused:
            return self.show(form, refused=" ".join(refused.messages))
        return self.lead_back(change)

    def lead_back(self, change: Any) -> HttpResponse:
        self.idea.refresh_from_db(fields=["live"])
        if not self.idea.live:
            said = _("Your change waits before others can see it, and so does your text.")
            messages.info(self.request, said, fail_silently=True)
            return redirect(self.forum.get_url(self.request))
        said = _("Your change is saved.") if change else _("Nothing was changed.")
        messages.success(self.request, said, fail_silently=True)
        return redirect(self.idea.get_url(self.request))

    def show(self, form: EditIdeaForm, *, status: int = 200, **context: Any) -> HttpResponse:
        supported = self.idea.supports.exists()
        context |= {
            "form": form,
            "supported": supported,
            "lost": "photo" in self.request.FILES,
            "idea_url": self.idea.get_url(self.request),
            "trail": [
                {"title": self.forum.title, "url": self.forum.get_url(self.request)},
                {"title": self.idea.title, "url": self.idea.get_url(self.request)},
            ],
        }
        return show(self.request, self.idea, "edit", context, status=status)
