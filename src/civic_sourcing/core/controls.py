"""What a form field needs to be shown well: its kind, its ids and its attributes."""

from functools import cached_property

from django import forms
from django.utils.safestring import SafeString

KINDS: dict[type[forms.Widget], str] = {
    forms.CheckboxSelectMultiple: "checkboxes",
    forms.RadioSelect: "radios",
    forms.CheckboxInput: "checkbox",
    forms.Textarea: "textarea",
    forms.SelectMultiple: "select",
    forms.Select: "select",
    forms.FileInput: "file",
    forms.MultiWidget: "group",
    forms.SelectDateWidget: "group",
}


class Control:
    """
    A bound form field as the element ``field`` shows it.

    Label, hint and errors are tied to the widget with ``aria-describedby`` and ``aria-invalid``.
    ``maxlength`` is taken away, because browsers cut off what is pasted without a word; the length
    is counted beside the field instead and judged by the form.
    """

    def __init__(
        self, field: forms.BoundField, *, hint: str = "", counter: bool | str = ""
    ) -> None:
        self.field = field
        self.hint = hint or field.help_text
        self.wants_counter = self.kind == "textarea" if counter == "" else bool(counter)

    @cached_property
    def kind(self) -> str:
        """One of the values of ``KINDS``, or the input type: text, email, date, password …"""
        widget = self.field.field.widget
        for widget_class, kind in KINDS.items():
            if isinstance(widget, widget_class):
                return kind
        return getattr(widget, "input_type", None) or "text"

    @property
    def is_group(self) -> bool:
        """Whether several inputs share one label, so that a fieldset and legend are due."""
        return self.kind in {"radios", "checkboxes", "group"}

    @property
    def id(self) -> str:
        """The id that names the whole field; hint, error and counter ids are built from it."""
        return self.field.auto_id or f"id_{self.field.html_name}"

    @property
    def target(self) -> str:
        """The id of the first thing in the field that takes the focus."""
        return f"{self.id}_0" if self.is_group else self.field.id_for_label or self.id

    @property
    def hint_id(self) -> str:
        return f"{self.id}_hint"

    @property
    def error_id(self) -> str:
        return f"{self.id}_error"

    @property
    def counter_id(self) -> str:
        return f"{self.id}_counter"

    @property
    def limit(self) -> int | None:
        """The number of characters allowed, as a reader counts them, if it is to be counted."""
        field = self.field.field
        limit = getattr(field, "max_graphemes", None) or getattr(field, "max_length", None)
        return limit if self.wants_counter else None

    @property
    def required(self) -> bool:
        return self.field.field.required

    @property
    def described_by(self) -> str:
        """Ids of what belongs to the field, errors first, as screen readers should say it."""
        ids = [
            self.error_id if self.field.errors else "",
            self.hint_id if self.hint else "",
            self.counter_id if self.limit else "",
        ]
        return " ".join(filter(None, ids))

    @property
    def widget(self) -> SafeString:
        """The HTML of the input itself."""
        attributes: dict[str, str | bool] = {
            "id": self.id,
            "class": f"civic-input civic-input-{self.kind}",
            "maxlength": False,
            "aria-describedby": self.described_by or False,
        }
        if self.field.errors:
            attributes["aria-invalid"] = "true"
        if self.limit:
            attributes["data-civic-counter"] = self.counter_id
        return self.field.as_widget(attrs=attributes)
