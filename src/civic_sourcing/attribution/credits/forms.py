"""Forms for naming others: whom, as what, with which share; and for a claim code."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from civic_sourcing.attribution.actions.credits import OFFERED_ROLES, key_of
from civic_sourcing.attribution.credits.shares import percent, read_share
from civic_sourcing.attribution.models import Credit, Role
from civic_sourcing.attribution.models.offers import OFFER_COLUMN, OFFER_LENGTH
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.forms import PlainTextField

HELP = {
    Role.CO_AUTHOR: _("co-author: had the idea together with you and speaks in it"),
    Role.IMPROVER: _("improver: made it better"),
    Role.EVIDENCE: _("evidence: brought facts, figures or pictures"),
    Role.TRANSLATOR: _("translator: put it into another language"),
}


class InviteForm(forms.Form):
    """Whom to name, and as what."""

    invitee = PlainTextField(
        label=_("Who?"),
        max_length=254,
        single_line=True,
        help_text=_("The name the person uses here, or an e-mail address."),
        error_messages={"required": _("Please say who is to be named.")},
    )
    role = forms.ChoiceField(
        label=_("As what?"),
        choices=[(role.value, HELP[role]) for role in OFFERED_ROLES],
        initial=Role.CO_AUTHOR,
        widget=forms.RadioSelect,
    )


class SharesForm(forms.Form):
    """One share for everybody in the ``circle``, as a percentage; ``shares`` has the hundredths."""

    def __init__(self, *args: Any, circle: Sequence[Credit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keys = {f"share_{key_of(credit)}": key_of(credit) for credit in circle}
        for credit in circle:
            self.fields[f"share_{key_of(credit)}"] = forms.CharField(
                label=_("%(person)s, %(role)s: share in %%")
                % {"person": credit.name, "role": credit.get_role_display()},
                required=False,
                initial=percent(credit.share) if credit.share else "",
                widget=forms.TextInput(attrs={"inputmode": "decimal"}),
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self.shares: dict[str, int | None] = {}
        for name, key in self.keys.items():
            try:
                self.shares[key] = read_share(cleaned.get(name) or "")
            except ActionRefused as refused:
                self.add_error(name, refused.message)
        return cleaned


class OfferForm(forms.Form):
    """What somebody would add. A form sent twice makes one offer."""

    request_key = forms.UUIDField(required=False, initial=uuid.uuid4, widget=forms.HiddenInput)
    text = PlainTextField(
        label=_("What would you add?"),
        help_text=_("In a few sentences: what is missing, and what you know or can do."),
        max_length=OFFER_COLUMN,
        max_graphemes=OFFER_LENGTH,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Please say what you would add.")},
    )


class ClaimCodeForm(forms.Form):
    """The code of a sheet, as somebody types it."""

    code = PlainTextField(
        label=_("Claim code"),
        max_length=80,
        single_line=True,
        help_text=_(
            "It is on the sheet you were given with your card or at the workshop. Small letters "
            "are fine, and it does not matter whether you type O or 0."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Please type the code of your sheet.")},
    )


class FingerprintForm(forms.Form):
    """A fingerprint as printed or pasted."""

    fingerprint = forms.CharField(
        label=_("Fingerprint"),
        max_length=400,
        help_text=_("64 characters, as the certificate shows them. Spaces do not matter."),
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Please enter a fingerprint.")},
    )
