"""
What is done with several ideas at once in the explorer: each by its own action, so that rights,
log and notices are the same as one by one. What an action refuses is said; the others are done.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

import swapper
from django import forms
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property, classproperty
from django.utils.http import urlencode
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.pages.bulk_actions.page_bulk_action import PageBulkAction
from wagtail.permission_policies.pages import PagePermissionPolicy

from civic_sourcing.answers.actions import AssignPromise, DraftAnswer, MakePromise, PublishAnswer
from civic_sourcing.answers.desk.reach import owner_choices
from civic_sourcing.answers.models import AnswerDecision, Promise
from civic_sourcing.attribution.actions import HideContribution, RestoreContribution
from civic_sourcing.attribution.actions.derive import MOST as MOST_MERGED
from civic_sourcing.attribution.contributions.places import processes_of
from civic_sourcing.attribution.entering.places import titles_of
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.ideas.actions.move import MoveIdea
from civic_sourcing.ideas.actions.stages import ChangeStage
from civic_sourcing.ideas.contributions import idea_models
from civic_sourcing.ideas.desk.filters import IdeaFilterSet
from civic_sourcing.ideas.desk.forms import AssignForm, MoveForm, StageForm
from civic_sourcing.ideas.kinds import IDEAS
from civic_sourcing.ideas.models import Stage
from civic_sourcing.ideas.search import found
from civic_sourcing.ideas.stages import following
from civic_sourcing.processes.models import Process
from civic_sourcing.processes.roles import roles_of

MOST = 200
"""Ideas taken on in one step."""

DECISIONS = {
    Stage.ACCEPTED: AnswerDecision.ACCEPTED,
    Stage.PROGRESS: AnswerDecision.ACCEPTED,
    Stage.DONE: AnswerDecision.ACCEPTED,
    Stage.BALLOT: AnswerDecision.ACCEPTED,
    Stage.DECLINED: AnswerDecision.DECLINED,
    Stage.REFERRED: AnswerDecision.REFERRED,
}
"""What an official answer decides that comes with a stage; otherwise it only answers."""


class IdeaBulkAction(PageBulkAction):
    """
    A step on the ideas chosen that their ``role`` may take.

    Subclasses say what is asked (``form_class``), what is done with one idea (``take``) and what is
    said afterwards (``done``).
    """

    role: ClassVar[str] = "official"
    template_name = "civic_sourcing/ideas/admin/bulk.html"
    question: ClassVar[Any]
    submit: ClassVar[Any]
    form_class: type[Any] = forms.Form

    @classproperty
    def models(cls) -> list[Any]:
        return idea_models()

    def take(self, idea: Any, answers: dict[str, Any]) -> None:
        """Take the step on one idea with what the form said. Raises ``ActionRefused``."""
        raise NotImplementedError

    def done(self, number: int) -> str:
        """What is said when so many ideas are done."""
        raise NotImplementedError

    def answers(self, form: Any) -> dict[str, Any]:
        """What ``take`` needs of the form."""
        return dict(form.cleaned_data)

    @cached_property
    def chosen(self) -> list[Any]:
        keys = self.request.GET.getlist("id")
        if "all" in keys:
            keys = list(self._all_in_list())
        ideas = self.model._default_manager.filter(pk__in=[key for key in keys if _is_key(key)])
        ideas = ideas.select_related("contribution__process", "process", "locale")
        return list(ideas.order_by("pk"))

    @cached_property
    def processes(self) -> list[Process]:
        """The forums of the ideas that can be worked on."""
        found = {idea.process_id: idea.process for idea in self.reachable}
        return list(found.values())

    @cached_property
    def reachable(self) -> list[Any]:
        return [idea for idea in self.chosen if self.check_perm(idea)]

    def check_perm(self, idea: Any) -> bool:
        return self.role in roles_of(self.request.user, idea.process)

    def get_actionable_objects(self) -> tuple[list[Any], dict[str, list[Any]]]:
        reachable = self.reachable
        others = [idea for idea in self.chosen if idea not in reachable]
        return reachable, {"items_with_no_access": others}

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.refuse_elsewhere()
        if len(self.chosen) > MOST:
            sentence = _now("At most %(most)d contributions can be worked on in one step.")
            messages.error(request, sentence % {"most": MOST})
            return redirect(self.next_url)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {
            **context,
            "question": self.question,
            "submit": self.submit,
            "title": self.display_name,
        }

    def get_execution_context(self) -> dict[str, Any]:
        return {"step": self, "answers": self.answers(self.cleaned_form)}

    @classmethod
    def execute_action(
        cls, objects: list[Any], step: Any = None, answers: Any = None, **kwargs: Any
    ) -> tuple[int, int]:
        number = 0
        for idea in objects:
            try:
                with transaction.atomic():
                    step.take(idea, answers)
            except ActionRefused as refused:
                step.refuse(idea, refused)
            else:
                number += 1
        return number, 0

    def refuse(self, idea: Any, refused: ActionRefused) -> None:
        title = idea.get_admin_display_title()
        messages.error(self.request, f"“{title}”: {refused.message}")

    def get_success_message(self, number: int, children: int) -> str | None:
        return self.done(number) if number else None

    def refuse_elsewhere(self) -> None:
        """Answer 404 to who neither works in these forums nor may open their lists."""
        if not self.chosen or self.reachable:
            return
        pages = PagePermissionPolicy().explorable_instances(self.request.user)
        if not pages.filter(pk__in=[idea.pk for idea in self.chosen]).exists():
            raise Http404

    def _all_in_list(self) -> Any:
        """Every idea of the forum whose list this is, as it is filtered and searched now."""
        asked = self.request.GET
        process = self._process_at(asked.get("childOf", ""))
        ideas = self.model._default_manager.filter(process=process)
        filters = IdeaFilterSet(asked, queryset=ideas, request=self.request, process=process)
        ideas = filters.filter_queryset(ideas) if filters.is_valid() else ideas.none()
        ideas = found(ideas, asked.get("q", ""))
        return ideas.order_by("pk").values_list("pk", flat=True)[: MOST + 1]

    def _process_at(self, page: str) -> Process | None:
        if not _is_key(page):
            return None
        pages = swapper.load_model("wagtailcore", "Page").objects.filter(pk=page)
        return Process.objects.filter(translation_key__in=pages.values("translation_key")).first()


class AssignIdeas(IdeaBulkAction):
    """Say who cares for the answers to the ideas chosen."""

    display_name = _("Assign")
    aria_label = _("Say who cares for what is chosen")
    action_type = "assign"
    action_priority = 10
    form_class = AssignForm
    question = _("Who cares for the answers to these contributions?")
    submit = _("Assign")

    def get_form_kwargs(self) -> dict[str, Any]:
        places = [dict(owner_choices(process)) for process in self.processes]
        everywhere = set.intersection(*map(set, places)) if places else set()
        people = [(key, name) for key, name in (places[0].items() if places else ())]
        return {
            **super().get_form_kwargs(),
            "people": [choice for choice in people if choice[0] in everywhere],
        }

    def answers(self, form: Any) -> dict[str, Any]:
        cleaned = form.cleaned_data
        return {
            "owner": cleaned["owner"],
            "department": cleaned["department"],
            "due_at": form.due_at,
        }

    def take(self, idea: Any, answers: dict[str, Any]) -> None:
        """Hand over what is owed; where nothing is, promise an answer by the day given."""
        owed = list(Promise.objects.of(idea.contribution).running().answers())
        by, due_at = self.request.user, answers["due_at"]
        owner, department = answers["owner"], answers["department"]
        for promise in owed:
            AssignPromise(
                promise,
                by=by,
                owner=owner or promise.owner,
                department=department or promise.department,
            ).execute()
        if not owed and due_at is None:
            raise ActionRefused(
                _("No answer is owed to it yet. Give a day by which it is answered."),
                code="nothing-owed",
            )
        if not owed:
            MakePromise(
                idea.contribution, by=by, due_at=due_at, owner=owner, department=department
            ).execute()

    def done(self, number: int) -> str:
        return ngettext(
            "%(number)d contribution is assigned.", "%(number)d contributions are assigned.", number
        ) % {"number": number}


class ChangeStages(IdeaBulkAction):
    """Put the ideas chosen into another stage, with a text, or answer them all alike."""

    display_name = _("Change stage")
    aria_label = _("Put what is chosen into another stage")
    action_type = "change_stage"
    action_priority = 20
    form_class = StageForm
    question = _("Into which stage?")
    submit = _("Change stage")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer what may follow the stages of all ideas chosen."""
        common = following([idea.stage for idea in self.reachable])
        return {**super().get_form_kwargs(), "stages": common}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        if not context["form"].fields["stage"].choices:
            context["impossible"] = _(
                "No stage can follow the stages of all these contributions. Choose some that "
                "are in the same stage."
            )
        return context

    def take(self, idea: Any, answers: dict[str, Any]) -> None:
        by, stage = self.request.user, answers["stage"]
        note, reason_codes = answers["note"], answers["reason_codes"]
        ChangeStage(idea, by=by, stage=stage, note=note, reason_codes=reason_codes).execute()
        if answers["is_answer"]:
            self._answer(idea, stage=Stage(stage), text=note, reason_codes=reason_codes)

    def _answer(self, idea: Any, *, stage: Stage, text: str, reason_codes: list[str]) -> None:
        """Publish the text as the city's answer."""
        by = self.request.user
        answer = DraftAnswer(
            idea.contribution,
            by=by,
            decision=DECISIONS.get(stage, AnswerDecision.ANSWERED),
            text=text,
            reason_codes=reason_codes,
        ).execute()
        PublishAnswer(answer, by=by).execute()

    def done(self, number: int) -> str:
        return ngettext(
            "%(number)d contribution is in another stage now.",
            "%(number)d contributions are in another stage now.",
            number,
        ) % {"number": number}


