"""The forms on which an entry is written and handed in. They check shape; actions check rules."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from civic_sourcing.attribution.forms import terms_fields
from civic_sourcing.attribution.models import LicenceVersion
from civic_sourcing.challenges.entering import fields
from civic_sourcing.challenges.models import EntryQuestion
from civic_sourcing.core.forms import PlainTextField, RequestKeyField
from civic_sourcing.participants.forms import TakingPartMixin

NAME_POINTS, NAME_LENGTH = 100, 60


class EntryForm(forms.Form):
    """What an entry says; ``questions`` are those of its round."""

    def __init__(self, *args: Any, questions: Sequence[EntryQuestion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        self.fields |= {**fields.words(), **fields.of_questions(questions)}

    @property
    def words(self) -> dict[str, str]:
        """Of a valid form, what documents keep."""
        return {name: self.cleaned_data.get(name, "") for name in fields.words()}

    @property
    def replies(self) -> list[dict[str, str]]:
        return fields.replies(self.questions, self.cleaned_data)


class HandInForm(TakingPartMixin, forms.Form):
    """
    Under which terms an entry is handed in, and whether others may read it if it is not chosen.

    ``licences`` are the wordings to choose from. What is still open about ``participant`` (age,
    texts to agree to) is asked, too. ``request_key`` makes a double click one submission.
    """

    def __init__(self, *args: Any, licences: Sequence[LicenceVersion] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.licences = licences
        shown = forms.BooleanField(
            label=_("Show it to everybody after the decision, even if it is not chosen"),
            help_text=_("What wins is public in any case, with the names of the team."),
            required=False,
        )
        self.fields |= {
            **terms_fields(licences),
            "shown": shown,
            "request_key": RequestKeyField(),
        }

    @property
    def claiming(self) -> list[LicenceVersion]:
        """Wordings that give away more than the use for this purpose; told before the form."""
        return [version for version in self.licences if version.licence.claims_rights]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not cleaned.pop("third_party", False):
            cleaned["third_party_note"] = ""
        elif not cleaned.get("third_party_note") and "third_party_note" not in self.errors:
            self.add_error("third_party_note", _("Please say what is not yours, and whose it is."))
        return cleaned

    @property
    def terms(self) -> dict[str, Any]:
        """Of a valid form, what ``SubmitEntry`` takes beside the words."""
        given = self.cleaned_data
        return {
            "licence": given.get("licence"),
            "third_party_note": given["third_party_note"],
            "made_on_duty": given["made_on_duty"],
            "shown": given["shown"],
        }


class TeamForm(forms.Form):
    """What the team is called, and what its captain is in it."""

    def __init__(self, *args: Any, roles: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team_name"] = PlainTextField(
            label=_("Name of the team"),
            help_text=_("Everybody reads it if you win."),
            max_length=NAME_POINTS,
            max_graphemes=NAME_LENGTH,
            single_line=True,
            required=False,
        )
        self.fields["role"] = role_field(_("Your role"), roles)


class InviteForm(forms.Form):
    """Whom to invite, and as what."""

    def __init__(self, *args: Any, roles: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["invitee"] = forms.CharField(
            label=_("Whom do you invite?"),
            help_text=_("An e-mail address, or the name somebody has here."),
            max_length=254,
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
            error_messages={"required": _("Please write a name or an address.")},
        )
        self.fields["role"] = role_field(_("Their role"), roles)


def role_field(label: Any, roles: Sequence[tuple[str, str]]) -> forms.ChoiceField:
    """One of the roles; hidden where the challenge asks for none."""
    widget: Any = forms.Select if len(roles) > 1 else forms.HiddenInput
    return forms.ChoiceField(label=label, choices=roles, required=False, widget=widget)
