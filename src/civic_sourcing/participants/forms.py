"""Forms about oneself. They check shape; whether a step is possible is the action's question."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from civic_sourcing.core.forms import PlainTextField
from civic_sourcing.core.limits import MINUTE, RateLimit
from civic_sourcing.participants.actions import AgreeToTexts, AnswerAgeQuestion
from civic_sourcing.participants.age import age_unasked
from civic_sourcing.participants.conf import conf
from civic_sourcing.participants.consents import Shown, missing_consents
from civic_sourcing.participants.models import LegalText, Participant
from civic_sourcing.participants.names import check_name

YES_NO = [("yes", _("Yes")), ("no", _("No"))]
NOTE_LENGTH = 100
PASSWORD_TRIES = RateLimit("civic_participants.password", 5, 15 * MINUTE, "closed")


class NameField(forms.CharField):
    """A name as it was typed, blanks and all: ``check_name`` says what is wrong with it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(strip=False, **kwargs)
        self.max_length = self.max_graphemes = conf.NAME_LENGTH
        self.validators = []


class ProfileForm(forms.Form):
    """What a person says of themselves to everybody, and the language they are written to in."""

    def __init__(self, *args: Any, participant: Participant, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "name": participant.name,
            "affiliation": participant.affiliation,
            "affiliation_note": participant.affiliation_note,
            "language": participant.language,
        } | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.participant = participant
        self.fields |= profile_fields()
        if len(settings.LANGUAGES) < 2:
            del self.fields["language"]
        if age_unasked(participant):
            self.fields["of_age"] = age_field(required=False)

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if name == self.participant.name:
            return name
        return check_name(name, bearer=self.participant.user)

    @property
    def profile(self) -> dict[str, Any]:
        """What ``ChangeProfile`` takes."""
        given = {key: value for key, value in self.cleaned_data.items() if key != "of_age"}
        return {"public_name": given.pop("name"), **given}

    @property
    def of_age(self) -> bool | None:
        """The answer to the age question; ``None`` if it was not asked or not answered."""
        return {"yes": True, "no": False}.get(self.cleaned_data.get("of_age") or "")


def profile_fields() -> dict[str, forms.Field]:
    return {
        "name": NameField(
            label=_("Public name"),
            help_text=_("Everybody sees this name beside what you write. It may be a pen name."),
            error_messages={"required": _("Please enter a name.")},
            widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
        ),
        "affiliation": forms.ChoiceField(
            label=_("Your interest"),
            help_text=_(
                "On whose behalf do you speak? If you work for the city, sell to it, stand for "
                "office or speak for an organisation, this is shown beside your name."
            ),
            choices=Participant.Affiliation.choices,
            widget=forms.RadioSelect,
        ),
        "affiliation_note": PlainTextField(
            label=_("More about it"),
            help_text=_("For example the name of the organisation. Shown beside your name."),
            required=False,
            max_length=150,
            max_graphemes=NOTE_LENGTH,
            single_line=True,
        ),
        "language": forms.ChoiceField(
            label=_("Language of messages to you"),
            required=False,
            choices=[("", _("The language of the site")), *settings.LANGUAGES],
        ),
    }


def age_field(**kwargs: Any) -> forms.ChoiceField:
    """The one question about age; its answers are ``"yes"`` and ``"no"``."""
    return forms.ChoiceField(
        label=_("Are you %(limit)d years old or older?") % {"limit": conf.AGE_LIMIT},
        help_text=_(
            "If not, what you write is published once your mother, father or another guardian "
            "agrees. We do not ask for your date of birth."
        ),
        choices=YES_NO,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please answer yes or no.")},
        **kwargs,
    )


class TakingPartMixin(forms.Form):
    """
    Ask whoever hands something in what is still open: the age question and missing consents.

    Put it before a form's other bases, give it ``participant`` (``None`` while somebody is not
    signed in) and optionally ``consent_kinds``, and call ``record_answers`` once the form is valid.
    A text that was replaced while the form was open is shown anew and not recorded.
    """

    def __init__(
        self,
        *args: Any,
        participant: Participant | None = None,
        consent_kinds: Iterable[str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.participant = participant
        if participant is not None and age_unasked(participant):
            self.fields["of_age"] = age_field()
        self.texts = missing_consents(participant, consent_kinds) if participant else []
        for text in self.texts:
            self.fields |= consent_fields(text)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for text in self.texts:
            body = text.body_for()
            if body is not None and cleaned.get(f"{text.kind}_shown") != shown_key(body):
                self.add_error(
                    f"agree_{text.kind}",
                    ValidationError(
                        _("This text has changed. Please read it and agree to it once more."),
                        code="text-changed",
                    ),
                )
                self.data = self.data.copy()  # type: ignore[attr-defined]
                self.data[f"{text.kind}_shown"] = shown_key(body)  # type: ignore[index]
                self.data.pop(f"agree_{text.kind}", None)  # type: ignore[attr-defined]
        return cleaned

    @property
    def has_answers(self) -> bool:
        """Whether something about the person was still open and is recorded with the step."""
        return bool(self.texts) or "of_age" in self.fields

    def record_answers(self, user: Any) -> None:
        """Record age answer and consents as those of ``user``; call it inside a transaction."""
        assert self.participant is not None
        if "of_age" in self.fields:
            of_age = self.cleaned_data["of_age"] == "yes"
            AnswerAgeQuestion(self.participant, by=user, of_age=of_age).execute()
        bodies = [body for text in self.texts if (body := text.body_for())]
        if bodies:
            shown = [Shown.of(body) for body in bodies]
            AgreeToTexts(self.participant, by=user, shown=shown).execute()


def consent_fields(text: LegalText) -> dict[str, forms.Field]:
    """The box to tick for one text, and what exactly was shown beside it."""
    body = text.body_for()
    if body is None:
        return {}
    url = reverse("civic_participants:legal_text", args=[text.kind, text.version])
    return {
        f"agree_{text.kind}": forms.BooleanField(
            label=_("I agree to: %(title)s") % {"title": body.title},
            help_text=format_html(
                '<a href="{}" target="_blank">{}</a>', url, _("Read it (opens in a new window)")
            ),
            error_messages={"required": _("Please read this text and agree to it.")},
        ),
        f"{text.kind}_shown": forms.CharField(
            widget=forms.HiddenInput, required=False, initial=shown_key(body)
        ),
    }


def shown_key(body: Any) -> str:
    return f"{body.language}:{body.digest}"


class GuardianForm(forms.Form):
    """The address of somebody who may consent."""

    address = forms.EmailField(
        label=_("E-mail address of your mother, father or guardian"),
        help_text=_(
            "We write one letter to this address. It is deleted as soon as it is answered."
        ),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )


class EraseForm(forms.Form):
    """How to leave, and proof that it is really you."""

    texts = forms.ChoiceField(
        label=_("What shall become of your texts?"),
        choices=[
            ("keep", _("They stay, under the name of a former participant.")),
            ("blank", _("They are emptied. Their place, their support and their dates stay.")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose one of the two.")},
    )
    sure = forms.BooleanField(
        label=_("Delete my account for good. I know that this cannot be taken back."),
        error_messages={"required": _("Please tick this box to confirm.")},
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        if user.has_usable_password():
            self.fields["password"] = forms.CharField(
                label=_("Your password"),
                strip=False,
                widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
            )
        self.order_fields(["texts", "password", "sure"])

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if not self.user.check_password(password):
            raise ValidationError(
                _("This is not your password. Please try again."), code="wrong-password"
            )
        return password
