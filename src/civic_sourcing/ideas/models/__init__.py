from civic_sourcing.ideas.models.forums import IdeaForumMixin, IdeaForumPage
from civic_sourcing.ideas.models.ideas import IdeaMixin, IdeaPage, IdeaQuerySet, IdeaTag, TaggedIdea
from civic_sourcing.ideas.models.support import Support

__all__ = [
    "IdeaForumMixin",
    "IdeaForumPage",
    "IdeaMixin",
    "IdeaPage",
    "IdeaQuerySet",
    "IdeaTag",
    "Support",
    "TaggedIdea",
]
