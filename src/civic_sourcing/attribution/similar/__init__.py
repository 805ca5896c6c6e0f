"""Similar contributions, found without knowing a language. See ``docs/explanation/similar.md``."""

from .search import Match, find

__all__ = ["Match", "find"]
