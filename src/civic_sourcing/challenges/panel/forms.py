"""What judges fill in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from civic_sourcing.challenges.judging.sheets import Mark
from civic_sourcing.challenges.models import Criterion, ScoreSheet
from civic_sourcing.challenges.panel.criteria import levels_of, measure_of
from civic_sourcing.core.forms import PlainTextField

COMMENT, OVERALL = 2000, 5000


class AcceptForm(forms.Form):
    """The promise of a judge."""

    promised = forms.BooleanField(
        label=_("I judge impartially, and keep what I read to myself until it is published."),
        error_messages={"required": _("Please promise this first.")},
    )


class DeclarationForm(forms.Form):
    """Whether there is a conflict of interest."""

    NO, YES = "none", "conflict"

    conflict = forms.ChoiceField(
        label=_("Do you have a conflict of interest with this entry?"),
        choices=[
            (NO, _("No, I can judge it impartially")),
            (YES, _("Yes, and I do not want to judge it")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose one of the two.")},
    )
    note = PlainTextField(
        label=_("If yes: what is it?"),
        help_text=_("Only the manager of the challenge reads it. A few words are enough."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("conflict") == self.YES and not cleaned.get("note"):
            self.add_error("note", _("Please say in a few words what the conflict is."))
        return cleaned


class LateConflictForm(forms.Form):
    """A conflict that shows only when the entry is read."""

    note = PlainTextField(
        label=_("What is the conflict?"),
        help_text=_("Only the manager of the challenge reads it. A few words are enough."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Please say in a few words what the conflict is.")},
    )


class SheetForm(forms.Form):
    """
    One field of points and one for a comment for each criterion, then two texts.

    A draft may have gaps; what is handed in is ``whole``, and each gap is told at its field.
    """

    use_required_attribute = False

    overall = PlainTextField(
        label=_("Comment to the solvers"),
        help_text=_("They read it after the decision, without your name."),
        max_length=OVERALL,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    note = PlainTextField(
        label=_("Note for yourself"),
        help_text=_("Nobody else reads it."),
        max_length=OVERALL,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self,
        *args: Any,
        criteria: Sequence[Criterion],
        sheet: ScoreSheet | None,
        marks: Mapping[str, Mark],
        whole: bool = False,
        **kwargs: Any,
    ) -> None:
        self.criteria, self.whole = criteria, whole
        initial = {"overall": sheet.overall_comment, "note": sheet.private_note} if sheet else {}
        for criterion in criteria:
            mark = marks.get(str(criterion.uuid), Mark())
            initial[points_name(criterion)] = "" if mark.points is None else str(mark.points)
            initial[comment_name(criterion)] = mark.comment
        super().__init__(*args, initial=initial, **kwargs)
        own = {}
        for criterion in criteria:
            own[points_name(criterion)] = points_field(criterion)
            own[comment_name(criterion)] = comment_field(criterion)
        self.fields = {**own, **self.fields}

    def _clean_fields(self) -> None:
        """Ask for nothing in a draft, though its fields say what will be asked for."""
        asked = [field for field in self.fields.values() if field.required and not self.whole]
        for field in asked:
            field.required = False
        super()._clean_fields()
        for field in asked:
            field.required = True

    def rows(self) -> Iterator[dict[str, Any]]:
        """Each criterion with its two fields, for the template."""
        for criterion in self.criteria:
            yield {
                "criterion": criterion,
                "points": self[points_name(criterion)],
                "comment": self[comment_name(criterion)],
            }

    def arguments(self) -> dict[str, Any]:
        """What the actions take."""
        marks = {
            str(criterion.uuid): Mark(
                _number(self.cleaned_data[points_name(criterion)]),
                self.cleaned_data[comment_name(criterion)],
            )
            for criterion in self.criteria
        }
        return {
            "marks": marks,
            "comment": self.cleaned_data["overall"],
            "note": self.cleaned_data["note"],
        }


def points_name(criterion: Criterion) -> str:
    return f"points_{criterion.uuid.hex[:12]}"


def comment_name(criterion: Criterion) -> str:
    return f"comment_{criterion.uuid.hex[:12]}"


def points_field(criterion: Criterion) -> forms.Field:
    """A number from 0 to the most, or the levels with their words, or yes and no."""
    if criterion.kind == Criterion.Kind.YES_NO:
        return _choice(pgettext_lazy("judging", "Answer"), [("1", _("Yes")), ("0", _("No"))])
    if criterion.kind == Criterion.Kind.RATING and criterion.levels:
        said = _now("%(points)d – %(level)s")
        return _choice(
            _("Points"),
            [
                (str(points), said % {"points": points, "level": label})
                for points, label in levels_of(criterion)
            ],
        )
    most = measure_of(criterion).most
    return forms.IntegerField(
        label=_now("Points, 0 to %(most)d") % {"most": most},
        min_value=0,
        max_value=most,
        error_messages={
            "required": _("Please give points."),
            "max_value": _("At most %(limit_value)s points are possible."),
            "min_value": _("Points cannot be below 0."),
        },
    )


def comment_field(criterion: Criterion) -> PlainTextField:
    return PlainTextField(
        label=_("Why"),
        max_length=COMMENT,
        required=criterion.needs_comment,
        error_messages={"required": _("Please say why.")},
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def _choice(label: Any, choices: list[tuple[str, Any]]) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose one of these.")},
    )


def _number(value: Any) -> int | None:
    return None if value in ("", None) else int(value)
