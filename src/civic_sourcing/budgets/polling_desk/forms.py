"""What is typed at polling places: who votes, cover sheets, lines of sheets."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from civic_sourcing.budgets.actions.polling import TypedSheet
from civic_sourcing.budgets.actions.polling.batches import MOST_SHEETS
from civic_sourcing.budgets.ballots.faults import BallotFaulty
from civic_sourcing.budgets.ballots.rulebook import AreaUse, Rulebook
from civic_sourcing.budgets.models import VoteArea, VoterGroup, VoteRun
from civic_sourcing.budgets.polling.lines import LONGEST, read_sheet
from civic_sourcing.budgets.polling.people import (
    identities_of_account,
    identities_of_code,
    identities_of_entry,
    identity_of_tester,
    is_valid,
)
from civic_sourcing.budgets.saying import Names, sentence_of
from civic_sourcing.core.forms import PlainTextField
from civic_sourcing.participants.codes.digests import entry_digest
from civic_sourcing.participants.eligibility.admin.forms import LostCodeForm
from civic_sourcing.participants.models import RegisterEntry, VotingCode

OFF = {"autocomplete": "off", "spellcheck": "false"}


class VoterForm(LostCodeForm):
    """
    Say who votes on paper: by the number of the card, the code, register data, or the account.

    ``voter`` is then what ``ListVoter`` takes.
    """

    voter: dict[str, Any]

    account = forms.CharField(
        label=_("Or the account: name or e-mail address it signs in with"),
        max_length=254,
        required=False,
        widget=forms.TextInput(attrs=OFF),
    )
    tester = forms.CharField(
        label=_("Or, as this is a rehearsal, any name for a test voter"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs=OFF),
    )

    def __init__(self, *args: Any, run: VoteRun, **kwargs: Any) -> None:
        super().__init__(*args, process=run.process, **kwargs)
        if run.kind != VoteRun.Kind.REHEARSAL:
            del self.fields["tester"]

    def registers_asked(self) -> Any:
        return self.process.registers.all()

    def clean(self) -> dict[str, Any]:
        cleaned = forms.Form.clean(self) or self.cleaned_data
        code = self.code = self.code_typed(cleaned)
        if self.errors:
            return cleaned
        self.voter = self._with_code(code) or self._otherwise(cleaned)
        if not self.voter:
            self.add_error(None, _("Nobody was found with this. Nothing has been changed."))
        return cleaned

    def code_found(self, cleaned: dict[str, Any]) -> VotingCode | None:
        """The code by its number or itself; who is on a register is found without one."""
        return super().code_found({name: cleaned.get(name) for name in ("number", "typed")})

    def _with_code(self, code: VotingCode | None) -> dict[str, Any]:
        if code is None:
            return {}
        if not is_valid(code):
            self.add_error(None, _("This code is void or was revoked. Nothing has been changed."))
        return {"identities": identities_of_code(code), "code": code}

    def _otherwise(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        if cleaned.get("number") or cleaned.get("typed"):
            return {}
        if entry := self._entry(cleaned):
            return {"identities": identities_of_entry(entry)}
        if user := _account(cleaned.get("account", "")):
            return {"identities": identities_of_account(user, self.process), "user": user}
        if cleaned.get("tester"):
            return {"identities": {identity_of_tester(cleaned["tester"])}}
        return {}

    def _entry(self, cleaned: dict[str, Any]) -> RegisterEntry | None:
        for register in self.registers:
            values = self.data_typed(register, cleaned)
            if all(values):
                digest = entry_digest(register.uuid, values)
                return register.entries.filter(digest=digest).first()
        return None


def _account(typed: str) -> Any:
    """The one active account somebody signs in to with ``typed``."""
    if not typed.strip():
        return None
    model: Any = get_user_model()
    own = Q(**{model.USERNAME_FIELD: typed.strip()})
    mail = Q(**{f"{model.get_email_field_name()}__iexact": typed.strip()})
    found = model._base_manager.filter(own | mail, is_active=True)[:2]
    return found[0] if len(found) == 1 else None


class TotalsField(forms.CharField):
    """Counts of single projects as ``3=41 7=12``; the cleaned value maps number to count."""

    def to_python(self, value: Any) -> Any:
        totals: dict[str, int] = {}
        for word in (super().to_python(value) or "").replace(",", " ").split():
            number, _equals, count = word.rpartition("=")
            if not number or not count.isascii() or not count.isdigit() or len(count) > 9:
                raise forms.ValidationError(
                    _("Write each as number=count, such as 3=41. This is not: %(word)s"),
                    params={"word": word},
                )
            if number in totals:
                raise forms.ValidationError(
                    _("There are two counts for %(number)s."), params={"number": number}
                )
            totals[number] = int(count)
        return totals

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, dict):
            return " ".join(f"{number}={count}" for number, count in value.items())
        return value


class CoverForm(forms.Form):
    """The cover sheet of a batch."""

    area = forms.ChoiceField(label=_("Ballot papers of"), required=False)
    group = forms.ChoiceField(label=_("Filled in by"), required=False)
    sheets = forms.IntegerField(label=_("Sheets"), min_value=1, max_value=MOST_SHEETS)
    void = forms.IntegerField(
        label=_("Void sheets among them"),
        min_value=0,
        max_value=MOST_SHEETS,
        required=False,
        help_text=_("Empty: nobody counted them."),
    )
    totals = TotalsField(
        label=_("Counted by hand, by project"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={**OFF, "rows": 3}),
        help_text=_(
            "Such as 3=41 7=12: ticks, yeses, places in rankings, or points. Leave out what "
            "nobody counted."
        ),
    )

    def __init__(self, *args: Any, run: VoteRun, rulebook: Rulebook, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        is_known = "area" in self.initial
        by_area = rulebook.area_use in (AreaUse.OWN, AreaUse.OWN_AND_TOWN)
        self._offer("area", VoteArea.objects.of(run.process) if by_area and not is_known else ())
        groups = VoterGroup.objects.of(run.process) if rulebook.groups and not is_known else ()
        self._offer("group", groups, empty=None)

    def _offer(self, name: str, parts: Iterable[Any], *, empty: str | None = "—") -> None:
        """Let one of ``parts`` of the vote be chosen, or do not ask where there are none."""
        choices = [(part.code, part.name) for part in parts]
        if not choices:
            del self.fields[name]
            return
        field: Any = self.fields[name]
        field.choices = choices if empty is None else [("", empty), *choices]


class NoteForm(forms.Form):
    """Why there are not as many sheets as voters."""

    note = PlainTextField(
        label=_("Public note"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class LineForm(forms.Form):
    """One sheet: its line, or that it is void as it lies there."""

    number = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    line = forms.CharField(
        label=_("Line"),
        required=False,
        max_length=LONGEST,
        widget=forms.TextInput(attrs=OFF),
    )
    spoiled = forms.BooleanField(label=_("Void"), required=False)

    def __init__(
        self, *args: Any, rulebook: Rulebook, area: str, names: Names, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.rulebook = rulebook
        self.area = area
        self.names = names

    @property
    def is_filled(self) -> bool:
        return bool(self.cleaned_data.get("line") or self.cleaned_data.get("spoiled"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        line, spoiled = cleaned.get("line", ""), cleaned.get("spoiled", False)
        if line and spoiled:
            self.add_error("line", _("Either a line or void, not both."))
        elif line:
            try:
                read_sheet(self.rulebook, self.area, line)
            except BallotFaulty as faulty:
                self.add_error("line", [sentence_of(fault, self.names) for fault in faulty.faults])
        return cleaned

    def typed(self) -> TypedSheet:
        """What the action takes."""
        cleaned = self.cleaned_data
        return TypedSheet(cleaned["number"], cleaned["line"], cleaned["spoiled"])


LineFormSet: Any = forms.formset_factory(LineForm, extra=0, max_num=100, absolute_max=100)


class DecisionForm(LineForm):
    """What a third person reads on a sheet: as one of the two did, or otherwise."""

    reading = forms.ChoiceField(
        label=_("What stands on the sheet"),
        choices=[
            ("first", _("What was entered first")),
            ("second", _("What was entered second")),
            ("other", _("Something else, as typed below")),
        ],
        widget=forms.RadioSelect,
    )
    field_order = ("reading", "line", "spoiled", "number")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("reading") == "other" and not self.is_filled:
            self.add_error("line", _("Type what stands on the sheet, or say that it is void."))
        return cleaned
