"""The forms on which an idea is written. They check shape; actions check rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from civic_sourcing.attribution.forms import terms_fields
from civic_sourcing.attribution.models import LicenceVersion
from civic_sourcing.core.forms import PlainTextField, RequestKeyField
from civic_sourcing.ideas import similar_ideas
from civic_sourcing.ideas.conf import conf
from civic_sourcing.ideas.models import IdeaWithdrawal
from civic_sourcing.ideas.writing import fields, files
from civic_sourcing.ideas.writing.plan import ABOUT, CHECK, IDEA, FormPlan
from civic_sourcing.moderation import offers
from civic_sourcing.participants.forms import TakingPartMixin

WORDS = ("title", "description", "tags")
NOTE_LENGTH = 300
HIDDEN = frozenset({"request_key", offers.ANSWER, "offered"})


class IdeaForm(forms.Form):
    """
    Title, description, tags, and whatever else the forum of ``plan`` asks.

    ``arguments`` is what the actions take. With ``step`` it has the fields of that step only.
    """

    def __init__(self, *args: Any, plan: FormPlan, step: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plan = plan
        self.step = step
        words = fields.words(plan)
        about = {**fields.place(plan), **fields.questions(plan)}
        self.steps = dict.fromkeys(words, IDEA) | dict.fromkeys(about, ABOUT)
        self.fields |= {**words, **about}

    def step_of(self, name: str) -> str:
        """On which step the field ``name`` stands."""
        return self.steps.get(name, CHECK)

    def keep_step(self) -> None:
        """Drop the fields of other steps, once all of them are there."""
        if self.step:
            for name in [name for name in self.fields if self.step_of(name) != self.step]:
                if name not in HIDDEN:
                    del self.fields[name]

    @property
    def first_wrong_step(self) -> str:
        wrong = {self.step_of(name) for name in self.errors}
        return next((key for key in self.plan.keys if key in wrong), CHECK)

    def clean_description(self) -> str:
        text: str = self.cleaned_data["description"]
        begun = self.plan.setup.prefilled_text
        if begun and text.split() == begun.split():
            raise ValidationError(_("Please write a description."), code="required")
        return text

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        needs_place = "address" in self.fields and self.plan.setup.requires("location")
        typed = cleaned.get("address") or cleaned.get("coordinates") or "coordinates" in self.errors
        if needs_place and not typed:
            self.add_error("address", _("Please say where it is, by address or by coordinates."))
        return cleaned

    def arguments(self) -> dict[str, Any]:
        """What ``ProposeIdea`` and ``EditIdea`` both take, of a valid form with all its fields."""
        given = self.cleaned_data
        latitude, longitude = given.get("coordinates") or (None, None)
        return {
            "title": given["title"],
            "description": given["description"],
            "tags": given.get("tags", []),
            "category": given.get("category"),
            "district": given.get("district"),
            "address": given.get("address", ""),
            "latitude": latitude,
            "longitude": longitude,
            "replies": fields.replies(self.plan, given),
        }


class ProposeIdeaForm(TakingPartMixin, IdeaForm):
    """
    A new idea, with the help its ``forum`` gives, and the terms under which it is handed in.

    ``licences`` are the wordings to choose from. What is still open about ``participant`` (age,
    texts to agree to) is asked, too. ``request_key`` makes a double click one idea.
    """

    field_order = [
        *WORDS,
        "difference",
        "licence",
        "third_party",
        "third_party_note",
        "made_on_duty",
        "of_age",
    ]

    def __init__(
        self,
        *args: Any,
        forum: Any,
        licences: Sequence[LicenceVersion] = (),
        plan: FormPlan | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, plan=plan or FormPlan(forum), **kwargs)
        self.licences = licences
        self.fields |= {
            **terms_fields(self.licences),
            "request_key": RequestKeyField(),
            offers.ANSWER: offers.answer_field(),
            **similar_ideas.fields(),
        }
        self.keep_step()
        self.order_fields(self.field_order)

    @property
    def claiming(self) -> list[LicenceVersion]:
        """Wordings that give away more than the use for this purpose; told before the form."""
        return [version for version in self.licences if version.licence.claims_rights]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not cleaned.pop("third_party", False):
            cleaned["third_party_note"] = ""
        elif not cleaned.get("third_party_note") and "third_party_note" not in self.errors:
            self.add_error("third_party_note", _("Please say what is not yours, and whose it is."))
        return cleaned

    def arguments(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            **super().arguments(),
            "licence": given.get("licence"),
            "third_party_note": given["third_party_note"],
            "made_on_duty": given["made_on_duty"],
        }


class EditIdeaForm(IdeaForm):
    """
    An idea as its author changes it. ``needs_note`` asks what changes and why.

    What its forum asks no more stays as it is. ``removed`` are the numbers of photos to take out;
    one can be added at a time, under the rules of new ideas.
    """

    def __init__(
        self,
        *args: Any,
        needs_note: bool = False,
        photos: Sequence[Any] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.there = len(photos)
        if photos:
            self.fields["removed"] = forms.TypedMultipleChoiceField(
                label=_("Take out these photos"),
                required=False,
                coerce={str(photo.uuid): photo for photo in photos}.get,
                choices=[(str(photo.uuid), photo.alternative or photo.name) for photo in photos],
                widget=forms.CheckboxSelectMultiple,
            )
        if self.plan.asks("photos"):
            self.fields |= files.photo_fields(_("Add a photo"), required=False)
        self.fields["note"] = PlainTextField(
            label=_("What do you change, and why?"),
            help_text=_("One sentence. It is shown with the versions of your text."),
            required=needs_note,
            max_length=500,
            max_graphemes=NOTE_LENGTH,
            single_line=True,
            error_messages={"required": _("Please say in a sentence what you change and why.")},
        )
        self.fields[offers.ANSWER] = offers.answer_field()

    def clean_photo(self) -> Any:
        return files.only_pictures(self.cleaned_data["photo"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "photo" in self.fields:
            self._clean_photos(cleaned)
        return cleaned

    def _clean_photos(self, cleaned: dict[str, Any]) -> None:
        """Photo and words come together, and the forum gets as many as it asks for."""
        photo, words = cleaned.get("photo"), cleaned.get("alternative")
        if photo and not words and "alternative" not in self.errors:
            self.add_error("alternative", self.fields["alternative"].error_messages["required"])
        if words and not photo and "photo" not in self.errors:
            self.add_error("photo", self.fields["photo"].error_messages["required"])
        left = self.there - len(cleaned.get("removed") or [])
        if photo and left >= conf.IDEA_PHOTOS:
            self.add_error("photo", _("There is no room for more photos."))
        if not photo and self.there and not left and self.plan.setup.requires("photos"):
            self.add_error("photo", _("Please add a photo."))

    def arguments(self) -> dict[str, Any]:
        given = self.cleaned_data
        without, photo = given.get("removed", []), given.get("photo")
        asked = {**super().arguments(), **self.plan.untouched}
        photos = [(photo, given["alternative"])] if photo else []
        return {**asked, "note": given["note"], "without": without, "photos": photos}


class WithdrawIdeaForm(forms.Form):
    """Why its author takes an idea back."""

    reason = forms.ChoiceField(
        label=_("Why do you withdraw it?"),
        choices=IdeaWithdrawal.Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose a reason.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"] = PlainTextField(
            label=_("In your own words, if you like"),
            help_text=_("Everybody can read it."),
            required=False,
            max_length=1000,
            max_graphemes=500,
            widget=forms.Textarea(attrs={"rows": 3}),
        )


def initial_of(idea: Any, replies: Mapping[str, str]) -> dict[str, Any]:
    """What the form shows of a filed idea; ``replies`` by name of field."""
    return {
        "title": idea.title,
        "description": idea.description,
        "tags": ", ".join(sorted(idea.tags.names())),
        **fields.initial_place(idea),
        **replies,
    }