class MoveIdeas(IdeaBulkAction):
    """Move the ideas chosen to the forum where they belong."""

    display_name = _("Move to another forum")
    aria_label = _("Move what is chosen to another forum")
    action_type = "move_ideas"
    action_priority = 40
    form_class = MoveForm
    question = _("To which forum?")
    submit = _("Move")

    def get_form_kwargs(self) -> dict[str, Any]:
        mine = processes_of(self.request.user, frozenset({self.role})).filter(kind=IDEAS)
        here = {process.pk for process in self.processes}
        others = [process for process in mine if {process.pk} != here]
        return {**super().get_form_kwargs(), "titles": titles_of(others)}

    def take(self, idea: Any, answers: dict[str, Any]) -> None:
        MoveIdea(idea, by=self.request.user, process=answers["forum"]).execute()

    def done(self, number: int) -> str:
        return ngettext(
            "%(number)d contribution is moved.", "%(number)d contributions are moved.", number
        ) % {"number": number}


class MergeIdeas(IdeaBulkAction):
    """Lead from the ideas chosen to the form that merges them; it asks who may."""

    display_name = _("Merge contributions")
    aria_label = _("Merge what is chosen")
    action_type = "merge_ideas"
    action_priority = 30

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.refuse_elsewhere()
        chosen = self.reachable[: MOST_MERGED + 1]
        numbers = [("contribution", str(idea.contribution.uuid)) for idea in chosen]
        if len(numbers) < 2:
            messages.error(request, _now("Choose at least two contributions to merge."))
            back = get_valid_next_url_from_request(request)
            return redirect(back or reverse("wagtailadmin_explore_root"))
        return redirect(f"{reverse('civic_attribution_admin:merge')}?{urlencode(numbers)}")


