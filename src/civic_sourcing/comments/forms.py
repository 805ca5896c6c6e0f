"""The forms on which people write, change and close."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from civic_sourcing.comments.conf import TEXT_COLUMN, conf
from civic_sourcing.comments.models import Position
from civic_sourcing.core.forms import PlainTextField, RequestKeyField
from civic_sourcing.moderation import offers
from civic_sourcing.participants.forms import TakingPartMixin

SPEAKING = {
    "official": _("for the city: an official answer"),
    "moderator": _("as a moderator"),
}
"""Roles somebody can speak in, as they choose them on the form."""


class BackField(forms.CharField):
    """The path of the page the form stood on, to lead back there; nothing that leads elsewhere."""

    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(required=False, max_length=2000)

    def clean(self, value: Any) -> str:
        path = str(value or "")
        local = path.startswith("/") and not path.startswith("//") and path.isprintable()
        return path if local and not set(path) & set("\\?#") else ""


class CommentForm(TakingPartMixin, forms.Form):
    """
    A new comment, or a reply; it checks shape, the action decides.

    ``positions`` asks for or against, ``roles`` (keys) in which role somebody speaks who has one.
    ``request_key`` makes a double click one comment. What is still open about the person (age,
    terms) is asked when ``participant`` is given.
    """

    field_order = ["text", "position", "role"]

    def __init__(
        self,
        *args: Any,
        key: str,
        positions: bool = False,
        roles: Iterable[str] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, auto_id=f"{key}-%s", **kwargs)
        self.fields |= {
            "text": text_field(_("Your comment")),
            "request_key": RequestKeyField(),
            "quoted": forms.UUIDField(required=False, widget=forms.HiddenInput),
            "back": BackField(),
            offers.ANSWER: offers.answer_field(),
        }
        if positions:
            self.fields["position"] = forms.ChoiceField(
                label=_("Your position"),
                required=False,
                choices=Position.choices,
                widget=forms.RadioSelect,
            )
        if choices := [(role, SPEAKING[role]) for role in SPEAKING if role in roles]:
            self.fields["role"] = forms.ChoiceField(
                label=_("You speak"),
                required=False,
                choices=[("", _("for yourself")), *choices],
                widget=forms.RadioSelect,
            )
        self.order_fields(self.field_order)


class EditForm(forms.Form):
    """The text of a comment as its author changes it."""

    def __init__(self, *args: Any, key: str, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": f"{key}-%s", **kwargs})
        self.fields["text"] = text_field(_("Your comment"))
        self.fields[offers.ANSWER] = offers.answer_field()


class ConclusionForm(forms.Form):
    """What came out of a discussion, said while it is closed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["conclusion"] = PlainTextField(
            label=_("Conclusion"),
            help_text=_(
                "What came out of it, and what happens next. It stands above the comments."
            ),
            required=False,
            max_length=TEXT_COLUMN,
            max_graphemes=conf.CONCLUSION_LENGTH,
            widget=forms.Textarea(attrs={"rows": 6}),
        )


class RatingForm(forms.Form):
    value = forms.TypedChoiceField(choices=[(1, "1"), (0, "0"), (-1, "-1")], coerce=int)


def text_field(label: Any) -> PlainTextField:
    return PlainTextField(
        label=label,
        max_length=TEXT_COLUMN,
        max_graphemes=conf.COMMENT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Please write something first.")},
    )
