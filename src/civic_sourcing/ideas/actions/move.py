"""Moving an idea to the forum where it belongs."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from civic_sourcing.answers.audience import authors
from civic_sourcing.attribution import ledger
from civic_sourcing.core.exceptions import ActionForbidden, ActionRefused
from civic_sourcing.ideas.contributions import forum_of
from civic_sourcing.ideas.policies import may_change_stage
from civic_sourcing.ideas.signals import idea_moved
from civic_sourcing.ideas.stage_news import MINE, address
from civic_sourcing.ideas.stages import STILL_OPEN
from civic_sourcing.ideas.steps import IdeaStep
from civic_sourcing.notifications.outbox import notify
from civic_sourcing.notifications.texts import filled
from civic_sourcing.processes.models import Process
from civic_sourcing.processes.roles import roles_of


class MoveIdea(IdeaStep):
    """
    Put an idea into another forum, with its support, comments, answers and promises. Returns it.

    Takes ``process``, that of the other forum. Whoever moves is an official of both. Its old
    address leads to the new one. Author and co-authors are told. Refused as ``same-forum``,
    ``no-forum``, ``not-published``, ``decided`` (what is decided stays where it was decided).
    """

    verb = "move"
    announces = idea_moved
    policy = may_change_stage

    process: Process

    def check(self) -> None:
        idea = self.subject
        if self.by is not None and "official" not in roles_of(self.by, self.process):
            raise ActionForbidden(
                _("You are not an official of the other forum."), code="forbidden"
            )
        if idea.process_id == self.process.pk:
            raise ActionRefused(_("It is in this forum already."), code="same-forum")
        if not idea.live:
            raise ActionRefused(
                _("Only what everybody can read is moved here."), code="not-published"
            )
        if idea.stage not in STILL_OPEN:
            raise ActionRefused(
                _("“%(idea)s” is “%(stage)s” already, so it stays where that was decided."),
                code="decided",
                idea=idea.title,
                stage=idea.get_stage_display(),
            )
        self.forum = forum_of(self.process, idea.locale.language_code)
        if self.forum is None:
            raise ActionRefused(_("This process has no idea forum."), code="no-forum")

    def perform(self) -> Any:
        self.before = self.subject.process
        contribution = self.subject.contribution
        ledger.move(contribution, self.process)
        moved = type(self.subject)._base_manager.get(pk=self.subject.pk)
        notify(
            authors(contribution),
            category=MINE.key,
            subject=filled(
                _("“%(idea)s” is now in “%(forum)s”"),
                idea=contribution.name_in_news,
                forum=self.forum.title,
            ),
            body=_("The city moved it there, with its support and all that was said about it."),
            url=address(contribution),
            about=contribution.uuid,
        )
        return moved

    def audit_details(self) -> dict[str, Any]:
        return {"from": str(self.before.uuid), "to": str(self.process.uuid)}
