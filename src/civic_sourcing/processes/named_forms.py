"""Forms for rows that have a name in each language of the site: areas, categories, groups."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.formsets import BaseFormSetMixin
from wagtail.coreutils import get_content_languages

from civic_sourcing.core.forms import PlainTextField
from civic_sourcing.processes.naming import in_language

NAME_LENGTH = 60


class NamedForm(forms.Form):
    """One row; ``code`` is that of a row there is, empty for a new one."""

    code = forms.SlugField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = {name: field for name, field in self.fields.items() if name != "code"}
        names = {
            f"name_{code}": PlainTextField(
                label=_("Name (%(language)s)") % {"language": language},
                required=False,
                max_length=NAME_LENGTH,
                single_line=True,
            )
            for code, language in get_content_languages().items()
        }
        self.fields = {"code": self.fields["code"], **names, **own}

    @property
    def shown(self) -> list[Any]:
        return [self[name] for name in self.fields if name not in ("code", "DELETE")]

    @property
    def heading(self) -> Any:
        """The row's name, for its head."""
        names = {code: self[f"name_{code}"].value() or "" for code in get_content_languages()}
        return in_language(names) or _("New")

    @property
    def names(self) -> dict[str, str]:
        """What was typed, by language."""
        return {code: self.cleaned_data[f"name_{code}"] for code in get_content_languages()}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        codes = list(get_content_languages())
        if not any(cleaned.get(f"name_{code}") for code in codes):
            self.add_error(f"name_{codes[0]}", _("Write the name in one language at least."))
        return cleaned


class RowFormSet(BaseFormSetMixin, forms.BaseFormSet):
    """Rows that Wagtail's ``w-formset`` controller adds and takes away."""

    @property
    def kept_forms(self) -> list[Any]:
        """All but those taken away and new ones left empty."""
        filled = [form for form in self.forms if form.initial or form.has_changed()]
        return [form for form in filled if form not in self.deleted_forms]


def rows_formset(form: type[forms.Form], *, base: Any = RowFormSet, most: int = 60) -> Any:
    """Return the formset of up to ``most`` rows of ``form``."""
    return forms.formset_factory(
        form,
        formset=base,
        extra=0,
        can_delete=True,
        max_num=most,
        absolute_max=most + 1,
        validate_max=True,
    )


def names_in_form(names: dict[str, str]) -> dict[str, str]:
    """What the fields of a ``NamedForm`` show of ``names``."""
    return {f"name_{code}": names.get(code, "") for code in get_content_languages()}
