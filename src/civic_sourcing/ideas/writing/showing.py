"""What an idea's page shows of writing: photos, replies, versions, and what one can do with it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest

from civic_sourcing.attribution.models import State
from civic_sourcing.attribution.traces import may_have
from civic_sourcing.core.spots import in_degrees
from civic_sourcing.ideas.models import FormReply, IdeaFile, IdeaFollow, IdeaWithdrawal
from civic_sourcing.ideas.writing.policies import CHANGEABLE, UNDECIDED
from civic_sourcing.participants.models import Participant

FILES = "files"
REPLIES = "replies"
FOLLOWS = "follows"


@dataclass
class Writing:
    """
    The written side of ``idea`` for ``participant`` (``None``: signed out or new here).

    Every query is made when its part is shown, and once; what an idea cannot have costs none.
    """

    idea: Any
    request: HttpRequest
    participant: Participant | None

    @cached_property
    def files(self) -> list[IdeaFile]:
        if not may_have(self.idea.contribution, FILES):
            return []
        rows = IdeaFile.objects.filter(contribution=self.idea.contribution_id)
        return list(rows.select_related("question"))

    @property
    def photos(self) -> list[IdeaFile]:
        return [file for file in self.files if file.question_id is None]

    @cached_property
    def facts(self) -> list[dict[str, str]]:
        """Replies to the forum's questions and files handed in for them."""
        replies = FormReply.objects.filter(contribution=self.idea.contribution_id)
        if not may_have(self.idea.contribution, REPLIES):
            replies = replies.none()
        facts = [{"term": reply.question_text, "text": reply.text} for reply in replies]
        return facts + [
            {"term": file.question.label, "text": file.name, "url": file.get_absolute_url()}
            for file in self.files
            if file.question is not None
        ]

    @property
    def has_facts(self) -> bool:
        idea = self.idea
        own = (idea.category_id, idea.district_id, idea.address, self.spot)
        return any(own) or bool(self.facts)

    @property
    def spot(self) -> str:
        return in_degrees(self.idea.latitude, self.idea.longitude)

    @property
    def is_mine(self) -> bool:
        author = self.idea.contribution.author_id
        return self.participant is not None and author == self.participant.pk

    @property
    def can_edit(self) -> bool:
        """Worth a link; the form says if it is too late."""
        state = self.idea.contribution.state
        return self.is_mine and state in CHANGEABLE and self.idea.stage in UNDECIDED

    @property
    def can_withdraw(self) -> bool:
        return self.is_mine and self.idea.contribution.state in CHANGEABLE

    @cached_property
    def withdrawal(self) -> IdeaWithdrawal | None:
        if self.idea.contribution.state != State.WITHDRAWN:
            return None
        return IdeaWithdrawal.objects.filter(contribution=self.idea.contribution_id).first()

    @cached_property
    def follows(self) -> bool:
        if self.participant is None or not may_have(self.idea.contribution, FOLLOWS):
            return False
        rows = IdeaFollow.objects.filter(contribution=self.idea.contribution_id)
        return rows.filter(participant=self.participant).exists()

    def url(self, route: str) -> str:
        return (self.idea.get_url(self.request) or "") + str(self.idea.reverse_subpage(route))

    @property
    def edit_url(self) -> str:
        return self.url("edit")

    @property
    def versions_url(self) -> str:
        return self.url("versions")

    @property
    def withdraw_url(self) -> str:
        return self.url("withdraw")

    @property
    def keep_url(self) -> str:
        return self.url("keep_support")

    @property
    def follow_url(self) -> str:
        return self.url("unfollow" if self.follows else "follow")

    @property
    def share_url(self) -> str:
        return self.request.build_absolute_uri(self.idea.get_url(self.request))


def photos_of(contribution: Any) -> list[dict[str, str]]:
    """Its photos as moderators see them beside the text."""
    photos = IdeaFile.objects.photos().filter(contribution=contribution)
    return [{"url": photo.get_absolute_url(), "alt": photo.alternative} for photo in photos]
