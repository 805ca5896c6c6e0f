"""
One screen of a thread, and the next: a constant number of queries however much was said.

On the first level comments come in one of four orders, a slice at a time, and each with the first
replies below it; the rest is fetched from where a slice ended (keyset paging, so that the last
comment costs what the first does). What stands in a slice does not move when others are posted; in
the orders by replies and rating a comment may move to another slice while somebody reads.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Self

from django.db.models import F, Q, Window
from django.db.models.functions import RowNumber

from civic_sourcing.attribution.models import State
from civic_sourcing.comments.conf import conf
from civic_sourcing.comments.models import Comment, CommentQuerySet, Order, Thread
from civic_sourcing.participants.models import Participant

OFFICIAL = "official"
MOST_PINNED = 3
MOST_WAITING = 10
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

FIELDS = {
    Order.NEWEST: ("shown_at", True),
    Order.OLDEST: ("shown_at", False),
    Order.REPLIES: ("replies", True),
    Order.RATED: ("rating", True),
}
"""By which column each order goes, and if the highest come first; then by key, the same way."""


@dataclass(frozen=True)
class Cursor:
    """Where a slice ends: the value and the key of its last comment. Text in addresses."""

    value: int
    pk: int

    @classmethod
    def after(cls, comment: Comment, order: Order) -> Self:
        value = getattr(comment, FIELDS[order][0])
        if isinstance(value, datetime):
            value = (value - _EPOCH) // timedelta(microseconds=1)
        return cls(value, comment.pk)

    @classmethod
    def read(cls, text: str) -> Self | None:
        """The cursor somebody sent; ``None`` for nothing and for nonsense."""
        value, _dash, pk = text.partition("-")
        if not (_is_number(value) and _is_number(pk)):
            return None
        return cls(int(value), int(pk))

    def __str__(self) -> str:
        return f"{self.value}-{self.pk}"

    def in_column(self, name: str) -> Any:
        return _EPOCH + timedelta(microseconds=self.value) if name == "shown_at" else self.value


@dataclass
class Branch:
    """
    One comment of the first level with a part of what is below it, in reading order.

    ``next`` is the cursor for more replies, empty where there are none. ``leads_in`` says that
    earlier replies were left out, because the slice begins at the one somebody came for.
    """

    comment: Comment
    replies: list[Comment] = field(default_factory=list)
    next: str = ""
    leads_in: bool = False


@dataclass
class Slice:
    """``next`` is the cursor of the following slice, empty at the end."""

    branches: list[Branch]
    pinned: list[Branch] = field(default_factory=list)
    next: str = ""

    @property
    def comments(self) -> list[Comment]:
        """Every comment in it, for looking up what belongs to all of them."""
        both = [*self.pinned, *self.branches]
        return [comment for each in both for comment in (each.comment, *each.replies)]


@dataclass(frozen=True)
class Above:
    """
    What stands above all others: official answers, and what one reader alone sees of theirs.

    ``replies`` are official answers that stand below what they answer; only the way there is shown.
    """

    pinned: Sequence[Comment] = ()
    replies: Sequence[Comment] = ()
    waiting: Sequence[Comment] = ()


def first_slice(
    thread: Thread,
    order: Order | str,
    *,
    focus: Comment | None = None,
    kept: Sequence[Comment] | None = None,
) -> Slice:
    """
    The top of a thread with its pinned answers; with ``focus`` the slice that begins where that
    comment stands. Three queries, one more with ``focus``, one less where the answers are ``kept``.
    """
    if thread._state.adding:
        return Slice([])
    found = pinned(thread) if kept is None else kept
    return _slice(thread, Order(order), pinned=found, focus=focus)


def next_slice(
    thread: Thread, order: Order | str, cursor: str, *, kept: Sequence[Comment] | None = None
) -> Slice:
    """What follows; nonsense in ``cursor`` begins again. Three queries."""
    kept = pinned(thread) if kept is None else kept
    found = _slice(thread, Order(order), pinned=kept, cursor=Cursor.read(cursor))
    found.pinned = []
    return found


def pinned(thread: Thread) -> list[Comment]:
    """The latest official answers on the first level, which stand above all others."""
    return list(above(thread).pinned)


def above(thread: Thread, reader: Participant | None = None) -> Above:
    """Return the pinned answers and what waits of ``reader``'s, in one query."""
    answers = Comment.objects.filter(thread=thread.pk, role=OFFICIAL, tombstone="")
    answers = answers.shown().order_by("-pk")
    wanted = Q(pk__in=answers.on_first_level().values("pk")[:MOST_PINNED])
    wanted |= Q(pk__in=answers.filter(parent__isnull=False).values("pk")[:MOST_PINNED])
    if reader is not None:
        held = Comment.objects.filter(thread=thread.pk, shown_at=None)
        mine = held.filter(contribution__state=State.HELD, contribution__author=reader)
        wanted |= Q(pk__in=mine.order_by("pk").values("pk")[:MOST_WAITING])
    rows = list(Comment.objects.filter(wanted).with_people().order_by("pk"))
    shown = [comment for comment in reversed(rows) if comment.shown_at is not None]
    return Above(
        [comment for comment in shown if comment.parent_id is None],
        [comment for comment in shown if comment.parent_id is not None],
        [comment for comment in rows if comment.shown_at is None],
    )


