"""The forms of the desk: enter for somebody, merge, split."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from civic_sourcing.attribution.entering.codes import MOST_CODES
from civic_sourcing.attribution.licences import offered
from civic_sourcing.attribution.models import Channel, Contribution, LicenceVersion
from civic_sourcing.core.forms import PlainTextField, UploadField
from civic_sourcing.processes.models import Process

TITLE = 255
TEXT = 20_000
CHANNELS = (Channel.PAPER, Channel.WORKSHOP)


class EnterForm(forms.Form):
    """What somebody wrote on a card or said at a workshop, as they put it."""

    place_key = forms.ChoiceField(label=_("Where does it belong?"))
    channel = forms.ChoiceField(
        label=_("How did it come?"),
        choices=[(channel.value, channel.label) for channel in CHANNELS],
        widget=forms.RadioSelect,
        initial=Channel.PAPER,
    )
    language = forms.ChoiceField(label=_("Language it is written in"))
    title = PlainTextField(
        label=_("Title"),
        max_length=TITLE,
        single_line=True,
        help_text=_("In the person’s own words. If there is none, take the first sentence."),
    )
    text = PlainTextField(
        label=_("Transcript"),
        max_length=TEXT,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("As it is written. Do not improve it; leave out phone numbers."),
    )
    name_on_paper = PlainTextField(
        label=_("Name to be shown"),
        max_length=150,
        single_line=True,
        required=False,
        help_text=_("Only if the person wrote that they want to be named."),
    )
    place = PlainTextField(
        label=_("Place or workshop"),
        max_length=200,
        single_line=True,
        required=False,
        help_text=_("Everybody sees it, such as “Workshop in the library, 3 May”."),
    )
    note = PlainTextField(
        label=_("Note for the office"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    scan = UploadField(
        label=_("Scan"), required=False, help_text=_("Only staff and the author see it.")
    )
    number = forms.IntegerField(
        label=_("Claim codes"),
        min_value=0,
        max_value=MOST_CODES,
        initial=1,
        help_text=_("One for each person who wrote it. They are printed once."),
    )

    def __init__(
        self,
        *args: Any,
        places: Mapping[str, str],
        languages: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("place_key", places.items()), ("language", languages)):
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    @property
    def words(self) -> dict[str, Any]:
        """What the action takes."""
        return {name: value for name, value in self.cleaned_data.items() if name != "place_key"}


class MergeForm(forms.Form):
    """The text of what is made of several contributions."""

    originals = forms.ModelMultipleChoiceField(
        label=_("Contributions to merge"),
        queryset=Contribution.objects.none(),
        to_field_name="uuid",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least two contributions.")},
    )
    title = PlainTextField(
        label=_("Title of the new contribution"), max_length=TITLE, single_line=True
    )
    text = PlainTextField(
        label=_("Text of the new contribution"),
        max_length=TEXT,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("Say what they have in common, and keep what only one of them says."),
    )

    def __init__(self, *args: Any, choices: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        originals: Any = self.fields["originals"]
        originals.queryset = choices


class SplitForm(forms.Form):
    """Titles and texts of the parts; rows left empty do not count."""

    ROWS = 4

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, self.ROWS + 1):
            values = {"number": number}
            self.fields[f"title_{number}"] = PlainTextField(
                label=_("Title of part %(number)s") % values,
                max_length=TITLE,
                single_line=True,
                required=number <= 2,
            )
            self.fields[f"text_{number}"] = PlainTextField(
                label=_("Text of part %(number)s") % values,
                max_length=TEXT,
                widget=forms.Textarea(attrs={"rows": 5}),
                required=number <= 2,
            )

    @property
    def parts(self) -> list[tuple[str, str]]:
        pairs = [
            (self.cleaned_data[f"title_{number}"], self.cleaned_data[f"text_{number}"])
            for number in range(1, self.ROWS + 1)
        ]
        return [(title, text) for title, text in pairs if title and text]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for number in range(3, self.ROWS + 1):
            title, text = cleaned.get(f"title_{number}"), cleaned.get(f"text_{number}")
            if bool(title) != bool(text):
                name = f"text_{number}" if title else f"title_{number}"
                self.add_error(name, _("A part needs both a title and a text."))
        return cleaned


def licence_terms(process: Process) -> LicenceVersion | None:
    """The terms printed on the cards of a process: what it offers first."""
    return next(iter(offered(process)), None)
