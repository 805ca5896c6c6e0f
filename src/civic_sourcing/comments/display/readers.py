"""Who reads a thread, and what they can do in it: asked once, not for every comment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cached_property
from uuid import UUID

from django.db.models import OuterRef, Subquery, UUIDField, Value, prefetch_related_objects
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language

from civic_sourcing.attribution.credits.flow import CREDITS, credits_given
from civic_sourcing.attribution.models import Role
from civic_sourcing.attribution.models.credits import ACTIVE
from civic_sourcing.attribution.traces import may_have
from civic_sourcing.comments.display.icons import Icons
from civic_sourcing.comments.models import Comment, CommentVote, Thread
from civic_sourcing.comments.policies import editable_until, may_close, may_post, while_open
from civic_sourcing.core.policies import Occasion, Refusal
from civic_sourcing.moderation.models import Case
from civic_sourcing.moderation.queue.names import URL_NAME
from civic_sourcing.participants.models import Participant
from civic_sourcing.participants.standing import reader_of
from civic_sourcing.processes.roles import roles_of

NO_UUID = str(UUID(int=0))
NAMED = (Role.ORIGINATOR, Role.CO_AUTHOR)
ICONS = Icons()


class Reader:
    """
    ``request.user`` in front of ``thread`` at ``at`` (aware, the database's).

    Let it ``look_at`` all comments of a screen before they are shown: votes and cases come in one
    query, whatever their number.
    """

    icons = ICONS

    def __init__(self, request: HttpRequest, thread: Thread, at: datetime) -> None:
        self.request = request
        self.user = request.user
        self.thread = thread
        self.at = at
        self.language = get_language() or ""
        self.votes: Mapping[int, int] = {}
        self.cases: Mapping[int | None, UUID] = {}
        self._addresses: dict[str, str] = {}
        known = ["phases", "eligibility_rules"] if self.user.is_authenticated else ["phases"]
        prefetch_related_objects([thread.process], *known)

    def look_at(self, comments: Iterable[Comment]) -> None:
        keys = []
        for comment in comments:
            comment.thread = self.thread
            keys.append(comment.pk)
        if not self.user.is_authenticated or not keys:
            return
        votes = CommentVote.objects.filter(comment=OuterRef("pk"), participant=self.participant)
        cases = Case.objects.open().filter(contribution=OuterRef("pk")).order_by()
        rows = Comment.objects.filter(pk__in=keys).values_list(
            "pk",
            Subquery(votes.values("value")),
            Subquery(cases.values("uuid")) if self.moderates else Value(None, UUIDField()),
        )
        found = list(rows)
        self.votes = {key: value for key, value, _case in found if value}
        self.cases = {key: case for key, _value, case in found if case}

    @cached_property
    def participant(self) -> Participant | None:
        return reader_of(self.request)

    def address(self, name: str, uuid: str) -> str:
        """The address called ``name`` of one comment; looked up once for all of them."""
        if name not in self._addresses:
            self._addresses[name] = reverse(name, args=[NO_UUID])
        return self._addresses[name].replace(NO_UUID, uuid)

    @cached_property
    def moderates(self) -> bool:
        return "moderator" in roles_of(self.user, self.thread)

    @cached_property
    def roles(self) -> dict[int, Role]:
        """By participant, who wrote what the thread is below; one's own idea needs no row."""
        contribution = self.thread.contribution
        if contribution is None:
            return {}
        if not may_have(contribution, CREDITS):
            return {author: Role.ORIGINATOR for author in [contribution.author_id] if author}
        rows = [
            (credit.participant_id, credit.role, credit.state)
            for credit in reversed(credits_given(contribution))
            if credit.role in NAMED and credit.participant_id is not None
        ]
        known = {person for person, role, _state in rows if role == Role.ORIGINATOR}
        roles = {person: Role(role) for person, role, state in rows if state in ACTIVE}
        if contribution.author_id and contribution.author_id not in known:
            roles[contribution.author_id] = Role.ORIGINATOR
        return roles

    @cached_property
    def closed(self) -> Refusal | None:
        """What keeps everybody from writing here now."""
        return while_open.refusal(Occasion(None, self.thread, self.at))

    @cached_property
    def refusal(self) -> Refusal | None:
        """What keeps this person from writing; signed out, only what signing in does not change."""
        if self.closed or not self.user.is_authenticated:
            return self.closed
        extra = {"participant": self.participant}
        return may_post.refusal(Occasion(self.user, self.thread, self.at, extra))

    @cached_property
    def may_close(self) -> bool:
        if self.thread.pk is None or not self.user.is_authenticated:
            return False
        return may_close.allows(Occasion(self.user, self.thread, self.at))

    @property
    def may_write(self) -> bool:
        return self.refusal is None

    @property
    def may_rate(self) -> bool:
        return self.closed is None

    def is_author_of(self, comment: Comment) -> bool:
        author = comment.author
        return author is not None and self.user.is_authenticated and author.user_id == self.user.pk

    def may_edit(self, comment: Comment) -> bool:
        """Whether to offer it; the action decides when it happens."""
        if not self.is_author_of(comment) or self.closed:
            return False
        end = editable_until(comment)
        return end is None or self.at < end

    def may_withdraw(self, comment: Comment) -> bool:
        return self.is_author_of(comment)

    def case_url(self, comment: Comment) -> str:
        """The open case about a comment, for those who may decide it."""
        case = self.cases.get(comment.pk)
        return reverse(f"{URL_NAME}:case", args=[case]) if case else ""
