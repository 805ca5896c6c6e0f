"""Writing, completing, publishing and correcting answers."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages

from civic_sourcing.answers.actions import (
    ContributePart,
    CorrectAnswer,
    DiscardAnswer,
    DraftAnswer,
    PublishAnswer,
    ReviseAnswer,
)
from civic_sourcing.answers.actions.answers import fingerprint
from civic_sourcing.answers.desk.answer_forms import (
    AnswerForm,
    NoFields,
    PartForm,
    initial_of,
)
from civic_sourcing.answers.desk.names import URL_NAME
from civic_sourcing.answers.desk.screens import StepScreen
from civic_sourcing.answers.display.answers import html_of, shown
from civic_sourcing.answers.display.departments import Names
from civic_sourcing.answers.models import WRITABLE, AnswerKind, AnswerPart, OfficialAnswer
from civic_sourcing.answers.places import parts_for
from civic_sourcing.core.exceptions import ActionRefused


class DraftView(StepScreen):
    """Begin an answer. Nobody outside sees it before it is published."""

    template_name = "civic_sourcing/answers/admin/write.html"
    form_class = AnswerForm
    page_title = _("Write an answer")
    submit = _("Save and look at it")
    done = _("The draft is saved. Nobody outside can read it yet.")
    is_beside_text = True

    def get_initial(self) -> dict[str, Any]:
        return {"kind": AnswerKind.FINAL, "decision": "", "language": self.contribution.language}

    def settle(self, form: AnswerForm) -> None:
        draft = DraftAnswer(self.contribution, by=self.request.user, **form.words)
        self.answer: OfficialAnswer = draft.execute()

    def get_success_url(self) -> str:
        answer = getattr(self, "answer", None)
        return address_of(answer) if answer else self.contribution_url


class AnswerScreen(StepScreen):
    """A step on one answer to the contribution."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        rows = OfficialAnswer.objects.of(self.contribution).exclude(state="discarded")
        rows = rows.select_related("department__locale", "corrects")
        found = rows.filter(uuid=kwargs["answer"]).first()
        if found is None:
            raise Http404
        self.answer: OfficialAnswer = found

    def get_success_url(self) -> str:
        return address_of(self.answer)


class ReviseView(AnswerScreen):
    """Change a draft, unless somebody else has in the meantime."""

    template_name = "civic_sourcing/answers/admin/write.html"
    form_class = AnswerForm
    page_title = _("Change the draft")
    submit = _("Save and look at it")
    done = _("The draft is saved. Nobody outside can read it yet.")
    is_beside_text = True

    def get_initial(self) -> dict[str, Any]:
        return initial_of(self.answer, get_language() or "")

    def settle(self, form: AnswerForm) -> None:
        seen = form.cleaned_data["seen"]
        try:
            ReviseAnswer(self.answer, by=self.request.user, seen=seen, **form.words).execute()
        except ActionRefused as refused:
            if refused.code == "changed":
                self.show_other_text(form)
            raise

    def show_other_text(self, form: AnswerForm) -> None:
        """Show what the other wrote; sending the form once more puts one's own in its place."""
        self.answer.refresh_from_db()
        self.other_text = self.answer.text
        form.data = form.data.copy()
        form.data["seen"] = fingerprint(self.answer)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        other = getattr(self, "other_text", "")
        return {**super().get_context_data(**kwargs), "other_text": other}


class CorrectView(AnswerScreen):
    """Begin a correction of what is published."""

    template_name = "civic_sourcing/answers/admin/write.html"
    form_class = AnswerForm
    page_title = _("Correct the answer")
    submit = _("Save and look at it")
    done = _("The correction is saved as a draft. The published answer stands until then.")
    introduction = _("Both stay readable: the correction, and beneath it what it corrects.")
    is_beside_text = True

    def get_initial(self) -> dict[str, Any]:
        return initial_of(self.answer, get_language() or "")

    def settle(self, form: AnswerForm) -> None:
        correction = CorrectAnswer(self.answer, by=self.request.user, **form.words)
        self.answer = correction.execute()


class PreviewView(AnswerScreen):
    """The answer as everybody will read it, with what is missing; then publish it."""

    template_name = "civic_sourcing/answers/admin/preview.html"
    form_class = NoFields
    page_title = _("Answer")
    submit = _("Publish the answer")
    done = _("The answer is published. Everybody concerned is told.")

    def settle(self, form: NoFields) -> None:
        PublishAnswer(self.answer, by=self.request.user).execute()

    def form_valid(self, form: NoFields) -> HttpResponse:
        if self.answer.is_published:
            messages.success(self.request, _("This answer is published already."))
            return redirect(self.contribution_url)
        return super().form_valid(form)

    def get_success_url(self) -> str:
        return self.contribution_url

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        names = Names()
        parts = self.answer.parts.select_related("department__locale")
        return {
            **super().get_context_data(**kwargs),
            "answer": shown(self.answer, names),
            "is_draft": self.answer.state in WRITABLE,
            "parts": [(part, names.of(part.department), html_of(part)) for part in parts],
            "missing": [names.of(part.department) for part in parts if not part.contributed_at],
        }


class DiscardView(AnswerScreen):
    """Give a draft up."""

    form_class = NoFields
    page_title = _("Discard the draft")
    submit = _("Discard the draft")
    done = _("The draft is discarded.")
    introduction = _("What you and other departments have written for it is lost.")
    is_dangerous = True

    def settle(self, form: NoFields) -> None:
        DiscardAnswer(self.answer, by=self.request.user).execute()

    def form_valid(self, form: NoFields) -> HttpResponse:
        self.discarded = True
        return super().form_valid(form)

    def get_success_url(self) -> str:
        gone = getattr(self, "discarded", False)
        return self.contribution_url if gone else address_of(self.answer)


class PartView(AnswerScreen):
    """Write the part of a department: for its people, and for officials of the place."""

    officials_only = False
    template_name = "civic_sourcing/answers/admin/part.html"
    form_class = PartForm
    submit = _("Save the part")
    done = _("The part is saved. It is published with the answer.")
    is_beside_text = True

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        rows = parts_for(request.user).filter(answer=self.answer)
        found = rows.select_related("department__locale").filter(pk=kwargs["part"]).first()
        if found is None:
            raise Http404
        self.part: AnswerPart = found

    def get_page_title(self) -> str:
        name = Names().of(self.part.department)
        return _now("Part of %(department)s") % {"department": name}

    def get_initial(self) -> dict[str, Any]:
        return {"text": self.part.text}

    def settle(self, form: PartForm) -> None:
        ContributePart(self.part, by=self.request.user, **form.cleaned_data).execute()

    def get_success_url(self) -> str:
        return address_of(self.answer) if self.is_official else self.contribution_url

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "answer": shown(self.answer, Names())}


def address_of(answer: OfficialAnswer) -> str:
    return reverse(f"{URL_NAME}:answer", args=[answer.contribution.uuid, answer.uuid])
