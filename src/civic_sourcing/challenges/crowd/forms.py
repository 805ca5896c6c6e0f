"""The two ballots beside the panel: favourites of the public, points of other solvers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from civic_sourcing.challenges.crowd.actions import LEAST, MOST
from civic_sourcing.challenges.crowd.ballots import Ballot
from civic_sourcing.challenges.crowd.votes import Shown

SCALE = {
    1: _("1: hardly helps"),
    2: _("2: helps a little"),
    3: _("3: helps"),
    4: _("4: helps a lot"),
    5: _("5: could not be better"),
}


class ChoiceForm(forms.Form):
    """Up to ``most`` of the entries on a page of ``ballot`` and elsewhere; never one's own."""

    choices = forms.MultipleChoiceField(
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=_("Your favourites"),
        error_messages={
            "invalid_choice": _(
                "One of these entries is not voted on any more. Please choose again."
            )
        },
    )

    def __init__(self, *args: Any, ballot: Ballot, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ballot, self.entries, self.most = ballot, ballot.entries, ballot.held.most
        self.elsewhere = [one for one in ballot.elsewhere if not one.own]
        open_here = [one for one in self.entries if not one.own]
        field: Any = self.fields["choices"]
        field.choices = [(one.key, one.title) for one in [*open_here, *self.elsewhere]]
        sentence = ngettext("Choose one entry.", "Choose up to %(most)d entries.", self.most)
        field.help_text = sentence % {"most": self.most}

    def clean_choices(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["choices"]
        if len(chosen) > self.most:
            sentence = ngettext(
                "You can choose one entry; you chose %(number)d.",
                "You can choose up to %(most)d entries; you chose %(number)d.",
                self.most,
            )
            words = {"most": self.most, "number": len(chosen)}
            raise forms.ValidationError(sentence % words, code="too-many")
        return chosen

    @cached_property
    def boxes(self) -> dict[str, Any]:
        return {box.data["value"]: box for box in self["choices"].subwidgets}

    @property
    def rows(self) -> Iterator[tuple[Shown, Any]]:
        """Each entry of the page with its box; ``None`` for one's own."""
        return ((one, self.boxes.get(one.key)) for one in self.entries)

    @property
    def rows_elsewhere(self) -> Iterator[tuple[Shown, Any]]:
        """What is chosen on other pages, with its box."""
        return ((one, self.boxes[one.key]) for one in self.elsewhere)


class PointsForm(forms.Form):
    """One to five points for each of the ``entries``; what is left open stays as it was."""

    def __init__(self, *args: Any, entries: Sequence[Shown], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.entries = entries
        for one in entries:
            self.fields[one.key] = forms.TypedChoiceField(
                label=_("Your points"),
                required=False,
                coerce=int,
                empty_value=None,
                choices=[(points, SCALE[points]) for points in range(LEAST, MOST + 1)],
                widget=forms.RadioSelect,
            )

    @property
    def rows(self) -> Iterator[tuple[Shown, Any]]:
        return ((one, self[one.key]) for one in self.entries)

    @property
    def given(self) -> dict[str, int]:
        """Of a valid form, by the UUID of the entry."""
        return {
            str(one.entry.uuid): self.cleaned_data[one.key]
            for one in self.entries
            if self.cleaned_data[one.key] is not None
        }
