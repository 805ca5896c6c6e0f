"""The words beside a name: on whose behalf somebody writes, and what they think."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from civic_sourcing.attribution.models import Role
from civic_sourcing.comments.models import Comment, Position
from civic_sourcing.processes.roles import role_label

OFFICIAL = "official"


@dataclass(frozen=True)
class Badge:
    """``tone`` and ``icon`` as of the element of that name."""

    label: str | Promise
    tone: str = "neutral"
    icon: str = ""


POSITIONS = {
    Position.FOR: Badge(_("For"), "success", "helpful"),
    Position.AGAINST: Badge(_("Against"), "danger", "not_helpful"),
    Position.NEUTRAL: Badge(_("Neutral")),
}
AUTHORS = {
    Role.ORIGINATOR: Badge(_("Author"), "info"),
    Role.CO_AUTHOR: Badge(_("Co-author"), "info"),
}


def badges_of(comment: Comment, roles: dict[int, Role]) -> Iterator[Badge]:
    """``roles`` says by participant what somebody did for what the thread is below."""
    author = comment.author
    if comment.role == OFFICIAL:
        yield Badge(_("Official answer"), "info", "town_hall")
    elif comment.role:
        yield Badge(role_label(comment.role), "info")
    if author is not None and author.pk in roles:
        yield AUTHORS[roles[author.pk]]
    if author is not None and author.discloses_interest:
        yield Badge(author.affiliation_note or author.get_affiliation_display(), "warning")
    if comment.position:
        yield POSITIONS[Position(comment.position)]
