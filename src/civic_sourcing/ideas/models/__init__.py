from civic_sourcing.ideas.models.changes import IdeaChange, IdeaWithdrawal
from civic_sourcing.ideas.models.drafts import IdeaDraft
from civic_sourcing.ideas.models.files import IdeaFile
from civic_sourcing.ideas.models.follows import IdeaFollow
from civic_sourcing.ideas.models.form_setup import Asked, FormQuestion, FormReply, FormSetup
from civic_sourcing.ideas.models.forums import IdeaForumMixin, IdeaForumPage
from civic_sourcing.ideas.models.ideas import (
    IdeaMixin,
    IdeaPage,
    IdeaQuerySet,
    IdeaTag,
    TaggedIdea,
    closed_to,
    name_of_author,
)
from civic_sourcing.ideas.models.places import Category, District
from civic_sourcing.ideas.models.rules import (
    Event,
    ForumRules,
    Initiator,
    Measure,
    Openness,
    ThresholdReached,
    ThresholdRule,
    Vocabulary,
)
from civic_sourcing.ideas.models.stages import Cause, Stage, StageChange, StagedMixin, StageNews
from civic_sourcing.ideas.models.support import Support
from civic_sourcing.ideas.models.tallies import IdeaTally, IdeaText

__all__ = [
    "Asked",
    "Category",
    "Cause",
    "District",
    "Event",
    "FormQuestion",
    "FormReply",
    "FormSetup",
    "ForumRules",
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
    "IdeaTally",
    "IdeaText",
    "IdeaWithdrawal",
    "Initiator",
    "Measure",
    "Openness",
    "Stage",
    "StageChange",
    "StageNews",
    "StagedMixin",
    "Support",
    "TaggedIdea",
    "ThresholdReached",
    "ThresholdRule",
    "Vocabulary",
    "closed_to",
    "name_of_author",
]
