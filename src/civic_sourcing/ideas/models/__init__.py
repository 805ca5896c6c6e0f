from civic_sourcing.ideas.models.changes import IdeaChange, IdeaWithdrawal
from civic_sourcing.ideas.models.drafts import IdeaDraft
from civic_sourcing.ideas.models.files import IdeaFile
from civic_sourcing.ideas.models.follows import IdeaFollow
from civic_sourcing.ideas.models.form_setup import Asked, FormQuestion, FormReply, FormSetup
from civic_sourcing.ideas.models.forums import IdeaForumMixin, IdeaForumPage
from civic_sourcing.ideas.models.ideas import IdeaMixin, IdeaPage, IdeaQuerySet, IdeaTag, TaggedIdea
from civic_sourcing.ideas.models.support import Support

__all__ = [
    "Asked",
    "FormQuestion",
    "FormReply",
    "FormSetup",
    "IdeaChange",
    "IdeaDraft",
    "IdeaFile",
    "IdeaFollow",
    "IdeaForumMixin",
    "IdeaForumPage",
    "IdeaMixin",
    "IdeaPage",
    "IdeaQuerySet",
    "IdeaTag",
    "IdeaWithdrawal",
    "Support",
    "TaggedIdea",
]
