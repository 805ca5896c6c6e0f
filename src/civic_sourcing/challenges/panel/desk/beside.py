"""Forms that stand on one screen and are sent together, whichever button is pressed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def came_along(data: Mapping[str, Any], prefix: str) -> bool:
    """Whether anything of the form with ``prefix`` was sent."""
    return any(name.startswith(f"{prefix}-") for name in data)


def typed(form: Any) -> Any:
    """
    What was typed into a bound form or formset, as ``initial`` of one that judges nothing yet. Of a
    formset the rows that are not empty.
    """
    if hasattr(form, "forms"):
        return [row for each in form.forms if any((row := typed(each)).values())]
    return {name: form[name].value() for name in form.fields}
