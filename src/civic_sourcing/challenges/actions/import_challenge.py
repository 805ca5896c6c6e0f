"""A published challenge of another service becomes one of ours, as a record of what was."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from civic_sourcing.challenges.actions.phases import follow_rounds
from civic_sourcing.challenges.importing.making import (
    Making,
    keep_facts,
    keep_prizes,
    keep_rounds,
    page_of,
)
from civic_sourcing.challenges.importing.records import Record
from civic_sourcing.challenges.models import ChallengeFacts
from civic_sourcing.challenges.signals import challenge_imported
from civic_sourcing.core.actions import Action
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.policies import Superuser, System
from civic_sourcing.processes.models import Process


class ImportChallenge(Action[Any]):
    """
    Make a published challenge out of a ``record``, below the list that is the subject.

    ``making`` says how it is read. Its id is its key: one that is here already, below whatever
    page, is refused (code ``imported-before``), and what it says now changes nothing. Returns the
    page, published.
    """

    verb = "import"
    policy = System() | Superuser()
    announces = challenge_imported

    record: Record
    making: Making
    page: Any

    def check(self) -> None:
        if not self.subject.challenge_model().can_create_at(self.subject):
            raise ActionRefused(
                _("A challenge cannot be placed below “%(page)s”."),
                code="wrong-parent",
                page=self.subject.title,
            )
        if ChallengeFacts.objects.filter(imported_id=self.record.id).exists():
            raise ActionRefused(
                _("Challenge %(id)s was imported before."),
                code="imported-before",
                id=self.record.id,
            )

    def perform(self) -> Any:
        with translation.override(self.making.language):
            page = page_of(self.record, self.making, self.subject)
            self.page = self.subject.add_child(instance=page)
        process = self.process
        rounds = keep_rounds(self.record, self.making, process)
        keep_prizes(self.record, self.making, process, rounds)
        keep_facts(self.record, self.making, process, self.at)
        follow_rounds(process, by=self.by)
        revision = self.page.save_revision(user=self.by, clean=False)
        revision.publish(user=self.by, skip_permission_checks=True)
        self.page.refresh_from_db()
        return self.page

    def chain(self) -> UUID:
        return self.process.uuid

    @property
    def process(self) -> Process:
        """The process of the new challenge."""
        process: Process = self.page.process
        return process

    def audit_details(self) -> dict[str, Any]:
        return {"page": self.page.pk, "record": self.record.id, "digest": self.record.digest}
