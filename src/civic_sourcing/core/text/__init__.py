"""
What citizens write: made clean on the way in, rendered once, stored as HTML.

Citizens write plain text: ``normalise`` it, ``render`` it, store both. HTML that must be accepted
(imports, staff) goes through ``clean_html``.
"""

from .graphemes import boundaries, graphemes
from .html import HTML_LENGTH_CAP, clean_html
from .hygiene import TextRefused, normalise, raw_length_cap, single_line
from .rendering import LINK_REL, render

__all__ = [
    "HTML_LENGTH_CAP",
    "LINK_REL",
    "TextRefused",
    "boundaries",
    "clean_html",
    "graphemes",
    "normalise",
    "raw_length_cap",
    "render",
    "single_line",
]
