from .forums import IdeaForumMixin, IdeaForumPage
from .ideas import IdeaMixin, IdeaPage, IdeaQuerySet, IdeaTag, TaggedIdea
from .support import Support

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
