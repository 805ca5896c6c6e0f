"""One comment as it is shown to one reader."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from civic_sourcing.comments.display.badges import OFFICIAL, Badge, badges_of
from civic_sourcing.comments.models import Comment, Tombstone
from civic_sourcing.moderation.waiting import usual_sentence

if TYPE_CHECKING:
    from civic_sourcing.comments.display.readers import Reader

QUOTED_LENGTH = 280
"""Characters shown of a comment that is quoted; the link leads to all of it."""
FIRST_HEADING = 2
"""Level of the thread's own heading; a comment on the first level has the next one."""


RATINGS = (
    ("helpful", 1, gettext_lazy("Helpful"), "helpful"),
    ("not-helpful", -1, gettext_lazy("Not helpful"), "not_helpful"),
)
"""Key, value, words and icon of the two buttons; the icon is called as the count is."""


@dataclass(frozen=True)
class Tool:
    """One of the rarer steps with a comment; ``in_place`` opens a form below it."""

    label: str
    url: str
    name: str
    in_place: str = ""


@dataclass(frozen=True)
class RatingButton:
    """``value`` is what pressing it asks for: 0 takes back what is pressed already."""

    key: str
    value: int
    label: str
    icon: SafeString
    number: int
    pressed: bool


@dataclass(frozen=True)
class Quote:
    label: str
    text: str = ""
    language: str = ""
    url: str = ""


@dataclass(frozen=True)
class More:
    """The rest of a list: ``part_url`` answers with the part of a page, ``url`` with a page."""

    label: str
    url: str
    part_url: str


