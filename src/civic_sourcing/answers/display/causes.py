"""Why the city owes something, in words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Label = str | Promise

_causes: dict[str, Label] = {}


def register_cause(code: str, label: Label) -> None:
    """Name a cause of promises for people. A second call puts another label to it."""
    _causes[code] = label


def cause_label(code: str) -> Label:
    """The words of a cause; one nobody has named speaks for itself."""
    return _causes.get(code, code)


register_cause("by-hand", _("Promised by an official"))
register_cause("threshold", _("Enough people supported it"))
register_cause("stage", _("Its stage asks for it"))
register_cause("adoption", _("It was adopted"))
register_cause("answer", _("An answer announced it"))
