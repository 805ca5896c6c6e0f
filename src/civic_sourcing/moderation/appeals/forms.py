"""The form of an appeal. It checks shape; whether an appeal is possible, its action."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from civic_sourcing.core.forms import PlainTextField, RequestKeyField
from civic_sourcing.moderation.deciding.conf import TEXT_COLUMN, conf


class AppealForm(forms.Form):
    """Why the decision is wrong, in one's own words."""

    request_key = RequestKeyField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"request_key": uuid.uuid4()} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.fields["text"] = PlainTextField(
            label=_("What is wrong with the decision?"),
            help_text=_("Only the moderators read this. Write it in your own words."),
            max_length=TEXT_COLUMN,
            max_graphemes=conf.STATEMENT_LENGTH,
            widget=forms.Textarea(attrs={"rows": 8}),
            error_messages={"required": _("Please say why the decision is wrong.")},
        )
