"""Forms of both sides and of stewards. They check shape; whether a step is possible, its action."""

from __future__ import annotations

import uuid
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from civic_sourcing.attribution.claims.conf import TEXT_COLUMN, conf
from civic_sourcing.attribution.claims.links import find_contribution
from civic_sourcing.attribution.models import ClaimOutcome, Contribution, Role
from civic_sourcing.core.forms import PlainTextField, UploadField

ROLES = (Role.CO_AUTHOR, Role.IMPROVER, Role.EVIDENCE, Role.TRANSLATOR)


def text_field(**kwargs: Any) -> PlainTextField:
    """A long text within the limit of claims."""
    rows = kwargs.pop("rows", 6)
    return PlainTextField(
        max_length=TEXT_COLUMN,
        max_graphemes=conf.CLAIM_TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": rows}),
        **kwargs,
    )


class StatementForm(forms.Form):
    """What somebody says, with evidence. ``label`` and ``help_text`` are those of the text."""

    request_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, label: Any, help_text: Any = "", **kwargs: Any) -> None:
        kwargs["initial"] = {"request_key": uuid.uuid4()} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.fields["text"] = text_field(
            label=label,
            help_text=help_text,
            error_messages={"required": _("Please write down your reasons.")},
        )
        self.fields["evidence"] = text_field(
            label=_("Evidence"),
            help_text=_("What shows it? For example when and where you published it."),
            required=False,
            rows=3,
        )
        self.fields["link"] = forms.CharField(
            label=_("Earlier contribution"),
            help_text=_("The address of its page here, or its number."),
            required=False,
            max_length=2000,
        )
        self.fields["file"] = UploadField(
            label=_("File"),
            help_text=_("A picture or PDF. Only both sides and the stewards see it."),
            required=False,
        )

    def clean_link(self) -> Contribution | None:
        words: str = self.cleaned_data["link"]
        if not words.strip():
            return None
        found = find_contribution(words)
        if found is None:
            raise ValidationError(
                _(
                    "No public contribution was found there. Please copy the address of its page, "
                    "or describe it under “Evidence”."
                ),
                code="no-contribution",
            )
        return found

    @property
    def words(self) -> dict[str, Any]:
        """What the action takes."""
        cleaned = self.cleaned_data
        return {
            "text": cleaned["text"],
            "evidence": cleaned["evidence"],
            "linked": cleaned["link"],
            "file": cleaned["file"],
        }


class DecisionForm(forms.Form):
    """A steward's decision, in Wagtail's admin."""

    number = forms.IntegerField(widget=forms.HiddenInput)
    outcome = forms.ChoiceField(
        label=pgettext_lazy("claim", "Decision"),
        choices=ClaimOutcome.choices,
        widget=forms.RadioSelect,
    )
    role = forms.ChoiceField(
        label=_("Role, if credit is added"),
        choices=[(role.value, role.label) for role in ROLES],
        required=False,
    )
    percent = forms.DecimalField(
        label=_("Share of the claimant in %, if authorship is shared"),
        min_value=Decimal("0.01"),
        max_value=Decimal("99.99"),
        decimal_places=2,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reasons"] = text_field(
            label=_("Reasons"),
            help_text=_("Both sides read them, nobody else. The log keeps a fingerprint of them."),
            error_messages={"required": _("Please give reasons.")},
        )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        outcome = cleaned.get("outcome")
        given = cleaned.get("percent") or "percent" in self.errors
        if outcome == ClaimOutcome.SHARED and not given:
            self.add_error("percent", _("Please enter the share of the claimant."))
        if outcome == ClaimOutcome.ADDED and not cleaned.get("role"):
            self.add_error("role", _("Please choose the role to credit."))
        return cleaned

    @property
    def decision(self) -> dict[str, Any]:
        """What ``DecideClaim`` takes."""
        cleaned = self.cleaned_data
        percent = cleaned.get("percent")
        return {
            "number": cleaned["number"],
            "outcome": cleaned["outcome"],
            "role": cleaned["role"],
            "share": int(percent * 100) if percent is not None else None,
            "reasons": cleaned["reasons"],
        }
