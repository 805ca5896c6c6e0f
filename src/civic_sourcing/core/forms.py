import uuid
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.core import validators
from django.utils.translation import gettext_lazy as _

from civic_sourcing.core.text import TextRefused, normalise, raw_length_cap
from civic_sourcing.core.uploads import Kind, receive

ACCEPT = ",".join(kind.media_type for kind in Kind)
TOO_FAR = _("This date is too far away. Choose another one.")
EARLIEST, LATEST = datetime(1900, 1, 1, tzinfo=UTC), datetime(2199, 12, 31, tzinfo=UTC)


class MomentField(forms.DateTimeField):
    """A day and time between ``EARLIEST`` and ``LATEST``: in UTC, too, every calendar has it."""

    default_validators = (  # type: ignore[assignment]
        validators.MinValueValidator(EARLIEST, TOO_FAR),
        validators.MaxValueValidator(LATEST, TOO_FAR),
    )


class PlainTextField(forms.CharField):
    """
    Plain text by citizens, normalised; the form keeps what was typed when it is refused.

    ``max_length`` is in code points (what the column holds), ``max_graphemes`` in characters as a
    reader counts them. The browser's ``maxlength`` silently cuts what is pasted, so it is set to
    the most that could still be accepted; ``data-max-graphemes`` carries the limit to be shown.
    """

    def __init__(
        self,
        *,
        max_length: int,
        max_graphemes: int | None = None,
        single_line: bool = False,
        **kwargs: Any,
    ) -> None:
        self.max_graphemes = max_graphemes
        self.single_line = single_line
        kwargs.setdefault("widget", forms.TextInput if single_line else forms.Textarea)
        super().__init__(max_length=max_length, strip=False, **kwargs)
        # Normalising takes care of both, in people's units.
        own = (validators.MaxLengthValidator, validators.ProhibitNullCharactersValidator)
        self.validators = [rule for rule in self.validators if not isinstance(rule, own)]

    def to_python(self, value: Any) -> Any:
        """Return the normalised text, or the empty value if nothing visible was typed."""
        text = super().to_python(value)
        if text is None or text in self.empty_values:
            return text
        assert self.max_length is not None
        try:
            return normalise(
                text,
                max_length=self.max_length,
                max_graphemes=self.max_graphemes,
                single_line=self.single_line,
            )
        except TextRefused as refusal:
            if refusal.code == "blank":
                return self.empty_value
            raise

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Add the limits to those of ``CharField``."""
        attrs: dict[str, Any] = super().widget_attrs(widget)
        assert self.max_length is not None
        if "maxlength" in attrs:
            attrs["maxlength"] = str(raw_length_cap(self.max_length))
        attrs["data-max-graphemes"] = str(self.max_graphemes or self.max_length)
        return attrs


class RequestKeyField(forms.Field):
    """The key of the form as it was opened; a fresh one if somebody sent something else."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> str:
        try:
            return str(uuid.UUID(value))
        except (ValueError, TypeError, AttributeError):
            return str(uuid.uuid4())


class UploadField(forms.FileField):
    """A file as ``receive`` takes it: the cleaned value is a ``Received``, ready to be stored."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.ClearableFileInput(attrs={"accept": ACCEPT}))
        super().__init__(allow_empty_file=True, **kwargs)

    def to_python(self, data: Any) -> Any:
        """Return a ``Received``, or None if no file was chosen."""
        file = super().to_python(data)
        return None if file is None else receive(file)


def allow_at_most(field: forms.Field, number: int) -> None:
    """Let a number field take no more than ``number``, which a setting may say."""
    field.max_value = number  # type: ignore[attr-defined]
    field.validators.append(validators.MaxValueValidator(number))
    field.widget.attrs["max"] = number
