"""Forms for people: a code, the data of a register, an age, an objection."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from civic_sourcing.core.forms import PlainTextField
from civic_sourcing.participants.codes.actions import mistyped
from civic_sourcing.participants.codes.crockford import Mistyped, canonical
from civic_sourcing.participants.eligibility.register_files import LONGEST
from civic_sourcing.participants.models import Objection, Register

CODE_TYPED_MOST = 60
SECRET = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}


class CodeForm(forms.Form):
    """One code. A typing error is found here, before anything is looked up."""

    code = forms.CharField(
        label=_("Your code"),
        max_length=CODE_TYPED_MOST,
        help_text=_(
            "As on your card or letter. Capitals, hyphens and spaces do not matter; "
            "the letter O counts as zero, I and L count as one."
        ),
        widget=forms.TextInput(attrs=SECRET),
    )

    def clean_code(self) -> str:
        """Return the canonical code."""
        try:
            return canonical(self.cleaned_data["code"])
        except Mistyped as mistake:
            raise forms.ValidationError(mistyped(mistake).message, code="mistyped") from None


class RegisterForm(forms.Form):
    """One field for each column of ``register``. Nothing of it is kept."""

    def __init__(self, *args: Any, register: Register, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for place, column in enumerate(register.columns):
            self.fields[f"datum{place}"] = forms.CharField(
                label=column, max_length=LONGEST, widget=forms.TextInput(attrs=SECRET)
            )

    @property
    def values(self) -> list[str]:
        return [self.cleaned_data[name] for name in self.fields]


class AgeForm(forms.Form):
    """Yes or no, and nothing else."""

    answer = forms.ChoiceField(
        choices=[("yes", _("Yes")), ("no", _("No"))], widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, question: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].label = question


class ObjectionForm(forms.Form):
    """What somebody says against a refusal; ``contact`` only where nobody is signed in."""

    text = PlainTextField(
        label=_("Why is the refusal wrong?"),
        help_text=_("Please write no identity numbers and no codes."),
        max_length=Objection.TEXT_LENGTH,
        max_graphemes=2000,
    )
    contact = forms.EmailField(
        label=_("E-mail address for the answer"),
        required=False,
        help_text=_("It is deleted once you are answered."),
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if user.is_authenticated:
            del self.fields["contact"]
