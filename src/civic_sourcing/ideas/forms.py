"""The form on which an idea is proposed."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from civic_sourcing.core.forms import PlainTextField
from civic_sourcing.ideas.conf import DESCRIPTION_COLUMN, TITLE_COLUMN, conf
from civic_sourcing.ideas.tags import read_tags


class TagsField(forms.CharField):
    """Tags in one line, separated by commas; cleans to a list, which may be empty."""

    def clean(self, value: str) -> list[str]:
        return read_tags(self.to_python(value))


class RequestKeyField(forms.Field):
    """The key of the form as it was opened; a fresh one if somebody sent something else."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> str:
        try:
            return str(uuid.UUID(value))
        except (ValueError, TypeError, AttributeError):
            return str(uuid.uuid4())


class ProposeIdeaForm(forms.Form):
    """
    Title, description and tags of a new idea, with the help its ``forum`` gives.

    ``request_key`` makes a double click one idea. It checks shape only: whether the forum takes
    ideas is the action's question.
    """

    field_order = ["title", "description", "tags"]

    def __init__(self, *args: Any, forum: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
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
            "request_key": RequestKeyField(),
        }
