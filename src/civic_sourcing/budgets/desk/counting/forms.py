"""What is typed while a vote is counted: what was drawn, what became of objections."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from civic_sourcing.budgets.desk.holding.forms import reason
from civic_sourcing.core.forms import PlainTextField

MOST_PEOPLE = 2_000_000_000


class StartForm(forms.Form):
    """Asks only for what this vote needs: ``asks`` are names of its fields."""

    drawn = PlainTextField(
        label=_("What came out of the announced draw"),
        max_length=255,
        single_line=True,
        help_text=_("It is published with the count and holds for every later one."),
    )
    eligible = forms.IntegerField(
        label=_("How many people may vote"),
        min_value=1,
        max_value=MOST_PEOPLE,
        help_text=_("The quorum is a share of them."),
    )

    def __init__(self, *args: Any, asks: tuple[str, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in [name for name in self.fields if name not in asks]:
            del self.fields[name]


class ConfirmForm(forms.Form):
    """What became of objections."""

    reason = reason(
        _("Say what became of objections. It stands beside the result once somebody has approved.")
    )
