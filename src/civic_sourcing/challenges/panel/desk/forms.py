"""What managers fill in to lead the judging."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from civic_sourcing.challenges.models import Entry, Judge
from civic_sourcing.challenges.panel.people import panel_of
from civic_sourcing.challenges.panel.rounds import entries_of
from civic_sourcing.core.forms import PlainTextField
from civic_sourcing.participants.models import Participant


class InviteForm(forms.Form):
    """Whom to ask: somebody with an account by name or address, everybody else by letter."""

    who = PlainTextField(
        label=_("E-mail address or user name"),
        help_text=_(
            "Somebody without an account gets a letter with a link. The address is not kept."
        ),
        max_length=254,
        single_line=True,
    )
    organisation = PlainTextField(
        label=_("Organisation"), max_length=200, single_line=True, required=False
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        who = cleaned.get("who", "")
        self.participant = person_named(who)
        if who and self.participant is None:
            try:
                validate_email(who)
            except ValidationError:
                self.add_error("who", _("There is no account of this name."))
        return cleaned

    def arguments(self) -> dict[str, Any]:
        """What ``InviteJudge`` takes."""
        address = "" if self.participant else self.cleaned_data["who"]
        return {
            "participant": self.participant,
            "address": address,
            "organisation": self.cleaned_data["organisation"],
        }


def person_named(who: str) -> Participant | None:
    """Whoever has this user name, or alone has this e-mail address."""
    model = get_user_model()
    active = model._default_manager.filter(is_active=True)
    found = list(active.filter(**{model.USERNAME_FIELD: who})[:2])
    if not found and "@" in who:
        found = list(active.filter(**{f"{model.get_email_field_name()}__iexact": who})[:2])
    return Participant.objects.of(found[0]) if len(found) == 1 else None


class AssignForm(forms.Form):
    """How many judges score each entry."""

    per_entry = forms.IntegerField(
        label=_("Judges for each entry"),
        help_text=_("0: all of them. Assignments there are stay."),
        min_value=0,
        max_value=50,
    )


class OneForm(forms.Form):
    """One judge, one entry."""

    judge: Any = forms.ModelChoiceField(Judge.objects.none(), label=_("Judge"))
    entry: Any = forms.ModelChoiceField(Entry.objects.none(), label=_("Entry"))

    def __init__(self, *args: Any, round_: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keys = [judge.pk for judge in panel_of(round_.process)]
        rows = Judge.objects.filter(pk__in=keys).select_related("participant__user")
        self.fields["judge"].queryset = rows  # type: ignore[attr-defined]
        self.fields["entry"].queryset = entries_of(round_)  # type: ignore[attr-defined]


class CalibrationForm(forms.Form):
    """The entry all judges score first."""

    entry: Any = forms.ModelChoiceField(Entry.objects.none(), label=_("Entry"))

    def __init__(self, *args: Any, round_: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["entry"].queryset = entries_of(round_)  # type: ignore[attr-defined]
