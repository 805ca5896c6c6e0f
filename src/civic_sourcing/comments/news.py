"""
What people are told about comments: each person once about each comment, for the nearest reason.

Nothing is told of what waits at the gate; once it is released it is. Words say who wrote and lead
there, and never repeat what was written. Whose contribution is discussed reads its title.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from civic_sourcing.attribution.models import Contribution, Credit, Role
from civic_sourcing.comments.models import Comment, Thread
from civic_sourcing.notifications.categories import Category, register_category
from civic_sourcing.notifications.outbox import notify
from civic_sourcing.notifications.texts import filled
from civic_sourcing.participants.models import Participant

REPLIES = Category(
    "civic_comments.replies", _("Replies to you"), _("When somebody replies to your comment.")
)
MENTIONS = Category(
    "civic_comments.mentions", _("Mentions"), _("When somebody names you in a comment.")
)
ON_MINE = Category(
    "civic_comments.on_mine",
    _("Comments on what you handed in"),
    _("When people discuss a contribution of yours."),
    default_mail="daily",
)
FOLLOWED = Category(
    "civic_comments.followed",
    _("Discussions you follow"),
    _("New comments in the discussions you follow, and how they end."),
    default_mail="daily",
)


def register_categories() -> None:
    for category in (REPLIES, MENTIONS, ON_MINE, FOLLOWED):
        register_category(category)


def tell_of(comment: Comment) -> None:
    """Tell those a comment concerns that it can be read now. Calling it again tells nobody."""
    if not comment.is_readable:
        return
    told = [comment.author]
    for category, sentence, people in (
        (REPLIES, _("%(person)s replied to your comment"), _replied_to(comment)),
        (MENTIONS, _("%(person)s mentioned you in a comment"), _mentioned(comment)),
        (ON_MINE, _("%(person)s commented on your “%(title)s”"), _behind(comment)),
        (FOLLOWED, _("%(person)s wrote in a discussion you follow"), _followers(comment)),
    ):
        nearest = [person for person in people if person not in told]
        told += nearest
        _tell(nearest, category, sentence, comment)


def tell_mentioned(comment: Comment, people: Iterable[Participant]) -> None:
    """Tell who was named only when the comment was edited."""
    if comment.is_readable:
        others = [person for person in people if person != comment.author]
        _tell(others, MENTIONS, _("%(person)s mentioned you in a comment"), comment)


def tell_mentioned_later(comment: Comment) -> None:
    """Tell who was named by an edit that waited; nobody who has heard of the comment before."""
    answered = _replied_to(comment)
    people = [person for person in _mentioned(comment) if person not in answered]
    tell_mentioned(comment, people)


def tell_closed(thread: Any, *, by: Participant, url: str) -> None:
    """Tell those who follow a thread that it is closed."""
    followers = Participant.objects.filter(follows__thread=thread).exclude(pk=by.pk)
    notify(
        [person.user for person in followers.select_related("user")],
        category=FOLLOWED.key,
        subject=_("A discussion you follow was closed"),
        url=url,
        about=thread.uuid,
    )


def naming(contribution: Contribution) -> list[UUID]:
    """The comments whose notices may name ``contribution``: all below it, and those moved away."""
    thread = Thread.objects.filter(contribution=contribution).first()
    if thread is None:
        return []
    below = Comment.objects.filter(thread=thread)
    moved = Comment.objects.filter(moved_from__thread_id=thread.pk)
    rows = (*below.values_list("contribution__uuid"), *moved.values_list("contribution__uuid"))
    return [uuid for (uuid,) in rows]


def _tell(people: list[Any], category: Category, sentence: Any, comment: Comment) -> None:
    if not people:
        return
    author, discussed = comment.author, comment.thread.contribution
    notify(
        [person.user for person in people],
        category=category.key,
        subject=filled(
            sentence,
            person=author.public_name if author else _("Somebody"),
            title=discussed.name_in_news if discussed else "",
        ),
        url=reverse_lazy("civic_comments:comment", args=[comment.uuid]),
        about=comment.uuid,
        dedupe=str(comment.uuid),
    )


def _replied_to(comment: Comment) -> list[Participant]:
    parent = comment.parent
    return [parent.author] if parent is not None and parent.author is not None else []


def _mentioned(comment: Comment) -> Iterable[Participant]:
    if "@" not in comment.text:
        return []
    return Participant.objects.filter(mentions__comment=comment).select_related("user")


def _behind(comment: Comment) -> list[Participant]:
    """Author and co-authors of what is discussed."""
    contribution = comment.thread.contribution
    if contribution is None:
        return []
    credits = Credit.objects.active().filter(
        contribution=contribution,
        participant__isnull=False,
        role__in=(Role.ORIGINATOR, Role.CO_AUTHOR),
    )
    people = [credit.participant for credit in credits.select_related("participant__user")]
    return list(dict.fromkeys(filter(None, [contribution.author, *people])))


def _followers(comment: Comment) -> Iterable[Participant]:
    followers = Participant.objects.filter(follows__thread=comment.thread_id)
    return followers.select_related("user")