def replies_after(root: Comment, cursor: str = "") -> Branch:
    """More of what is below ``root``, in reading order: from the first on without a cursor."""
    after = Cursor.read(cursor)
    rows = Comment.objects.filter(root=root.pk).exclude(pk=root.pk).shown().with_people()
    if after is not None:
        rows = rows.filter(branch__gte=after.value).filter(
            Q(branch__gt=after.value) | Q(pk__gt=after.pk)
        )
    limit = conf.COMMENTS_PER_SLICE
    found = list(rows.order_by("branch", "pk")[: limit + 1])
    return Branch(root, found[:limit], next=_rest(found, limit))


def _slice(
    thread: Thread,
    order: Order,
    *,
    pinned: Sequence[Comment],
    cursor: Cursor | None = None,
    focus: Comment | None = None,
) -> Slice:
    size = conf.COMMENTS_PER_SLICE
    above = {comment.pk for comment in pinned}
    rows = _first_level(thread).exclude(pk__in=above)
    if focus is not None and focus.root_id not in above:
        root = _first_level(thread).filter(pk=focus.root_id).first()
        if root is not None:
            rows = _from(rows, order, Cursor.after(root, order), inclusive=True)
    elif cursor is not None:
        rows = _from(rows, order, cursor)
    found = list(_ordered(rows, order)[: size + 1])
    shown = found[:size]
    branches = _with_replies([*pinned, *shown], focus)
    return Slice(
        branches[len(pinned) :],
        branches[: len(pinned)],
        str(Cursor.after(shown[-1], order)) if len(found) > size else "",
    )


def _first_level(thread: Thread) -> CommentQuerySet:
    return Comment.objects.filter(thread=thread.pk).on_first_level().shown().with_people()


def _ordered(rows: CommentQuerySet, order: Order) -> CommentQuerySet:
    name, highest_first = FIELDS[order]
    sign = "-" if highest_first else ""
    return rows.order_by(f"{sign}{name}", f"{sign}pk")


def _from(
    rows: CommentQuerySet, order: Order, cursor: Cursor, *, inclusive: bool = False
) -> CommentQuerySet:
    """Rows behind ``cursor``. The first condition alone lets an index begin at the right place."""
    name, highest_first = FIELDS[order]
    side = "lt" if highest_first else "gt"
    value = cursor.in_column(name)
    same = {name: value, f"pk__{side}{'e' if inclusive else ''}": cursor.pk}
    return rows.filter(**{f"{name}__{side}e": value}).filter(
        Q(**{f"{name}__{side}": value}) | Q(**same)
    )


def _with_replies(roots: Sequence[Comment], focus: Comment | None) -> list[Branch]:
    """Each root with its first replies; that of ``focus`` with the replies from there on."""
    limit = conf.REPLIES_PER_SLICE
    keys = [root.pk for root in roots]
    numbered = Comment.objects.filter(root__in=keys, parent__isnull=False).shown()
    if focus is not None and focus.parent_id is not None:
        before = Q(root=focus.root_id) & (
            Q(branch__lt=focus.branch_id) | Q(branch=focus.branch_id, pk__lt=focus.pk)
        )
        numbered = numbered.exclude(before)
    numbered = numbered.annotate(
        place=Window(RowNumber(), partition_by="root", order_by=[F("branch").asc(), F("pk").asc()])
    ).filter(place__lte=limit + 1)
    # Keys alone first: people are joined to the few that are shown.
    first = Comment.objects.filter(pk__in=numbered.values("pk"))
    by_root: dict[int, list[Comment]] = {}
    for reply in first.with_people().in_reading_order():
        by_root.setdefault(reply.root_id, []).append(reply)
    return [_branch(root, by_root.get(root.pk, []), limit, focus) for root in roots]


def _branch(root: Comment, found: list[Comment], limit: int, focus: Comment | None) -> Branch:
    leads_in = focus is not None and focus.root_id == root.pk and focus.parent_id is not None
    return Branch(root, found[:limit], next=_rest(found, limit), leads_in=leads_in)


def _rest(found: list[Comment], limit: int) -> str:
    """The cursor behind the last reply shown, if there are more."""
    if len(found) <= limit:
        return ""
    last = found[limit - 1]
    return str(Cursor(last.branch_id, last.pk))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 18
