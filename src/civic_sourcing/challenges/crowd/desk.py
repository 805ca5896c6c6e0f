"""The row of the section “Judging” in which managers set a vote beside the panel."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from civic_sourcing.challenges.crowd.setting import MOST_DAYS, MOST_ENTRIES
from civic_sourcing.challenges.crowd.votes import ENTRANTS
from civic_sourcing.challenges.models import CrowdKind, CrowdVote
from civic_sourcing.participants.eligibility.verifiers import Verifier, verifier_kinds

KINDS = (
    (CrowdKind.PUBLIC, _("The public chooses its favourites")),
    (CrowdKind.PEER, _("Solvers score entries of others with one to five points")),
)


class CrowdVoteForm(forms.Form):
    """Who, when, how many entries, under what conditions."""

    uuid = forms.UUIDField(required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("Who"), choices=KINDS)
    wait_days = forms.IntegerField(
        label=_("Begins so many days after entries close"),
        min_value=0,
        max_value=MOST_DAYS,
        initial=0,
        help_text=_("It moves along if the date is put off."),
    )
    days = forms.IntegerField(
        label=_("Lasts so many days"), min_value=1, max_value=MOST_DAYS, initial=7
    )
    most = forms.IntegerField(
        label=_("Entries for each person"),
        min_value=1,
        max_value=MOST_ENTRIES,
        initial=3,
        help_text=_("How many somebody may choose; how many a solver has to score."),
    )
    conditions = forms.MultipleChoiceField(
        label=_("Who may vote"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("For the public vote. None: everybody with an account."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        conditions: Any = self.fields["conditions"]
        conditions.choices = condition_choices()

    @property
    def shown(self) -> list[Any]:
        return [self[name] for name in ("kind", "wait_days", "days", "most")]

    @property
    def beneath(self) -> list[Any]:
        return [self["conditions"]]

    @property
    def heading(self) -> Any:
        return dict(KINDS).get(self["kind"].value(), _("New vote"))

    def row(self) -> dict[str, Any]:
        """What ``SetCrowdVotes`` takes."""
        names = ("uuid", "kind", "wait_days", "days", "most", "conditions")
        return {name: self.cleaned_data[name] for name in names}


def condition_choices() -> list[tuple[str, Any]]:
    """Conditions that need nothing chosen further; those with options come with the entrants'."""
    plain = [
        (kind.key, kind.label)
        for kind in verifier_kinds()
        if kind.is_available() and not has_options(kind)
    ]
    return [(ENTRANTS, _("All that is asked of those who enter")), *plain]


def has_options(kind: type[Verifier]) -> bool:
    return kind.option_fields.__func__ is not Verifier.option_fields.__func__  # type: ignore[attr-defined]


def vote_row(vote: CrowdVote) -> dict[str, Any]:
    """What a row shows of a vote."""
    names = ("uuid", "kind", "wait_days", "days", "most", "conditions")
    return {name: getattr(vote, name) for name in names}
