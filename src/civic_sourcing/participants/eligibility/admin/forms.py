"""Forms of the office: conditions, codes, registers, answers."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from civic_sourcing.core.forms import PlainTextField, allow_at_most
from civic_sourcing.participants.codes.actions import mistyped
from civic_sourcing.participants.codes.crockford import Mistyped
from civic_sourcing.participants.codes.finding import by_code, by_identity, by_serial
from civic_sourcing.participants.eligibility.conf import conf
from civic_sourcing.participants.eligibility.verifiers import Verifier, verifier_kinds
from civic_sourcing.participants.models import (
    CodePurpose,
    EligibilityRule,
    ProcessOffice,
    Register,
    VotingCode,
)
from civic_sourcing.processes.models import Process

OFFICE_MOST = 300


@dataclass(frozen=True)
class Section:
    """One kind of condition in the form: its switch and its options."""

    kind: type[Verifier]
    switch: forms.BoundField
    options: list[forms.BoundField]


class ConditionsForm(forms.Form):
    """Every kind of condition this site can ask, each with a switch; and the office's words."""

    def __init__(self, *args: Any, process: Process, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.process = process
        rules = EligibilityRule.objects.filter(process=process)
        self.set_before = {rule.verifier: rule.options for rule in rules}
        office = ProcessOffice.objects.filter(process=process).first()
        self.option_names: dict[str, list[str]] = {}
        self.kinds = [
            kind for kind in verifier_kinds() if kind.is_available() or kind.key in self.set_before
        ]
        for kind in self.kinds:
            self._add_kind(kind, user)
        for code, language in settings.LANGUAGES:
            self.fields[f"office-{code}"] = forms.CharField(
                label=_("Office to turn to (%(language)s)") % {"language": language},
                max_length=OFFICE_MOST,
                required=False,
                initial=office.texts.get(code, "") if office else "",
            )

    def _add_kind(self, kind: type[Verifier], user: Any) -> None:
        given = self.set_before.get(kind.key)
        self.fields[kind.key] = forms.BooleanField(
            label=str(kind.label),
            help_text=str(kind.help_text),
            required=False,
            initial=given is not None,
        )
        options = kind.option_fields(self.process, user)
        self.option_names[kind.key] = list(options)
        for name, field in options.items():
            field.initial = (given or {}).get(name, field.initial)
            self.fields[f"{kind.key}-{name}"] = field

    def sections(self) -> Iterator[Section]:
        for kind in self.kinds:
            names = self.option_names[kind.key]
            yield Section(kind, self[kind.key], [self[f"{kind.key}-{name}"] for name in names])

    def office_fields(self) -> list[forms.BoundField]:
        return [self[f"office-{code}"] for code, _language in settings.LANGUAGES]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for kind, options in self._chosen(cleaned):
            if refusal := kind.refusal_of(options):
                self.add_error(kind.key, str(refusal))
        return cleaned

    def _chosen(self, cleaned: dict[str, Any]) -> Iterator[tuple[type[Verifier], dict[str, Any]]]:
        for kind in self.kinds:
            if cleaned.get(kind.key):
                names = self.option_names[kind.key]
                options = {name: cleaned.get(f"{kind.key}-{name}") for name in names}
                yield kind, self._named(options)

    def _named(self, options: dict[str, Any]) -> dict[str, Any]:
        """Keep the register's name beside its UUID, so that showing it costs no query."""
        if options.get("register"):
            register = Register.objects.filter(uuid=options["register"]).first()
            options["name"] = register.name if register else ""
        if "groups" in options:
            options["groups"] = [int(pk) for pk in options["groups"] or []]
        return options

    @property
    def rules(self) -> list[tuple[str, dict[str, Any]]]:
        return [(kind.key, options) for kind, options in self._chosen(self.cleaned_data)]

    @property
    def office(self) -> dict[str, str]:
        codes = [code for code, _language in settings.LANGUAGES]
        return {code: self.cleaned_data[f"office-{code}"] for code in codes}


class CodeBatchForm(forms.Form):
    """How many codes, for what, on which paper."""

    uuid = forms.UUIDField(widget=forms.HiddenInput)
    purpose = forms.ChoiceField(label=_("Kind of code"), choices=CodePurpose.choices)
    register = forms.ModelChoiceField(
        label=_("One code for everybody on a register"),
        queryset=Register.objects.none(),
        required=False,
        empty_label=_("No, as many as I say"),
        help_text=_("Letters then come in the order of the register."),
    )
    count = forms.IntegerField(label=_("How many"), min_value=1, required=False)
    layout = forms.ChoiceField(
        label=_("Paper"),
        choices=[("cards", _("Cards, eight on a sheet")), ("letters", _("Letters, one each"))],
        widget=forms.RadioSelect,
        initial="cards",
    )
    language = forms.ChoiceField(label=_("Language of the paper"))
    note = PlainTextField(
        label=_("Note for colleagues"), max_length=150, single_line=True, required=False
    )

    def __init__(self, *args: Any, process: Process, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["uuid"].initial = uuid.uuid4
        self.fields["register"].queryset = process.registers.all()  # type: ignore[attr-defined]
        self.fields["language"].choices = settings.LANGUAGES  # type: ignore[attr-defined]
        self.fields["language"].initial = get_language()
        allow_at_most(self.fields["count"], conf.CODE_BATCH_MOST)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not cleaned.get("register") and not cleaned.get("count") and "count" not in self.errors:
            self.add_error("count", _("Say how many codes, or choose a register."))
        return cleaned


class LostCodeForm(forms.Form):
    """Find a lost code: by its number, by the code itself, or by the person's register data."""

    code: VotingCode | None = None

    number = forms.CharField(
        label=_("Number of the card or letter"),
        max_length=20,
        required=False,
        help_text=_("It is printed small beside the code, such as 3F09AC-17. It is no secret."),
    )
    typed = forms.CharField(
        label=_("Or the code, if the person still has it"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, process: Process, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.process = process
        self.registers = list(self.registers_asked())
        for register in self.registers:
            for place, column in enumerate(register.columns):
                self.fields[self._name(register, place)] = forms.CharField(
                    label=f"{register.name}: {column}",
                    max_length=100,
                    required=False,
                    widget=forms.TextInput(attrs={"autocomplete": "off"}),
                )

    @staticmethod
    def _name(register: Register, place: int) -> str:
        return f"datum-{register.pk}-{place}"

    def registers_asked(self) -> Any:
        """The registers whose data can be typed: those that codes were made for."""
        return self.process.registers.filter(code_batches__isnull=False).distinct()

    def data_typed(self, register: Register, cleaned: dict[str, Any]) -> list[str]:
        """What was typed of a person on ``register``, in the order of its columns."""
        places = range(len(register.columns))
        return [cleaned.get(self._name(register, place), "") for place in places]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        self.code = self.code_typed(cleaned)
        if self.code is None and not self.errors:
            self.add_error(None, _("No code was found with this. Nothing has been changed."))
        return cleaned

    def code_typed(self, cleaned: dict[str, Any]) -> VotingCode | None:
        """The code that was meant; a typing error becomes one of the form."""
        try:
            return self.code_found(cleaned)
        except Mistyped as mistake:
            self.add_error("typed", mistyped(mistake).message)
            return None

    def code_found(self, cleaned: dict[str, Any]) -> VotingCode | None:
        if cleaned.get("number"):
            return by_serial(self.process, cleaned["number"])
        if cleaned.get("typed"):
            return by_code(self.process, cleaned["typed"])
        for register in self.registers:
            values = self.data_typed(register, cleaned)
            if all(values):
                return by_identity(register, values)
        return None


class NewRegisterForm(forms.Form):
    """Name and columns of a register; fixed once there are entries."""

    name = PlainTextField(
        label=_("Name"),
        max_length=100,
        single_line=True,
        help_text=_("As people are shown it, such as: residents of Riverside"),
    )
    columns = PlainTextField(
        label=_("What people are asked for"),
        max_length=500,
        help_text=_(
            "One per line, named as the columns of the file. Two are safer than one: for instance "
            "the resident number and the year of birth."
        ),
    )

    def clean_columns(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["columns"].splitlines()]
        columns = [line for line in lines if line]
        if len(set(columns)) != len(columns):
            raise forms.ValidationError(_("Two of them have the same name."))
        return columns


class RegisterFileForm(forms.Form):
    """A CSV file, read and forgotten."""

    file = forms.FileField(
        label=_("CSV file"),
        help_text=_(
            "UTF-8 or CP949, the first row names the columns. The file is read in memory, turned "
            "into hashes and not kept."
        ),
    )


class AnswerForm(forms.Form):
    upheld = forms.TypedChoiceField(
        label=_("Decision"),
        choices=[("yes", _("The objection is right")), ("no", _("The refusal stands"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    answer = PlainTextField(
        label=_("Answer to the person"),
        max_length=4000,
        help_text=_("It is sent to the person as you write it."),
    )
