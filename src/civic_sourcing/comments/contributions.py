"""Comments as contributions: how the ledger shows, hides, restores, masks and moves them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from civic_sourcing.attribution.kinds import ContributionKind, Entry
from civic_sourcing.attribution.models import Contribution
from civic_sourcing.attribution.models.contributions import PUBLIC
from civic_sourcing.comments import moving, news, standing, texts
from civic_sourcing.comments.kinds import DISCUSSION
from civic_sourcing.comments.mentions import bring_mentions_back, drop_mentions
from civic_sourcing.comments.models import Comment, Mention, Tombstone
from civic_sourcing.comments.places import address_of, addresses, open_to, subject_of, title_of
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.notifications.outbox import withdraw as withdraw_news
from civic_sourcing.participants.age import needs_guardian
from civic_sourcing.participants.models import Participant
from civic_sourcing.processes.models import Process

KIND = "comment"
SIBLINGS = 5
"""Comments before and after it that a moderator sees."""


class CommentContribution(ContributionKind):
    """
    A comment stands in its thread, with its text or a tombstone; what is below it stays readable.

    Comments have no title: the ledger calls them by their first words.
    """

    key = KIND
    label = gettext_lazy("Comment")
    moved_to = (DISCUSSION,)
    has_title = False
    stays_when_withdrawn = False
    is_compared = False

    def contents(self, contributions: Iterable[Contribution]) -> Mapping[int, Comment]:
        rows = Comment.objects.select_related("thread__contribution")
        return rows.in_bulk([contribution.pk for contribution in contributions])

    def url(self, contribution: Contribution) -> str:
        return self.urls([contribution]).get(contribution.pk, "")

    def urls(self, contributions: Sequence[Contribution]) -> Mapping[int, str]:
        comments = self._read(contributions)
        pages = addresses({c.thread_id: c.thread for c in comments.values()}.values())
        return {
            pk: address_of(comment, pages[comment.thread_id])
            for pk, comment in comments.items()
            if comment.shown_at and comment.thread_id in pages
        }

    def context(self, contribution: Contribution) -> Mapping[str, Any]:
        """``parent`` is the comment it replies to, else what is discussed; both are as they are."""
        comment = self._comment(contribution)
        around = Comment.objects.filter(thread=comment.thread_id, parent=comment.parent_id)
        around = around.shown().with_people()
        before = around.filter(pk__lt=comment.pk).order_by("-pk")[:SIBLINGS]
        after = around.filter(pk__gt=comment.pk).order_by("pk")[:SIBLINGS]
        return {
            "parent": comment.parent or subject_of(comment.thread),
            "siblings": [*reversed(before), *after],
            "place": title_of(comment.thread),
            "url": addresses([comment.thread]).get(comment.thread_id, ""),
        }

    def place(self, contribution: Contribution) -> str:
        return title_of(self._comment(contribution).thread)

    def heading(self, title: str, text: str) -> str:
        return texts.heading(text)

    def lock(self, contribution: Contribution) -> None:
        standing.locked(contribution)

    def canonical(self, contribution: Contribution) -> tuple[str, str]:
        return "", self._comment(contribution).text

    def enter(self, process: Process, entry: Entry) -> Contribution:
        raise ActionRefused(_("Comments are written online."), code="online-only")

    def show(self, contribution: Contribution) -> None:
        comment = self._locked(contribution)
        first_time = comment.shown_at is None
        standing.settle(comment)
        if first_time:
            news.tell_of(comment)
        else:
            news.tell_mentioned_later(comment)

    def restore(self, contribution: Contribution) -> None:
        standing.settle(self._locked(contribution))

    def hide(self, contribution: Contribution) -> None:
        standing.settle(self._locked(contribution))

    def withdraw(self, contribution: Contribution) -> None:
        standing.settle(self._locked(contribution), cause=Tombstone.AUTHOR)

    def mask(self, contribution: Contribution, title: str, text: str) -> None:
        """Write the masked text; who is named in it no more is no longer mentioned."""
        comment = self._locked(contribution)
        drop_mentions(comment, text)
        self._write(comment, text)
        standing.settle(comment)

    def keepsake(self, contribution: Contribution) -> Mapping[str, Any]:
        """Who is mentioned, by the name that stands in the text."""
        mentions = Mention.objects.filter(comment=contribution.pk).order_by("pk")
        return {"mentions": [list(row) for row in mentions.values_list("participant", "name")]}

    def bring_back(self, contribution: Contribution, keepsake: Mapping[str, Any]) -> None:
        comment = self._locked(contribution)
        bring_mentions_back(comment, keepsake.get("mentions", ()))
        self._write(comment, comment.text)
        news.tell_mentioned_later(comment)

    def blank(self, contribution: Contribution) -> None:
        """Empty it; who took it down stays said, unless that was a guardian."""
        comment = self._locked(contribution)
        self._write(comment, "")
        comment.mentions.all().delete()
        author = contribution.author
        if author is not None and needs_guardian(author) and comment.tombstone:
            comment.tombstone = Tombstone.ACCOUNT
        kept = comment.tombstone in (Tombstone.MODERATION, Tombstone.AUTHOR)
        standing.settle(comment, cause=Tombstone.MODERATION if kept else Tombstone.ACCOUNT)
        withdraw_news(contribution.uuid)

    def move(self, contribution: Contribution, process: Process) -> None:
        moving.move(self._locked(contribution), process)

    def way_back(self, contribution: Contribution, process: Process) -> Process:
        """Its thread goes where what is discussed goes."""
        return moving.way_back(self._comment(contribution)) or process

    def affected(self, contribution: Contribution) -> Iterable[Participant]:
        """Who replied to it, for all to read."""
        replies = Comment.objects.filter(parent=contribution.pk).readable()
        return Participant.objects.filter(contributions__comment__in=replies).distinct()

    def visible(self, contributions: Iterable[Contribution]) -> Collection[int]:
        """What stands in its thread with its text; an emptied one only as its state says."""
        keys = [contribution.pk for contribution in contributions]
        emptied = Q(tombstone=Tombstone.ACCOUNT, contribution__state__in=PUBLIC)
        rows = Comment.objects.filter(pk__in=keys).shown().filter(Q(tombstone="") | emptied)
        return set(rows.values_list("pk", flat=True))

    def visible_to(
        self, contributions: Iterable[Contribution], request: HttpRequest
    ) -> Collection[int]:
        """Those among them whose place this visitor may open."""
        wanted = list(contributions)
        readable = Comment.objects.filter(pk__in=self.visible(wanted), tombstone="")
        comments = readable.select_related("thread__contribution")
        open_threads = open_to({c.thread_id: c.thread for c in comments}.values(), request)
        return {comment.pk for comment in comments if comment.thread_id in open_threads}

    def present(self, contributions: Iterable[Contribution]) -> Collection[int]:
        keys = [contribution.pk for contribution in contributions]
        return set(Comment.objects.filter(pk__in=keys).values_list("pk", flat=True))

    def _write(self, comment: Comment, text: str) -> None:
        comment.write(text)
        comment.save(update_fields=["text", "rendered_html"])

    def _read(self, contributions: Iterable[Contribution]) -> Mapping[int, Comment]:
        rows = {contribution.pk: contribution for contribution in contributions}
        comments = self.contents(rows.values())
        for pk, comment in comments.items():
            comment.contribution = rows[pk]
        return comments

    def _comment(self, contribution: Contribution) -> Comment:
        comment = self._read([contribution]).get(contribution.pk)
        return comment if comment is not None else _gone()

    def _locked(self, contribution: Contribution) -> Comment:
        """The comment under lock, looking at this very row: its state has just changed."""
        comment = standing.locked(contribution)
        return comment if comment is not None else _gone()


def _gone() -> Any:
    raise ActionRefused(_("This no longer exists."), code="gone")
