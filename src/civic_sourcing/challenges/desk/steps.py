"""Screens on which one step is taken: put a date off, raise a prize, and those of the review."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.widgets import AdminDateTimeInput

from civic_sourcing.answers.desk.fields import DayField
from civic_sourcing.challenges.actions.lengthen import LengthenRound
from civic_sourcing.challenges.actions.raise_prize import RaisePrize
from civic_sourcing.challenges.actions.review import (
    ApproveChallenge,
    ArchiveChallenge,
    NoteApproval,
    PublishChallenge,
    RequestEdits,
    RestoreChallenge,
    ReviewStep,
    SendToReview,
    TakeBack,
)
from civic_sourcing.challenges.desk.row_forms import to_the_minute
from civic_sourcing.challenges.desk.screens import DeskScreen
from civic_sourcing.challenges.editorial.people import may_review
from civic_sourcing.challenges.editorial.sections import Section
from civic_sourcing.challenges.models import Prize, Round
from civic_sourcing.core.forms import MomentField, PlainTextField
from civic_sourcing.core.money import format_money
from civic_sourcing.core.money_fields import MoneyField, in_minor_units, typed_money

REASON = 2000
MESSAGE = 5000


class StepScreen(DeskScreen):
    """One step, with what it does said before the button."""

    template_name = "civic_sourcing/challenges/admin/step.html"
    introduction: Any = ""
    submit: Any

    @property
    def next_url(self) -> str:
        return self.way(self.section)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = {"introduction": self.introduction, "submit": self.submit}
        return {**super().get_context_data(**kwargs), **words, "next_url": self.next_url}


class ReasonForm(forms.Form):
    """Why, for everybody to read."""

    reason = PlainTextField(
        label=_("Public reason"),
        max_length=REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It stands on the page of the challenge, and solvers are told."),
    )


class LengthenForm(ReasonForm):
    closes_at = MomentField(label=_("Closes"), required=False, widget=AdminDateTimeInput)
    judging_until = MomentField(label=_("Judging ends"), required=False, widget=AdminDateTimeInput)
    field_order = ("closes_at", "judging_until", "reason")


class LengthenView(StepScreen):
    """Put off the deadline of a phase, or the end of its judging."""

    section = Section.TIMELINE
    form_class = LengthenForm
    page_title = _("Put a date off")
    introduction = _(
        "A date can only be put off, and everybody reads why. Later phases begin as much later."
    )
    submit = _("Put it off")
    done = _("The date is put off, and solvers are told.")

    @cached_property
    def round(self) -> Round:
        return get_object_or_404(Round, process=self.process, uuid=self.kwargs["round"])

    def get_initial(self) -> dict[str, Any]:
        dates = ("closes_at", "judging_until")
        return {name: to_the_minute(getattr(self.round, name)) for name in dates}

    def settle(self, form: LengthenForm) -> None:
        changed = {
            name: form.cleaned_data[name]
            for name in ("closes_at", "judging_until")
            if name in form.changed_data
        }
        reason = form.cleaned_data["reason"]
        LengthenRound(self.round, by=self.request.user, reason=reason, **changed).execute()


class RaiseForm(ReasonForm):
    amount = MoneyField(
        label=_("New amount"), help_text=_("For all winners of this prize together.")
    )
    field_order = ("amount", "reason")


class RaiseView(StepScreen):
    """Raise a prize of a challenge that has opened."""

    section = Section.PRIZES
    form_class = RaiseForm
    page_title = _("Raise a prize")
    submit = _("Raise it")
    done = _("The prize is raised, and solvers are told.")

    @cached_property
    def prize(self) -> Prize:
        return get_object_or_404(Prize, process=self.process, uuid=self.kwargs["prize"])

    @property
    def introduction(self) -> Any:  # type: ignore[override]
        now = format_money(self.prize.amount, self.facts.currency)
        return _("“%(prize)s” is %(amount)s now. It can only be raised.") % {
            "prize": self.prize.title,
            "amount": now,
        }

    def get_initial(self) -> dict[str, Any]:
        return {"amount": typed_money(self.prize.amount, self.facts.currency)}

    def form_valid(self, form: RaiseForm) -> Any:
        self.minor = in_minor_units(form, "amount", self.facts.currency)
        return super().form_valid(form) if form.is_valid() else self.form_invalid(form)

    def settle(self, form: RaiseForm) -> None:
        reason = form.cleaned_data["reason"]
        RaisePrize(self.prize, by=self.request.user, amount=self.minor, reason=reason).execute()


class MessageForm(forms.Form):
    message = PlainTextField(
        label=_("Message"),
        required=False,
        max_length=MESSAGE,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("For those who go on with it."),
    )


class EditsForm(MessageForm):
    section = forms.ChoiceField(
        label=_("Which section"),
        required=False,
        choices=[("", _("the whole")), *Section.choices],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["message"].required = True


class ApproveForm(MessageForm):
    publish_on = MomentField(
        label=_("Publish on"),
        required=False,
        widget=AdminDateTimeInput,
        help_text=_("Empty: somebody publishes it by hand."),
    )


class ReviewStepView(StepScreen):
    """One step of the review, with a message."""

    section = Section.REVIEW
    form_class: Any = MessageForm
    step: ClassVar[type[ReviewStep]]

    def may_settle(self) -> bool:
        return self.step.policy.allows(self.occasion)

    def settle(self, form: Any) -> None:
        self.step(self.process, by=self.request.user, **form.cleaned_data).execute()


class SendView(ReviewStepView):
    page_title = _("Send to the review")
    introduction = _("A steward reads it. Meanwhile it cannot be changed, unless you take it back.")
    submit = _("Send it")
    done = _("The challenge is sent to the review.")
    step = SendToReview


class TakeBackView(ReviewStepView):
    page_title = pgettext_lazy("challenge", "Take it back")
    introduction = _("You can change it again. It has to be reviewed anew.")
    submit = pgettext_lazy("challenge", "Take it back")
    done = _("The challenge is a draft again.")
    step = TakeBack


class EditsView(ReviewStepView):
    page_title = _("Request edits")
    submit = _("Request edits")
    done = _("The managers are told what should change.")
    step = RequestEdits
    form_class = EditsForm


class ApproveView(ReviewStepView):
    page_title = _("Approve the challenge")
    introduction = _("It can be published then, by hand or by itself on the date you say.")
    submit = _("Approve it")
    done = _("The challenge is approved.")
    step = ApproveChallenge
    form_class = ApproveForm

    def get_initial(self) -> dict[str, Any]:
        return {"publish_on": self.facts.publish_on}


class PublishView(ReviewStepView):
    page_title = _("Publish the challenge")
    introduction = _(
        "Everybody can read it from now on. Once its first phase opens, criteria, prizes and "
        "dates stay as they are."
    )
    submit = _("Publish it")
    done = _("The challenge is published.")
    step = PublishChallenge


class ArchiveView(ReviewStepView):
    page_title = _("Archive the challenge")
    introduction = _(
        "It stays readable with everything that came of it, and is not listed any more."
    )
    submit = _("Archive it")
    done = _("The challenge is archived.")
    step = ArchiveChallenge


class RestoreView(ReviewStepView):
    page_title = _("Restore the challenge")
    introduction = _("It is where it was before it was archived.")
    submit = _("Restore it")
    done = _("The challenge is restored.")
    step = RestoreChallenge


class ApprovalForm(forms.Form):
    approver = PlainTextField(label=_("Who approved it"), max_length=200, single_line=True)
    office = PlainTextField(
        label=pgettext_lazy("challenge", "Office"), max_length=200, single_line=True
    )
    approved_on = DayField(label=_("On"))
    reference = PlainTextField(
        label=_("File number"), required=False, max_length=200, single_line=True
    )


class ApprovalView(StepScreen):
    """Note who approved prize money above a limit."""

    section = Section.REVIEW
    form_class = ApprovalForm
    page_title = _("Note an approval")
    submit = _("Note it")
    done = _("The approval is noted.")

    def may_settle(self) -> bool:
        return may_review.allows(self.occasion)

    @property
    def introduction(self) -> Any:  # type: ignore[override]
        limit = format_money(self.kwargs["limit"], self.facts.currency)
        return _("The prize money is above %(limit)s.") % {"limit": limit}

    def settle(self, form: ApprovalForm) -> None:
        limit = self.kwargs["limit"]
        if limit not in self.draft.limits_passed():
            raise Http404
        NoteApproval(self.process, by=self.request.user, limit=limit, **form.cleaned_data).execute()
