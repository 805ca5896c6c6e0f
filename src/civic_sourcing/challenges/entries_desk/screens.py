"""Entries of one challenge, questions of solvers, and entering for somebody."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from civic_sourcing.challenges.actions.on_behalf import EnterEntryFor
from civic_sourcing.challenges.asking.actions import DeclineQuestion, ReplyToQuestion
from civic_sourcing.challenges.asking.forms import DeclineForm, ReplyForm
from civic_sourcing.challenges.desk.screens import DeskScreen
from civic_sourcing.challenges.desk.steps import StepScreen
from civic_sourcing.challenges.editorial.sections import Section
from civic_sourcing.challenges.entering.files import questions_of
from civic_sourcing.challenges.entering.forms import EntryForm
from civic_sourcing.challenges.entering.numbers import number_of_entries
from civic_sourcing.challenges.entering.policies import first_round
from civic_sourcing.challenges.models import Entry, EntryState, SolverQuestion
from civic_sourcing.challenges.policies import may_read_entries
from civic_sourcing.challenges.sealing import opened_document
from civic_sourcing.core.policies import Occasion
from civic_sourcing.core.text import render

NAMESPACE = "civic_entries_admin"
FOLDER = "civic_sourcing/challenges/admin/entries"


def address(name: str, *args: Any) -> str:
    return reverse(f"{NAMESPACE}:{name}", args=args)


class EntriesDesk:
    """The ways between these screens."""

    section = Section.HOW_TO_ENTER
    process: Any

    def ways(self) -> dict[str, str]:
        names = ("entries", "questions", "enter_for")
        return {f"{name}_url": address(name, self.process.uuid) for name in names}


class EntriesView(EntriesDesk, DeskScreen):
    """How many entries there are; once they are opened, which."""

    form_class = forms.Form
    template_name = f"{FOLDER}/entries.html"
    page_title = pgettext_lazy("challenges", "Entries")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        entries = Entry.objects.of(self.process).filter(state=EntryState.SUBMITTED)
        rows = entries.select_related("round", "process", "contribution").order_by("number", "pk")
        opened = [entry for entry in rows if self.may_read(entry)]
        return {
            **super().get_context_data(**kwargs),
            **self.ways(),
            "number": number_of_entries(self.process, self.at),
            "lines": [(each, address("entry", self.process.uuid, each.uuid)) for each in opened],
            "waiting": SolverQuestion.objects.filter(process=self.process, replied_at=None).count(),
        }

    def may_read(self, entry: Entry) -> bool:
        occasion = Occasion(self.request.user, entry, self.at)
        return may_read_entries.allows(occasion) and opened_document(entry, self.at) is not None


class EntryView(EntriesView):
    """One entry, once it is opened; before that there is none."""

    template_name = f"{FOLDER}/entry.html"
    page_title = _("Entry")

    @cached_property
    def entry(self) -> Entry:
        rows = Entry.objects.of(self.process).select_related("round", "process", "contribution")
        entry = get_object_or_404(rows, uuid=self.kwargs["entry"])
        if not self.may_read(entry):
            raise Http404("No entry that can be read.")
        return entry

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        document = opened_document(self.entry, self.at) or {}
        numbers = [file["uuid"] for file in document.get("files", ())]
        return {
            **super().get_context_data(**kwargs),
            "entry": self.entry,
            "document": document,
            "rendered": render(document.get("description", "")),
            "files": list(self.entry.files.filter(uuid__in=numbers)),
        }


class ForSomebodyForm(EntryForm):
    """Somebody's entry as the office types it, and whose it is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        solver = forms.CharField(
            label=_("Whose entry is it?"),
            help_text=_("An e-mail address, or the name somebody has here. They verify it."),
            max_length=254,
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
        )
        self.fields = {"solver": solver, **self.fields}


class EnterForView(EntriesDesk, StepScreen):
    """Hand in what somebody brought to the office."""

    form_class = ForSomebodyForm
    page_title = _("Enter for somebody")
    introduction = _(
        "It is sealed like every other entry, from you, too, once you have handed it in. It is "
        "judged after the person has said that it is theirs."
    )
    submit = _("Hand in")
    done = _("It is handed in, and the person is asked whether it is theirs.")

    def get_form_kwargs(self) -> dict[str, Any]:
        round_ = first_round(self.process)
        return {**super().get_form_kwargs(), "questions": questions_of(round_) if round_ else []}

    def settle(self, form: ForSomebodyForm) -> None:
        EnterEntryFor(
            self.process,
            by=self.request.user,
            solver=form.cleaned_data["solver"],
            words=form.words,
            replies=form.replies,
        ).execute()

    @property
    def next_url(self) -> str:
        return address("entries", self.process.uuid)


class QuestionsView(EntriesDesk, DeskScreen):
    """What solvers asked, what waits first."""

    form_class = forms.Form
    template_name = f"{FOLDER}/questions.html"
    page_title = _("Questions of solvers")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = SolverQuestion.objects.filter(process=self.process)
        lines = [
            (each, *(address(name, self.process.uuid, each.uuid) for name in ("reply", "decline")))
            for each in sorted(rows, key=lambda row: row.replied_at is not None)
        ]
        return {**super().get_context_data(**kwargs), **self.ways(), "lines": lines}


class QuestionStep(EntriesDesk, StepScreen):
    """A step on one question of this challenge."""

    @cached_property
    def question(self) -> SolverQuestion:
        return get_object_or_404(SolverQuestion, process=self.process, uuid=self.kwargs["question"])

    def get_initial(self) -> dict[str, Any]:
        return {"question": self.question.text, "reply": self.question.reply}

    @property
    def next_url(self) -> str:
        return address("questions", self.process.uuid)


class ReplyView(QuestionStep):
    form_class = ReplyForm
    page_title = pgettext_lazy("question", "Reply")
    introduction = _("Question and reply are public; who asked is not told.")
    submit = _("Publish the reply")
    done = _("The reply is public, and everybody who takes part is told.")

    def settle(self, form: ReplyForm) -> None:
        ReplyToQuestion(self.question, by=self.request.user, **form.cleaned_data).execute()


class DeclineView(QuestionStep):
    form_class = DeclineForm
    page_title = _("Do not reply")
    submit = _("Decline")
    done = _("Who asked is told why.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "introduction": self.question.text}

    def settle(self, form: DeclineForm) -> None:
        DeclineQuestion(self.question, by=self.request.user, **form.cleaned_data).execute()


ADDRESSES = [
    path("<uuid:uuid>/", EntriesView.as_view(), name="entries"),
    path("<uuid:uuid>/enter-for/", EnterForView.as_view(), name="enter_for"),
    path("<uuid:uuid>/questions/", QuestionsView.as_view(), name="questions"),
    path("<uuid:uuid>/questions/<uuid:question>/reply/", ReplyView.as_view(), name="reply"),
    path("<uuid:uuid>/questions/<uuid:question>/decline/", DeclineView.as_view(), name="decline"),
    path("<uuid:uuid>/<uuid:entry>/", EntryView.as_view(), name="entry"),
]
