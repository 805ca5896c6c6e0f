"""The screens of judges."""

from .entries import conflict, entry
from .files import file
from .panels import index, invitation, panel, step_down

__all__ = ["conflict", "entry", "file", "index", "invitation", "panel", "step_down"]
