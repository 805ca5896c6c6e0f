"""Fields that are written in each language of the site."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.coreutils import get_content_languages

from civic_sourcing.core.forms import PlainTextField
from civic_sourcing.processes.naming import in_language


@dataclass(frozen=True)
class Words:
    """A text in each language: its ``label`` takes ``%(language)s``; ``rows`` > 1 for long ones."""

    label: Any
    length: int
    rows: int = 1

    def field(self, code: str, language: str) -> PlainTextField:
        widget = (
            forms.TextInput(attrs={"lang": code})
            if self.rows == 1
            else forms.Textarea(attrs={"rows": self.rows, "lang": code})
        )
        return PlainTextField(
            label=self.label % {"language": language},
            required=False,
            max_length=self.length,
            single_line=self.rows == 1,
            widget=widget,
        )


class WordedForm(forms.Form):
    """
    A row with texts by language and a ``uuid`` where it stands for one there is.

    ``words`` names its texts; the one ``named`` is asked for in one language at least.
    """

    words: ClassVar[Mapping[str, Words]] = {}
    named: ClassVar[str] = "titles"
    fresh: ClassVar[Any] = _("New")
    uuid = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        texts = {
            f"{name}_{code}": words.field(code, language)
            for name, words in self.words.items()
            for code, language in get_content_languages().items()
        }
        own = {name: field for name, field in self.fields.items() if name != "uuid"}
        self.fields = {"uuid": self.fields["uuid"], **texts, **own}

    @property
    def languages(self) -> list[list[Any]]:
        """The texts of each language, which stand in one column."""
        return [[self[f"{name}_{code}"] for name in self.words] for code in get_content_languages()]

    @property
    def shown(self) -> list[Any]:
        texts = {field.name for column in self.languages for field in column}
        hidden = texts | {"uuid", "DELETE"}
        return [self[name] for name in self.fields if name not in hidden]

    @property
    def heading(self) -> Any:
        codes = get_content_languages()
        texts = {code: self[f"{self.named}_{code}"].value() or "" for code in codes}
        return in_language(texts) or self.fresh

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        codes = list(get_content_languages())
        if not any(cleaned.get(f"{self.named}_{code}") for code in codes):
            self.add_error(
                f"{self.named}_{codes[0]}", _("Write the name in one language at least.")
            )
        return cleaned

    def row(self) -> dict[str, Any]:
        """What the action takes: texts as ``{language: text}``, the rest by name."""
        typed, codes = self.cleaned_data, list(get_content_languages())
        texts = {
            name: {code: typed[f"{name}_{code}"] for code in codes if typed[f"{name}_{code}"]}
            for name in self.words
        }
        plain = {field.name: typed[field.name] for field in self.shown}
        return {"uuid": typed["uuid"], **texts, **plain}


def words_in_form(row: Any, *names: str) -> dict[str, str]:
    """What the fields of a ``WordedForm`` show of the texts of ``row``."""
    return {
        f"{name}_{code}": getattr(row, name).get(code, "")
        for name in names
        for code in get_content_languages()
    }
