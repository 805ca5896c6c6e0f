"""The form on which an idea is proposed."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from civic_sourcing.attribution.forms import terms_fields
from civic_sourcing.attribution.models import LicenceVersion
from civic_sourcing.core.forms import PlainTextField, RequestKeyField
from civic_sourcing.ideas import similar_ideas
from civic_sourcing.ideas.conf import DESCRIPTION_COLUMN, TITLE_COLUMN, conf
from civic_sourcing.ideas.tags import read_tags
from civic_sourcing.moderation import offers
from civic_sourcing.participants.conf import conf as people


class TagsField(forms.CharField):
    """Tags in one line, separated by commas; cleans to a list, which may be empty."""

    def clean(self, value: str) -> list[str]:
        return read_tags(self.to_python(value))


class AgeField(forms.TypedChoiceField):
    """Asked once of everybody, and only the answer is kept; cleans to true or false."""

    def __init__(self) -> None:
        facts = {"limit": people.AGE_LIMIT}
        super().__init__(
            label=_("How old are you?"),
            choices=[
                ("yes", _("I am %(limit)d years old or older") % facts),
                ("no", _("I am younger than %(limit)d") % facts),
            ],
            coerce=lambda answer: answer == "yes",
            widget=forms.RadioSelect,
            help_text=_(
                "We ask once and keep the answer only. Who is younger needs a guardian’s consent "
                "before others can see what they wrote."
            ),
            error_messages={"required": _("Please tell us whether you are old enough.")},
        )


class ProposeIdeaForm(forms.Form):
    """
    Title, description and tags of a new idea, with the help its ``forum`` gives.

    ``licences`` are the wordings to choose from. ``ask_age`` puts the question of age, too.
    ``request_key`` makes a double click one idea. It checks shape only: whether the forum takes
    ideas is the action's question.
    """

    field_order = [
        "title",
        "description",
        "tags",
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
        ask_age: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.licences = licences
        self.fields |= {
            "title": PlainTextField(
                label=_("Title"),
                help_text=forum.title_help or _("One short sentence that says what should happen."),
                max_length=TITLE_COLUMN,
                max_graphemes=conf.IDEA_TITLE_LENGTH,
                single_line=True,
                error_messages={"required": _("Please give your idea a title.")},
            ),
            "description": PlainTextField(
                label=_("Description"),
                help_text=forum.description_help
                or _("What is the problem, and what do you propose?"),
                max_length=DESCRIPTION_COLUMN,
                max_graphemes=conf.IDEA_DESCRIPTION_LENGTH,
                widget=forms.Textarea(attrs={"rows": 10}),
                error_messages={"required": _("Please describe your idea.")},
            ),
            "tags": TagsField(
                label=_("Tags"),
                required=False,
                help_text=ngettext_lazy(
                    "At most %(number)d word others may look for.",
                    "Up to %(number)d words others may look for, separated by commas.",
                    "number",
                )
                % {"number": conf.IDEA_TAGS},
            ),
            **terms_fields(self.licences),
            **({"of_age": AgeField()} if ask_age else {}),
            "request_key": RequestKeyField(),
            offers.ANSWER: offers.answer_field(),
            **similar_ideas.fields(),
        }

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
