"""Finding ideas by words, Korean ones too. See ``docs/explanation/finding-ideas.md``."""

from civic_sourcing.ideas.search.find import found, title_first

__all__ = ["found", "title_first"]
