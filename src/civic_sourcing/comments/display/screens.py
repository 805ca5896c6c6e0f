"""One screen of a thread: its first comments, those after a cursor, or those around one of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from civic_sourcing.attribution.models import Contribution
from civic_sourcing.comments import slices
from civic_sourcing.comments.display.addresses import address
from civic_sourcing.comments.display.comments import More, Quote, ShownComment, quote_of
from civic_sourcing.comments.display.desks import Desk
from civic_sourcing.comments.display.readers import Reader
from civic_sourcing.comments.models import Comment, Order, Thread
from civic_sourcing.core import clock

TOP = "civic-comments"
"""The id of the list of comments on the first level."""


@dataclass(frozen=True)
class OrderLink:
    label: str
    url: str
    current: bool


@dataclass(frozen=True)
class Part:
    """Comments that go to the end of the list with this id."""

    list_id: str
    comments: Sequence[ShownComment]


class Screen:
    """
    What ``request.user`` sees of ``thread`` on the page at ``page_url``.

    The query says which part: ``order``, ``after`` (a cursor) and ``comment`` (one to be led to).
    """

    def __init__(self, request: HttpRequest, thread: Thread, *, page_url: str) -> None:
        self.request = request
        self.thread = thread
        self.page_url = page_url
        self.reader = Reader(request, thread, clock.of_request(request, thread.read_at))

    @property
    def since(self) -> str:
        """The moment of the screen, from which on comments are new to its reader."""
        return self.reader.at.isoformat()

    @cached_property
    def order(self) -> Order:
        wanted = self.request.GET.get("order")
        return Order(wanted if wanted in Order.values else self.thread.rules.order)

    # The comments

    @cached_property
    def slice(self) -> slices.Slice:
        """Around the comment one is led to, unless that is on the first screen anyway."""
        cursor = self.request.GET.get("after", "")
        if cursor:
            return slices.next_slice(self.thread, self.order, cursor, kept=self._above.pinned)
        first = slices.first_slice(self.thread, self.order, kept=self._above.pinned)
        focus = self._focus()
        if focus is None or focus.pk in {comment.pk for comment in first.comments}:
            return first
        self.led_to = focus
        return slices.first_slice(self.thread, self.order, focus=focus, kept=self._above.pinned)

    @cached_property
    def _above(self) -> slices.Above:
        if self.thread.pk is None:
            return slices.Above()
        return slices.above(self.thread, self.reader.participant)

    led_to: Comment | None = None

    def _focus(self) -> Comment | None:
        try:
            wanted = UUID(self.request.GET.get("comment", ""))
        except ValueError:
            return None
        shown = Comment.objects.filter(thread=self.thread.pk, contribution__uuid=wanted).shown()
        return shown.first()

    @cached_property
    def shown(self) -> list[ShownComment]:
        self._look()
        return [self._tree(branch) for branch in self.slice.branches]

    @cached_property
    def pinned(self) -> list[ShownComment]:
        self._look()
        return [self._tree(branch) for branch in self.slice.pinned]

    @cached_property
    def answers(self) -> list[Quote]:
        """Official answers below what they answer: their beginning, and the way there."""
        return [quote_of(comment) for comment in self._above.replies]

    @cached_property
    def waiting(self) -> list[ShownComment]:
        """What this reader has posted and nobody else can see yet."""
        for comment in self._above.waiting:
            comment.thread = self.thread
            comment.contribution.process = self.thread.process
        return [ShownComment(comment, self.reader) for comment in self._above.waiting]

    @property
    def more(self) -> More | None:
        if not self.slice.next:
            return None
        query = urlencode({"order": self.order, "after": self.slice.next})
        part = address(self.thread, "thread")
        url = f"{self.page_url}?{query}#{TOP}"
        return More(_("Show more comments"), url, f"{part}?{query}")

    @property
    def parts(self) -> list[Part]:
        """The comments of a later slice, for a page that has the earlier ones."""
        shown = self.shown
        if shown:
            shown[0].is_first = True
        return [Part(TOP, shown)]

    def replies_after(self, root: Comment, cursor: str) -> tuple[list[Part], More | None]:
        """More of what is below ``root``, by the lists it goes to, and the way to the rest."""
        branch = slices.replies_after(root, cursor)
        self.reader.look_at(branch.replies)
        lists: dict[int, list[ShownComment]] = {}
        shown: dict[int, ShownComment] = {}
        for reply in branch.replies:
            one = shown[reply.pk] = ShownComment(reply, self.reader)
            above = shown.get(reply.branch_id)
            if above is not None and above is not one:
                above.replies.append(one)
            else:
                lists.setdefault(_above(reply), []).append(one)
        if branch.replies:
            shown[branch.replies[0].pk].is_first = True
        ids = self._list_ids(lists)
        parts = [Part(ids[key], comments) for key, comments in lists.items()]
        return parts, self._more_replies(root, branch, len(branch.replies))

    def conversation(self, root: Comment, cursor: str) -> ShownComment:
        """One comment of the first level with what is below it, from ``cursor`` on."""
        branch = slices.replies_after(root, cursor)
        self.reader.look_at([root, *branch.replies])
        return self._tree(branch)

    def arrivals(self, comments: Iterable[Comment]) -> list[ShownComment]:
        """What came in while somebody read, each with the list it belongs to."""
        rows = list(comments)
        self.reader.look_at(rows)
        ids = self._list_ids(_above(comment) for comment in rows)
        return [
            ShownComment(
                comment, self.reader, into=ids.get(_above(comment), ""), answers_shown=True
            )
            for comment in rows
        ]

    def list_for(self, comment: Comment) -> str:
        """The id of the list a comment belongs to."""
        if comment.depth == 1:
            return TOP
        above = _above(comment)
        return self._list_ids([above])[above]

    def _list_ids(self, keys: Iterable[int]) -> dict[int, str]:
        found = Contribution.objects.filter(pk__in=set(keys)).values_list("pk", "uuid")
        return {pk: f"replies-{uuid}" for pk, uuid in found}

    def _look(self) -> None:
        if not getattr(self, "_looked", False):
            self._looked = True
            self.reader.look_at(self.slice.comments)

    def _tree(self, branch: slices.Branch) -> ShownComment:
        """Put replies below what they belong to, or below the root where that is not here."""
        root = ShownComment(branch.comment, self.reader)
        heads: dict[int, ShownComment] = {}
        for reply in branch.replies:
            one = ShownComment(reply, self.reader)
            above = heads.get(reply.branch_id, root)
            if one.level == 2:
                heads[reply.pk] = one
                above = root
            one.answers_shown = above.comment.pk != reply.parent_id
            above.replies.append(one)
        root.more = self._more_replies(branch.comment, branch, len(branch.replies))
        if branch.leads_in:
            root.earlier = self._earlier(branch.comment)
        return root

    def _more_replies(self, root: Comment, branch: slices.Branch, shown: int) -> More | None:
        if not branch.next:
            return None
        url = reverse("civic_comments:replies", args=[root.uuid])
        address = f"{url}?{urlencode({'after': branch.next})}"
        return More(_("Show more replies"), address, address)

    def _earlier(self, root: Comment) -> More:
        url = reverse("civic_comments:replies", args=[root.uuid])
        return More(_("Show the conversation from its beginning"), url, "")


def _above(comment: Comment) -> int:
    """The key of the comment whose list of replies this one is in; its own on the first level."""
    return comment.branch_id if comment.depth > 2 else comment.root_id


class ThreadScreen(Screen):
    """The whole thread as it stands on a page, with the form and what there is to know first."""

    @property
    def number(self) -> int:
        return self.thread.comment_count

    @property
    def is_empty(self) -> bool:
        return not (self.shown or self.pinned or self.waiting)

    @property
    def orders(self) -> list[OrderLink]:
        if self.number < 2:
            return []
        return [
            OrderLink(
                str(order.label),
                f"{self.page_url}?{urlencode({'order': order})}#comments",
                order == self.order,
            )
            for order in Order
        ]

    @property
    def all_url(self) -> str:
        return f"{self.page_url}#comments"

    @property
    def is_part(self) -> bool:
        """Whether earlier comments are left out, so that there has to be a way to them."""
        shown = self.slice.branches  # which also finds out whom to lead to
        return bool(shown and (self.led_to or self.request.GET.get("after")))

    @property
    def arrivals_url(self) -> str:
        return address(self.thread, "arrivals")

    @cached_property
    def follows(self) -> bool | None:
        """Whether this reader follows the thread; ``None`` for somebody who is not signed in."""
        user = self.reader.user
        if not user.is_authenticated:
            return None
        if not self.thread.pk:
            return False
        return self.thread.followed

    @property
    def follow_url(self) -> str:
        return address(self.thread, "unfollow" if self.follows else "follow")

    @property
    def close_url(self) -> str:
        return address(self.thread, "reopen_thread" if self.thread.is_closed else "close_thread")

    @cached_property
    def writing(self) -> dict[str, Any] | None:
        """The form for a comment and what stands around it; ``None`` for who cannot write now."""
        if not self.reader.may_write:
            return None
        desk = Desk(self.request, self.thread, in_place=True, page_url=self.page_url)
        desk.closed = ""
        return desk.context(desk.empty_form(focus=False))
