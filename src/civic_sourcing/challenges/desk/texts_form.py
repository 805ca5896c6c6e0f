"""The texts of a section in one language, with the editors of the page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import modelform_factory
from django.utils.functional import cached_property
from django.utils.translation import ngettext
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.blocks import BlockField

from civic_sourcing.challenges.editorial.sections import limit
from civic_sourcing.core.text import graphemes

_MARKS = re.compile(r' data-block-key="[^"]*"')
LIMITED = ("title", "tagline", "short_description")


class TextsForm(WagtailAdminModelForm):
    """Texts of a page; what is longer than people may read at a glance is refused."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._keep_unsent_blocks()
        for field in self.fields.values():
            # A label names an input, and the editor of rich text is none.
            if options := getattr(field.widget, "options", None):
                field.widget.options = {**options, "ariaLabel": str(field.label)}

    def _keep_unsent_blocks(self) -> None:
        """Blocks that a browser without scripts could not send stay as they are."""
        for name, field in list(self.fields.items()):
            is_sent = f"{self.add_prefix(name)}-count" in self.data
            if self.is_bound and isinstance(field, BlockField) and not is_sent:
                del self.fields[name]

    @cached_property
    def changed_data(self) -> list[str]:
        """Without texts that only got marks of the editor, such as keys of their blocks."""
        names: list[str] = super().changed_data
        return [name for name in names if self._differs(name)]

    def _differs(self, name: str) -> bool:
        typed = self[name].data
        stored = self.get_initial_for_field(self.fields[name], name)
        if not isinstance(typed, str) or not isinstance(stored, str):
            return True
        return _MARKS.sub("", typed) != _MARKS.sub("", stored)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name in LIMITED:
            text, most = cleaned.get(name) or "", limit(name)
            if name in self.changed_data and graphemes(text) > most:
                sentence = ngettext(
                    "At most %(most)d character; these are %(count)d.",
                    "At most %(most)d characters; these are %(count)d.",
                    most,
                )
                facts = {"most": most, "count": graphemes(text)}
                self.add_error(name, ValidationError(sentence % facts, code="too-long"))
        return cleaned


def texts_form(model: Any, names: Sequence[str]) -> Any:
    """The class of a form for these fields of a page."""
    return modelform_factory(model, form=TextsForm, fields=list(names))
