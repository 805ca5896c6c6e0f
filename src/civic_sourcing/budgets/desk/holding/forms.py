"""What is typed while a vote is held: new ends, trackers, reasons."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateTimeInput

from civic_sourcing.core.forms import MomentField, PlainTextField

REASON_LENGTH = 2000


def reason(help_text: Any) -> PlainTextField:
    return PlainTextField(
        label=_("Reason, for everybody to read"),
        max_length=REASON_LENGTH,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class NothingForm(forms.Form):
    """A step that asks for nothing but a yes."""


class LengthenForm(forms.Form):
    """A later end, and why."""

    closes_at = MomentField(label=_("New end"), widget=AdminDateTimeInput)
    reason = reason(_("It stands on the page of the rules as soon as somebody else has approved."))


class SetAsideForm(forms.Form):
    """The tracker of a ballot, and why it is not to count."""

    tracker = PlainTextField(
        label=_("Tracker of the ballot"), max_length=64, single_line=True,
        help_text=_("As it stands in the bulletin. Nobody sees what the ballot says."),
    )  # fmt: skip
    reason = reason(_("It stands beside the tracker as soon as somebody else has approved."))
