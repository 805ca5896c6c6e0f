"""Small forms beside the ballot: a tracker to look up, an address for one mail."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from civic_sourcing.budgets.booth.receipts import tracker_of

LONGEST = 60


class TrackerForm(forms.Form):
    """A tracker as it stands on a receipt."""

    tracker = forms.CharField(
        label=_("Look up a tracker"),
        max_length=LONGEST,
        help_text=_("Twenty letters and digits. Capitals and hyphens do not matter."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_tracker(self) -> str:
        """Return the tracker as the bulletin writes it."""
        tracker = tracker_of(self.cleaned_data["tracker"])
        if not tracker:
            raise forms.ValidationError(
                _("This is no tracker: it has twenty letters and digits, no 8 and no 9."),
                code="no-tracker",
            )
        return tracker


class AddressForm(forms.Form):
    """An e-mail address that is used for one mail."""

    address = forms.EmailField(
        label=_("E-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
