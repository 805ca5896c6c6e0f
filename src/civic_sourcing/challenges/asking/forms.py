"""The forms of questions and replies."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from civic_sourcing.core.forms import PlainTextField

QUESTION_LENGTH, QUESTION_POINTS = 500, 2000
REPLY_LENGTH, REPLY_POINTS = 2000, 5000


class AskForm(forms.Form):
    """One question."""

    text = PlainTextField(
        label=_("Your question"),
        help_text=_(
            "It is shown with its reply, without your name. Do not write anything about your entry "
            "that others should not know."
        ),
        max_length=QUESTION_POINTS,
        max_graphemes=QUESTION_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Please write your question.")},
    )


class ReplyForm(forms.Form):
    """What everybody reads: the question, shortened where need be, and the reply."""

    question = PlainTextField(
        label=_("Question as it is shown"),
        max_length=QUESTION_POINTS,
        max_graphemes=QUESTION_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    reply = PlainTextField(
        label=pgettext_lazy("question", "Reply"),
        help_text=_("Everybody who takes part is told."),
        max_length=REPLY_POINTS,
        max_graphemes=REPLY_LENGTH,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class DeclineForm(forms.Form):
    """Why a question stays unanswered."""

    reason = PlainTextField(
        label=_("Why it is not answered"),
        help_text=_("Only who asked reads this."),
        max_length=QUESTION_POINTS,
        max_graphemes=QUESTION_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
