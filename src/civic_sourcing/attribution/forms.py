"""What a form asks about the terms under which something is handed in."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from civic_sourcing.attribution.models import LicenceVersion
from civic_sourcing.core.forms import PlainTextField

NOTE_LENGTH = 1000


class LicenceField(forms.TypedChoiceField):
    """One of the wordings offered; with only one it is named and needs no choice."""

    def __init__(self, offered: Sequence[LicenceVersion]) -> None:
        self.offered = {str(version.pk): version for version in offered}
        super().__init__(
            label=_("How may others use it?"),
            choices=[(key, _described(version)) for key, version in self.offered.items()],
            coerce=self.offered.get,
            empty_value=None,
            initial=next(iter(self.offered), None),
            required=False,
            widget=forms.RadioSelect if len(offered) > 1 else forms.HiddenInput,
        )


def terms_fields(offered: Sequence[LicenceVersion]) -> dict[str, forms.Field]:
    """The fields of a form for citizens: licence, material of others, work done on duty."""
    fields: dict[str, forms.Field] = {"licence": LicenceField(offered)} if offered else {}
    return fields | {
        "third_party": forms.BooleanField(
            label=_("Part of this is not mine (a picture, a quotation, somebody’s plan)"),
            required=False,
        ),
        "third_party_note": PlainTextField(
            label=_("What is not yours, and whose is it?"),
            max_length=NOTE_LENGTH,
            required=False,
            widget=forms.Textarea(attrs={"rows": 2}),
        ),
        "made_on_duty": forms.BooleanField(
            label=_("I made this as part of my job"),
            help_text=_("Then your employer may have rights in it. You can still hand it in."),
            required=False,
        ),
    }


def _described(version: LicenceVersion) -> SafeString:
    return format_html("{}: {}", version.name, version.summary)
