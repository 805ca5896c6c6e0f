"""The list of a forum: what somebody wishes to see, in which order, as cards, map, feed or data."""

from civic_sourcing.ideas.listing.ideas import IdeaList
from civic_sourcing.ideas.listing.wishes import Wishes

__all__ = ["IdeaList", "Wishes"]
