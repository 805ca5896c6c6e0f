"""The way of a challenge to the public: review, edits, approval, publication, archive."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, ClassVar

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from civic_sourcing.challenges.actions.phases import follow_rounds
from civic_sourcing.challenges.editorial.changing import facts_of, note
from civic_sourcing.challenges.editorial.draft import Draft
from civic_sourcing.challenges.editorial.news import tell_not_published
from civic_sourcing.challenges.editorial.people import may_review, may_write, pages_of
from civic_sourcing.challenges.editorial.points import Point, lacking_texts, points_of
from civic_sourcing.challenges.editorial.texts import digests_of, drafts_of
from civic_sourcing.challenges.models import (
    Approval,
    ChallengeFacts,
    EditorialState,
    ReviewMessage,
    Round,
)
from civic_sourcing.challenges.signals import challenge_published, challenge_reviewed
from civic_sourcing.challenges.status import Status
from civic_sourcing.challenges.timeline import status_at
from civic_sourcing.core.actions import Action
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.policies import System
from civic_sourcing.processes.models import Process

State = EditorialState
BY_STEWARDS = frozenset({"approval", "notice"})
"""Points that are settled while a challenge is reviewed, not before."""


class ReviewStep(Action[Process]):
    """
    One step of the review: from one of ``begins`` to ``leads_to``, with a ``message``.

    Refused elsewhere as ``not-now``. Returns the facts; the step is kept as a ``ReviewMessage``.
    """

    policy = may_write
    announces = challenge_reviewed
    begins: ClassVar[Collection[str]]
    leads_to: str

    message: str = ""
    section: str = ""

    def check(self) -> None:
        self.facts = facts_of(self.subject)
        if self.facts.state not in self.begins:
            raise ActionRefused(
                _("This cannot be done now: the challenge is “%(state)s”."),
                code="not-now",
                state=self.facts.get_state_display(),
            )

    def perform(self) -> ChallengeFacts:
        self.facts.state = self.leads_to
        self.facts.save()
        note(self, self.leads_to, self.message.strip(), self.section)
        return self.facts

    def audit_details(self) -> dict[str, Any]:
        return {"state": str(self.leads_to), "section": self.section}

    def refuse_points(self, *, but: Collection[str] = ()) -> None:
        """Raise ``ActionRefused`` (code ``incomplete``) with the first thing that is missing."""
        if points := open_points(self.subject, self.at, but=but):
            raise ActionRefused(
                _("Something is missing under “%(section)s”: %(sentence)s"),
                code="incomplete",
                section=points[0].section.label,
                sentence=points[0].sentence,
            )


class SendToReview(ReviewStep):
    """Ask the stewards to read it. Refused as ``incomplete`` where something is missing."""

    verb = "send_to_review"
    begins = (State.DRAFT, State.EDITS_REQUESTED)
    leads_to = State.IN_REVIEW

    def check(self) -> None:
        super().check()
        self.refuse_points(but=BY_STEWARDS)


class TakeBack(ReviewStep):
    """Take it back from the review, or an approved one, to go on writing."""

    verb = "take_back"
    begins = (State.IN_REVIEW, State.APPROVED)
    leads_to = State.DRAFT


class RequestEdits(ReviewStep):
    """Say what has to change, perhaps in which ``section``. Refused without a ``message``."""

    verb = "request_edits"
    policy = may_review
    begins = (State.IN_REVIEW, State.APPROVED)
    leads_to = State.EDITS_REQUESTED

    def check(self) -> None:
        super().check()
        if not self.message.strip():
            raise ActionRefused(_("Please say what should change."), code="no-message")


class ApproveChallenge(ReviewStep):
    """
    Approve what was sent. ``publish_on`` is when it goes out by itself, if it shall.

    Whoever sent it to the review does not approve it (``own``).
    """

    verb = "approve"
    policy = may_review
    begins = (State.IN_REVIEW,)
    leads_to = State.APPROVED

    publish_on: datetime | None = None

    def check(self) -> None:
        super().check()
        sent = ReviewMessage.objects.filter(process=self.subject, state=State.IN_REVIEW).last()
        if sent is not None and sent.by is not None and sent.by.user_id == self.by.pk:
            raise ActionRefused(
                _("You sent this to the review, so another steward has to approve it."), code="own"
            )
        self.refuse_points(but=("notice",))

    def perform(self) -> ChallengeFacts:
        if self.publish_on is not None:
            self.facts.publish_on = self.publish_on
        facts = super().perform()
        keep_approved_texts(self.subject)
        return facts


class PublishChallenge(ReviewStep):
    """
    Let everybody see an approved challenge: its pages go live, translations that are whole too.

    Refused as ``incomplete`` where something is missing by now, and as ``changed-meanwhile`` where
    a text is not the one that was approved. Announces ``challenge_published``.
    """

    verb = "publish"
    policy = System() | may_write
    announces = challenge_published
    begins = (State.APPROVED,)
    leads_to = State.PUBLISHED

    def check(self) -> None:
        super().check()
        self.refuse_points()
        self.pages = _to_publish(self.subject)

    def perform(self) -> ChallengeFacts:
        self.facts.published_at = self.facts.published_at or self.at
        super().perform()
        follow_rounds(self.subject, by=self.by)
        for page in self.pages:
            revision = page.get_latest_revision() or page.save_revision(user=self.by)
            revision.publish(user=self.by, skip_permission_checks=True)
        return self.facts


class ArchiveChallenge(ReviewStep):
    """Put a challenge away that is over, or never took place: it can be read, and is not listed."""

    verb = "archive"
    begins = (State.DRAFT, State.EDITS_REQUESTED, State.PUBLISHED)
    leads_to = State.ARCHIVED

    def check(self) -> None:
        super().check()
        rounds = list(Round.objects.of(self.subject))
        status = status_at(self.facts, rounds, self.at)
        if self.facts.state == State.PUBLISHED and status != Status.CLOSED:
            raise ActionRefused(
                _("It is archived when it is over: entries, judging and the decision."),
                code="still-running",
            )

    def perform(self) -> ChallengeFacts:
        self.facts.archived_at = self.at
        return super().perform()


class RestoreChallenge(ReviewStep):
    """Take it out of the archive again: published if it was, else a draft."""

    verb = "restore"
    begins = (State.ARCHIVED,)

    def perform(self) -> ChallengeFacts:
        was_out = self.facts.published_at is not None
        self.leads_to = State.PUBLISHED if was_out else State.DRAFT
        self.facts.archived_at = None
        return super().perform()


class NoteApproval(Action[Process]):
    """
    Note who approved prize money above ``limit`` (minor units), when, and in which file.

    Stewards note it. Refused as ``invalid`` without a name and an office, or for a day to come.
    """

    verb = "note_approval"
    policy = may_review

    limit: int
    approver: str
    office: str
    approved_on: date
    reference: str = ""

    def check(self) -> None:
        facts_of(self.subject)
        if not self.approver.strip() or not self.office.strip():
            raise ActionRefused(_("Say who approved it, and in which office."), code="invalid")
        if self.approved_on > timezone.localdate(self.at):
            raise ActionRefused(_("This day is yet to come."), code="invalid")

    def perform(self) -> Approval:
        assert self.actor is not None
        return Approval.objects.create(
            process=self.subject,
            limit=self.limit,
            name=self.approver.strip(),
            office=self.office.strip(),
            approved_on=self.approved_on,
            reference=self.reference.strip(),
            noted_by=self.actor,
            noted_at=self.at,
        )

    def audit_details(self) -> dict[str, Any]:
        return {"limit": self.limit, "on": self.approved_on.isoformat()}


def open_points(process: Process, at: datetime, *, but: Collection[str] = ()) -> list[Point]:
    """What speaks against publishing at ``at``, less the codes ``but``."""
    points = points_of(Draft.of(process, timezone.localdate(at)))
    return [point for point in points if point.code not in but]


def publish_due(at: datetime) -> str:
    """Publish what is approved and whose date has come. A job of ``civic_tick``."""
    due = ChallengeFacts.objects.filter(Q(publish_on__lte=at), state=State.APPROVED)
    published = 0
    for facts in due.select_related("process").order_by("publish_on", "pk"):
        try:
            PublishChallenge(facts.process, by=None).execute()
        except ActionRefused:
            tell_not_published(facts)
            continue
        published += 1
    return ngettext(
        "%(count)d challenge published", "%(count)d challenges published", published
    ) % {"count": published}


def keep_approved_texts(process: Process) -> None:
    """Note which texts stand for the latest approval: those there are now."""
    if latest := _approval(process):
        latest.digests = digests_of(drafts_of(process))
        latest.save(update_fields=["digests"])


def _approval(process: Process) -> ReviewMessage | None:
    said = ReviewMessage.objects.filter(process=process, state=State.APPROVED)
    return said.order_by("at", "pk").last()


def _to_publish(process: Process) -> list[Any]:
    """The first page, and translations that are whole; none that was begun since the approval."""
    latest = _approval(process)
    approved = latest.digests if latest else {}
    known = [page for page in drafts_of(process) if page.locale.language_code in approved]
    if {**approved, **digests_of(known)} != approved:
        raise ActionRefused(
            _("A text was changed after the approval. Please have it reviewed again."),
            code="changed-meanwhile",
        )
    return [page for page in pages_of(process) if page.pk in _whole(known)]


def _whole(drafts: list[Any]) -> set[int]:
    return {page.pk for page in drafts[:1]} | {
        page.pk for page in drafts[1:] if not lacking_texts(page)
    }