class HideIdeas(IdeaBulkAction):
    """Take the ideas chosen out of sight, as a moderator."""

    role = "moderator"
    display_name = _("Hide")
    aria_label = _("Hide what is chosen")
    action_type = "hide"
    action_priority = 50
    classes: ClassVar[set[str]] = {"serious"}
    question = _("Do you want to hide these contributions?")
    submit = _("Hide")
    step: ClassVar[Callable[..., Any]] = HideContribution

    def take(self, idea: Any, answers: dict[str, Any]) -> None:
        type(self).step(idea.contribution, by=self.request.user).execute()

    def done(self, number: int) -> str:
        return ngettext(
            "%(number)d contribution is hidden.", "%(number)d contributions are hidden.", number
        ) % {"number": number}


class RestoreIdeas(HideIdeas):
    """Put the ideas chosen back where they were, as a moderator."""

    display_name = _("Put back")
    aria_label = _("Put what is chosen back")
    action_type = "restore"
    action_priority = 60
    classes: ClassVar[set[str]] = set()
    question = _("Do you want to put these contributions back?")
    submit = _("Put back")
    step: ClassVar[Callable[..., Any]] = RestoreContribution

    def done(self, number: int) -> str:
        return ngettext(
            "%(number)d contribution can be seen again.",
            "%(number)d contributions can be seen again.",
            number,
        ) % {"number": number}


BULK_ACTIONS = (AssignIdeas, ChangeStages, MergeIdeas, MoveIdeas, HideIdeas, RestoreIdeas)


def _is_key(text: Any) -> bool:
    return str(text).isdecimal() and len(str(text)) < 19
