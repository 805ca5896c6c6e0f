from __future__ import annotations

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

ICON = "civic_sourcing/core/elements/icon.html"


class Icons(dict[str, SafeString]):
    """Icons by name, each drawn once for a screen that shows it a hundred times."""

    def __missing__(self, name: str) -> SafeString:
        self[name] = drawn = render_to_string(ICON, {"name": name})
        return drawn
