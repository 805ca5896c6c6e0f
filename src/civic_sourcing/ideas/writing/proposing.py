"""
One visit to the form for a new idea: which step, what was typed, what comes next.

Whatever is sent is kept first and judged afterwards, so that no refusal costs a word.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from functools import cached_property, partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from civic_sourcing.attribution.licences import offered
from civic_sourcing.attribution.models import Contribution
from civic_sourcing.core import clock
from civic_sourcing.core.exceptions import ActionRefused, IdempotencyConflict, RateLimited
from civic_sourcing.core.limits import client_ip
from civic_sourcing.core.text import render
from civic_sourcing.ideas import similar_ideas
from civic_sourcing.ideas.actions import ProposeIdea
from civic_sourcing.ideas.forms import ProposeIdeaForm
from civic_sourcing.ideas.models import IdeaDraft, IdeaFile
from civic_sourcing.ideas.policies import while_ideas_are_collected
from civic_sourcing.ideas.views import address, is_htmx, sentence, show, status_of
from civic_sourcing.ideas.writing import drafts, files, picking
from civic_sourcing.ideas.writing.fields import ticked
from civic_sourcing.ideas.writing.plan import ABOUT, CHECK, FILES, IDEA, FormPlan
from civic_sourcing.moderation import offers
from civic_sourcing.moderation.keeper import premoderation_of
from civic_sourcing.moderation.models import PreModeration
from civic_sourcing.moderation.newcomers import is_new
from civic_sourcing.moderation.waiting import usual_sentence
from civic_sourcing.participants.eligibility.policies import Eligibility
from civic_sourcing.participants.models import Participant

PUBLISH, NEXT, SAVE, DISCARD, TO = "publish", "next", "save", "discard", "to:"


class Proposal:
    """
    What one visitor writes for one forum.

    ``POST`` says in ``go`` what the button means: ``next``, ``save``, ``to:<step>``, ``discard``,
    one of ``files`` (``add:…``, ``remove:…``), and ``publish``, also where nothing is said.
    """

    def __init__(self, request: HttpRequest, forum: Any) -> None:
        self.request = request
        self.forum = forum
        self.plan = FormPlan(forum)
        self.typed = {name: request.POST[name] for name in request.POST}
        if self.plan.tag_words and self.typed.get("step") == IDEA:
            self.typed["tags"] = ticked(request.POST, "tags")
        self.draft = self._draft()

    def _draft(self) -> IdeaDraft | None:
        if self.forum.process is None:
            return None
        if self.request.method != "POST":
            if "new" in self.request.GET:
                return None
            return drafts.draft_of(self.request, self.forum, self.request.GET.get("draft"))
        if number := self.typed.get("draft"):
            return drafts.draft_of(self.request, self.forum, number)
        return self._draft_of_this_form()

    def _draft_of_this_form(self) -> IdeaDraft | None:
        """The one begun from this very form, as before signing in; none else is touched."""
        key = self.typed.get("request_key")
        found = drafts.draft_of(self.request, self.forum) if key else None
        return found if found and found.words.get("request_key") == key else None

    @cached_property
    def participant(self) -> Participant | None:
        user = self.request.user
        return Participant.objects.of(user) if user.is_authenticated else None

    @property
    def words(self) -> dict[str, Any]:
        kept = self.draft.words if self.draft else {}
        return {"request_key": str(uuid.uuid4()), **kept}

    @property
    def url(self) -> str:
        return address(self.request, self.forum, "propose")

    def form(self, data: Mapping[str, Any] | None = None, **kwargs: Any) -> ProposeIdeaForm:
        """The form with all fields, or with those of ``step``; the last asks about the person."""
        at_the_end = kwargs.get("step", CHECK) == CHECK
        return ProposeIdeaForm(
            data,
            forum=self.forum,
            licences=self.licences,
            plan=self.plan,
            participant=self.participant if at_the_end else None,
            **kwargs,
        )

    @cached_property
    def licences(self) -> list[Any]:
        return list(offered(self.forum.process)) if self.forum.process else []

    @property
    def waits(self) -> str:
        """What is said before publishing where a moderator reads it first."""
        process = self.forum.process
        mode = premoderation_of(process) if process else PreModeration.NONE
        first = mode == PreModeration.EVERYONE or (
            mode == PreModeration.NEWCOMERS and is_new(self.participant, clock.now())
        )
        return usual_sentence(process) if first else ""

    # What was asked for

    def open(self) -> HttpResponse:
        """Show the step asked for, else the one the draft was left at."""
        if self.draft and self.draft.step == drafts.FILED:
            return self.lead_to_filed()
        closed = sentence(while_ideas_are_collected, self.forum)
        if closed:
            return self.show_closed(closed, status=200)
        left_at = self.draft.step if self.draft else ""
        asked = self.request.GET.get("step")
        step = self.plan.step(asked or left_at)
        return self.show_step(step, kept=self.draft is not None and not asked)

    def receive(self) -> HttpResponse:
        """Do what the button says; too many drafts without signing in cost no word either."""
        try:
            return self._receive()
        except RateLimited as refused:
            step = self.plan.step(self.typed.get("step"))
            form = self.form(self.typed, step=step)
            return self.show_step(step, form=form, refused=refused.message, status=429)

    def _receive(self) -> HttpResponse:
        if self.draft and self.draft.step == drafts.FILED:
            return self.lead_to_filed()
        go = self.typed.get("go", PUBLISH)
        if go == DISCARD:
            return self.discard()
        if closed := sentence(while_ideas_are_collected, self.forum):
            self.keep()
            return self.show_closed(closed, status=409)
        return self._step_for(go)()

    def _step_for(self, go: str) -> Callable[[], HttpResponse]:
        """What the button means while the forum is open."""
        if picking.was_pressed(self.typed):
            return self.pick
        if files.is_step(go):
            return partial(self.take_files, go)
        if go == SAVE or go.startswith(TO):
            return partial(self.save, go)
        return self.go_on if go == NEXT else self.publish

    def keep(self, step: str = "") -> IdeaDraft:
        self.draft = drafts.keep(self.request, self.forum, self.typed, draft=self.draft, step=step)
        return self.draft

    def save(self, go: str) -> HttpResponse:
        """Keep what was typed, unchecked, and stay or go where the button leads."""
        here = self.plan.step(self.typed.get("step"))
        step = self.plan.step(go.removeprefix(TO)) if go.startswith(TO) else here
        self.keep(step)
        if is_htmx(self.request):
            context = {"draft": self.draft, "at": self.draft.changed_at if self.draft else None}
            return show(self.request, self.forum, "draft_saved", context)
        if go == SAVE:
            messages.success(self.request, _("Your draft is saved."), fail_silently=True)
        return self.lead_to(step)

    def pick(self) -> HttpResponse:
        """Put the spot pressed on the map into its field; the return key only goes on."""
        spot = picking.picked(self.typed)
        if not spot:
            return self.go_on()
        self.typed["coordinates"] = spot
        self.keep(ABOUT)
        return self.lead_to(ABOUT)

    def go_on(self) -> HttpResponse:
        step = self.plan.step(self.typed.get("step"))
        form = self.form(self.typed, step=step)
        if not form.is_valid():
            self.keep(step)
            return self.show_step(step, form=form)
        step = self.plan.after(step)
        self.keep(step)
        return self.lead_to(step)

    def discard(self) -> HttpResponse:
        if self.draft:
            drafts.discard(self.draft)
        messages.success(self.request, _("Your draft is gone."), fail_silently=True)
        return redirect(self.forum.get_url(self.request))

    def take_files(self, go: str) -> HttpResponse:
        draft = self.keep(FILES)
        adding = files.step(draft, self.plan, go, self.request)
        if adding is None:
            return self.lead_to(FILES)
        return self.show_step(FILES, adding=adding)

    def publish(self) -> HttpResponse:
        form = self.form({**self.words, **self.typed})
        if not form.is_valid() or files.missing(form, self.plan, self.draft):
            self.keep(form.first_wrong_step)
            return self.show_step(form.first_wrong_step, form=form)
        if not self.request.user.is_authenticated:
            self.keep(CHECK)
            return redirect_to_login(self.url)
        return self.file(form)

    def file(self, form: ProposeIdeaForm) -> HttpResponse:
        if offer := offers.settle(form, text="description", title="title"):
            self.keep(CHECK)
            return self.show_step(CHECK, form=form, offer=offer)
        words = form.arguments()
        key = form.cleaned_data["request_key"]
        words |= {"ip": client_ip(self.request), "draft": self.draft}
        proposal = ProposeIdea(self.forum, by=self.request.user, idempotency_key=key, **words)
        found = similar_ideas.before_publishing(self.request, self.forum, form)
        if found and not proposal.was_taken_before():
            self.keep(CHECK)
            similar_ideas.ask_for_difference(form, found)
            return self.show_step(CHECK, form=form, similar=found)
        try:
            idea = self.take(proposal, form)
        except IdempotencyConflict:
            self.keep(CHECK)
            return self.show_step(CHECK, form=with_new_key(form), sent_before=True, status=409)
        except (ActionRefused, ValidationError) as refused:
            self.keep(CHECK)
            return self.show_refused(form, refused)
        return show_filed(self.request, self.forum, idea)

    def take(self, proposal: ProposeIdea, form: ProposeIdeaForm) -> Any:
        """File the idea with all that belongs to it, or nothing of it."""
        given = form.cleaned_data
        with transaction.atomic():
            form.record_answers(self.request.user)
            idea = proposal.execute()
            similar_ideas.keep_difference(idea, given["offered"], given["difference"])
            if self.draft:
                drafts.mark_filed(self.draft, idea)
        return idea

    # What is shown

    def lead_to(self, step: str) -> HttpResponse:
        number = str(self.draft.uuid) if self.draft else ""
        return redirect(f"{self.url}?{urlencode({'draft': number, 'step': step})}")

    def lead_to_filed(self) -> HttpResponse:
        """Where a draft that was filed already leads to: a button pressed twice is no mistake."""
        assert self.draft is not None
        number = self.draft.words.get("contribution")
        contribution = Contribution.objects.filter(uuid=number).first()
        url = contribution.kind_of.url(contribution) if contribution else ""
        return redirect(url or self.forum.get_url(self.request))

    def show_refused(self, form: ProposeIdeaForm, refused: Any) -> HttpResponse:
        if isinstance(refused, ActionRefused):
            said, status = refused.message, status_of(refused)
        else:
            said, status = " ".join(refused.messages), 200
        return self.show_step(CHECK, form=form, refused=said, status=status)

    def show_closed(self, closed: str, *, status: int) -> HttpResponse:
        """Everything that was typed, to be copied; nothing where nothing was."""
        has_words = self.draft is not None
        form = self.form({**self.words, **self.typed}) if has_words else None
        return self.show(form, closed=closed, has_words=has_words, status=status)

    def show_step(
        self, step: str, *, form: ProposeIdeaForm | None = None, **context: Any
    ) -> HttpResponse:
        if form is None:
            form = self.form(initial=self.words, step=step)
        if step == CHECK:
            context |= self.preview(form)
        if step == ABOUT and "coordinates" in form.fields:
            context["pick"] = picking.PickMap(str(form["coordinates"].value() or ""))
        if step == FILES:
            context.setdefault("adding", files.AddForms(self.plan, self.draft))
        return self.show(form, step=step, **context)

    def preview(self, form: ProposeIdeaForm) -> dict[str, Any]:
        """The idea as it is going to be read, and what is missing on steps before."""
        whole = form if form.is_bound and not form.step else self.form(self.words)
        whole.is_valid()
        files.missing(whole, self.plan, self.draft)
        given = whole.cleaned_data
        wrong = {whole.step_of(name) for name in whole.errors} - {CHECK}
        return {
            "preview": given,
            "rendered": render(given.get("description", "")),
            "facts": files.facts(self.plan, given, self.draft),
            "wrong": [step for step in self.plan.steps(CHECK) if step.key in wrong],
            "waits": self.waits,
        }

    def show(
        self, form: ProposeIdeaForm | None, *, status: int = 200, step: str = "", **context: Any
    ) -> HttpResponse:
        request, forum = self.request, self.forum
        found = drafts.drafts_of(request, forum) if forum.process else IdeaDraft.objects.none()
        context |= {
            "form": form,
            "step": step,
            "steps": self.plan.steps(step) if step else [],
            "before": self.plan.before(step) if step else "",
            "names": [name for name in form.fields if form.step_of(name) == step] if form else [],
            "draft": self.draft,
            "photos": IdeaFile.objects.filter(draft=self.draft) if self.draft else [],
            "others": [one for one in found.exclude(step=drafts.FILED) if one != self.draft],
            "trail": [{"title": forum.title, "url": forum.get_url(request)}],
            "eligibility": Eligibility(request.user, forum.process, clock.now()),
            "similar_url": address(request, forum, "similar"),
            "propose_url": self.url,
        }
        return show(request, forum, "propose", context, status=status)


def show_filed(request: HttpRequest, forum: Any, idea: Any) -> HttpResponse:
    """Lead to the idea; where it waits at the gate, back to the forum with what it waits for."""
    if idea.live:
        messages.success(request, forum.words.published, fail_silently=True)
        return redirect(idea.get_url(request))
    waits = " ".join(idea.contribution.waits_for) or _("We will tell you when it is published.")
    messages.info(
        request,
        _("We have received “%(idea)s”. It waits before others can see it. %(reason)s")
        % {"idea": idea.title, "reason": waits},
        fail_silently=True,
    )
    return redirect(forum.get_url(request))


def with_new_key(form: ProposeIdeaForm) -> ProposeIdeaForm:
    """The same words under a new key: sending them again is then meant as another idea."""
    sent = {name: form.data[name] for name in form.data}
    form.data = {**sent, "request_key": str(uuid.uuid4())}
    return form