@dataclass
class ShownComment:
    """
    A comment, and in ``replies`` what is shown below it, with ``more`` for the rest.

    ``into`` is the id of the list it belongs to, for those that come in while somebody reads;
    ``answers_shown`` has it say whom it answers, where its place does not.
    """

    comment: Comment
    reader: Reader
    replies: list[ShownComment] = field(default_factory=list)
    more: More | None = None
    earlier: More | None = None
    into: str = ""
    is_first: bool = False
    answers_shown: bool = False

    @cached_property
    def uuid(self) -> str:
        return str(self.comment.contribution.uuid)

    @cached_property
    def url(self) -> str:
        return self.reader.address("civic_comments:comment", self.uuid)

    @cached_property
    def anchor(self) -> str:
        return f"comment-{self.uuid}"

    @property
    def list_id(self) -> str:
        """The id of the list of replies, which is there even while it is empty."""
        return f"replies-{self.uuid}"

    @cached_property
    def list_label(self) -> str:
        return _("Replies to %(name)s") % {"name": self.who}

    @property
    def level(self) -> int:
        return self.comment.depth

    @property
    def heading(self) -> int:
        return FIRST_HEADING + self.level

    @cached_property
    def who(self) -> str:
        author = self.comment.author
        return author.public_name if author else str(_("the city’s staff"))

    @property
    def initial(self) -> str:
        return self.who[:1].upper()

    @property
    def kind_in_words(self) -> str:
        """What stands before the name for those who hear the page: “Comment by”, “Reply by”."""
        if self.tombstone:
            return _("Comment:") + " "
        words = _("Comment by") if self.level == 1 else _("Reply by")
        return f"{words} "

    @cached_property
    def badges(self) -> list[Badge]:
        return list(badges_of(self.comment, self.reader.roles))

    @property
    def is_official(self) -> bool:
        return self.comment.role == OFFICIAL and not self.comment.tombstone

    @property
    def at(self) -> datetime:
        return self.comment.shown_at or self.comment.contribution.received_at

    @property
    def edited_at(self) -> datetime | None:
        return self.comment.edited_at

    @property
    def versions_url(self) -> str:
        return f"{self.url}versions/"

    @cached_property
    def tombstone(self) -> str:
        """What stands in its place; its author still reads what was changed and waits."""
        if self.comment.tombstone == Tombstone.WAITING and self.is_mine:
            return ""
        return str(self.comment.tombstone_sentence)

    @cached_property
    def is_mine(self) -> bool:
        return self.reader.is_author_of(self.comment)

    @cached_property
    def waits(self) -> bool:
        """Seen by its author alone."""
        return self.comment.contribution.state == "held"

    @property
    def waiting_sentence(self) -> str:
        """What its author is told while it waits, with how long that usually takes."""
        words = _("Only you can see this comment. It waits before others can read it.")
        return f"{words} {usual_sentence(self.comment.contribution.process)}"

    @cached_property
    def language(self) -> str:
        """The language of the text where it is not that of the page."""
        language = self.comment.contribution.language
        return "" if language == self.reader.language else language

    @cached_property
    def html(self) -> SafeString:
        return mark_safe(self.comment.rendered_html)  # noqa: S308 - rendered when it was written

    @cached_property
    def quote(self) -> Quote | None:
        quoted = self.comment.quoted
        return quote_of(quoted) if quoted is not None else None

    @cached_property
    def answers(self) -> str:
        """Whom it answers, where that cannot be seen from its place."""
        parent = self.comment.parent
        if not self.answers_shown or parent is None:
            return ""
        return parent.author.public_name if parent.author else str(_("the city’s staff"))

    @property
    def answers_url(self) -> str:
        parent = self.comment.parent
        return reverse("civic_comments:comment", args=[parent.uuid]) if parent else ""

    # What can be done with it

    @cached_property
    def reply_url(self) -> str:
        return f"{self.url}reply/" if self.reader.may_write and not self.waits else ""

    @property
    def reply_label(self) -> str:
        return _("Reply to %(name)s’s comment") % {"name": self.who}

    @property
    def more_label(self) -> str:
        return _("More about %(name)s’s comment") % {"name": self.who}

    @cached_property
    def tools(self) -> list[Tool]:
        return list(self._tools())

    def _tools(self) -> Any:
        name = {"name": self.who}
        if self.reply_url:
            yield Tool(
                pgettext("step", "Quote"),
                f"{self.reply_url}?quote=1",
                _("Quote %(name)s’s comment") % name,
                in_place=f"{self.uuid}-quote",
            )
        if self.reader.may_edit(self.comment):
            yield Tool(_("Edit"), f"{self.url}edit/", _("Edit my comment"))
        if self.reader.may_withdraw(self.comment):
            yield Tool(_("Delete"), f"{self.url}withdraw/", _("Delete my comment"))
        if not self.is_mine and not self.waits:
            report = self.reader.address("civic_moderation:new_report", self.uuid)
            yield Tool(_("Report"), report, _("Report %(name)s’s comment") % name)
        if case := self.reader.case_url(self.comment):
            yield Tool(_("Open the case"), case, _("Open the case of %(name)s’s comment") % name)

    @property
    def rate_url(self) -> str:
        return f"{self.url}rate/"

    @property
    def rating_label(self) -> str:
        return _("Was %(name)s’s comment helpful?") % {"name": self.who}

    @cached_property
    def can_rate(self) -> bool:
        return self.reader.may_rate and not self.is_mine

    @property
    def rating(self) -> list[RatingButton]:
        mine = self.reader.votes.get(self.comment.pk, 0)
        return [
            RatingButton(
                key=key,
                value=0 if mine == value else value,
                label=str(label),
                icon=self.reader.icons[icon],
                number=getattr(self.comment, icon),
                pressed=mine == value,
            )
            for key, value, label, icon in RATINGS
        ]


def quote_of(quoted: Comment) -> Quote:
    """What is shown of a quoted comment: only while everybody can read it."""
    if not quoted.is_readable:
        return Quote(_("The quoted comment can no longer be read."))
    author = quoted.author
    return Quote(
        label=_("%(name)s wrote:") % {"name": author.public_name if author else ""},
        text=Truncator(quoted.text).chars(QUOTED_LENGTH),
        language=quoted.contribution.language,
        url=reverse("civic_comments:comment", args=[quoted.uuid]),
    )
