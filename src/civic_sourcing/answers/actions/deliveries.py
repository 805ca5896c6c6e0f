"""On the way: milestones, and news with pictures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from civic_sourcing.answers import news, signals
from civic_sourcing.answers.actions.adoptions import AdoptionAction
from civic_sourcing.answers.actions.steps import long_text, short_text
from civic_sourcing.answers.models import (
    AdoptionStatus,
    DeliveryPhoto,
    DeliveryUpdate,
    Milestone,
)
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.text import render
from civic_sourcing.core.uploads import Received

TITLE_LENGTH = 200
ALTERNATIVE_LENGTH = 300
MOST_PHOTOS = 10
MOST_MILESTONES = 100


class SetMilestone(AdoptionAction):
    """
    Plan a milestone, or change ``milestone``: its title, its day, the day it was reached.

    The result is the milestone; where it is reached, everybody concerned is told. Nothing is
    reached in the future (``not-yet``).
    """

    verb = "set_milestone"
    announces = signals.milestone_set

    title: str
    due_on: date | None = None
    done_on: date | None = None
    milestone: Milestone | None = None

    def check(self) -> None:
        refuse_cancelled(self.subject)
        self.title = short_text(self.title, max_length=TITLE_LENGTH)
        if not self.title:
            raise ActionRefused(_("A milestone needs a name."), code="blank")
        if self.done_on is not None and self.done_on > today(self.at):
            raise ActionRefused(_("Nothing is reached in the future."), code="not-yet")
        if self.milestone is not None and self.milestone.adoption_id != self.subject.pk:
            raise ActionRefused(_("This milestone is of something else."), code="elsewhere")
        if self.milestone is None and self.subject.milestones.count() >= MOST_MILESTONES:
            raise ActionRefused(
                _("A plan has at most %(most)s milestones."), code="too-many", most=MOST_MILESTONES
            )

    def perform(self) -> Milestone:
        milestone = self.milestone or Milestone(adoption=self.subject)
        is_reached = self.done_on is not None and milestone.done_on is None
        if self.done_on != milestone.done_on:
            milestone.noted_at = self.at if self.done_on else None
        milestone.title, milestone.due_on, milestone.done_on = self.title, self.due_on, self.done_on
        milestone.save()
        if is_reached:
            news.tell(milestone)
        return milestone

    def audit_details(self) -> dict[str, Any]:
        return {
            "milestone": str(self.result.uuid),
            "due": self.due_on.isoformat() if self.due_on else "",
            "done": self.done_on.isoformat() if self.done_on else "",
        }


class RemoveMilestone(AdoptionAction):
    """Take a ``milestone`` out of the plan that is not reached yet."""

    verb = "remove_milestone"
    announces = signals.milestone_set

    milestone: Milestone

    def check(self) -> None:
        if self.milestone.adoption_id != self.subject.pk:
            raise ActionRefused(_("This milestone is of something else."), code="elsewhere")
        if self.milestone.done_on is not None:
            raise ActionRefused(_("What was reached stays in the plan."), code="reached")

    def perform(self) -> None:
        self.identifier = str(self.milestone.uuid)
        self.subject.milestones.filter(pk=self.milestone.pk).delete()

    def audit_details(self) -> dict[str, Any]:
        return {"milestone": self.identifier}


class ReportDelivery(AdoptionAction):
    """
    Tell how it goes: ``text``, ``photos`` (pairs of a received picture and what it shows), and
    what was ``spent`` so far, in minor units. The result is the news; authors and supporters are
    told.
    """

    verb = "report_delivery"
    announces = signals.delivery_reported

    text: str
    photos: Sequence[tuple[Received, str]] = ()
    spent: int | None = None

    def check(self) -> None:
        refuse_cancelled(self.subject)
        self.text = long_text(self.text)
        if not self.text:
            raise ActionRefused(_("Please write what the news is."), code="blank")
        if self.spent is not None and self.spent < 0:
            raise ActionRefused(_("What was spent is not below nothing."), code="negative")
        if len(self.photos) > MOST_PHOTOS:
            raise ActionRefused(
                _("At most %(most)s photos go with one piece of news."),
                code="too-many",
                most=MOST_PHOTOS,
            )
        self.photos = [(photo, self._words(words)) for photo, words in self.photos]

    def perform(self) -> DeliveryUpdate:
        update = DeliveryUpdate.objects.create(
            adoption=self.subject,
            text=self.text,
            rendered_html=render(self.text),
            spent=self.spent,
            at=self.at,
            by=self.by,
        )
        for photo, words in self.photos:
            DeliveryPhoto.holding(photo, update=update, alternative_text=words).save()
        news.tell(update)
        return update

    def content(self) -> dict[str, Any]:
        return {"subject": self.subject, "text": self.text, "photos": len(self.photos)}

    def audit_details(self) -> dict[str, Any]:
        spent = {} if self.spent is None else {"spent": self.spent}
        return {"news": str(self.result.uuid), "photos": len(self.photos), **spent}

    def _words(self, words: str) -> str:
        words = short_text(words, max_length=ALTERNATIVE_LENGTH)
        if not words:
            raise ActionRefused(
                _("Please say what each picture shows, for those who cannot see it."),
                code="no-alternative-text",
            )
        return words


def refuse_cancelled(adoption: Any) -> None:
    if adoption.status == AdoptionStatus.CANCELLED:
        raise ActionRefused(_("This was cancelled."), code="cancelled")


def today(at: Any) -> date:
    """The day it is in the town."""
    return timezone.localtime(at, timezone.get_default_timezone()).date()
