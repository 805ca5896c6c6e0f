"""Download of one's data: asked for, and fetched once."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.limits import DAY, RateLimit
from civic_sourcing.core.policies import SignedIn
from civic_sourcing.core.tasks import hand_to_worker
from civic_sourcing.participants.actions.people import PersonalAction
from civic_sourcing.participants.models import DataExport, Participant
from civic_sourcing.participants.policies import Oneself
from civic_sourcing.participants.tasks import make_data_export

EXPORTS_A_DAY = 3


class AskForExport(PersonalAction[Participant]):
    """Ask for a download of everything kept about oneself; a task makes it."""

    verb = "ask_for_export"
    policy = SignedIn() & Oneself()

    def check(self) -> None:
        if self.subject.exports.open().exists():
            raise ActionRefused(_("Your download is already on its way."), code="already-asked")
        RateLimit("civic_participants.export", EXPORTS_A_DAY, DAY).hit(self.actor)

    def perform(self) -> DataExport:
        export = DataExport.objects.create(
            participant=self.subject, asked_at=self.at, language=get_language() or ""
        )
        transaction.on_commit(
            lambda: hand_to_worker(make_data_export, uuid=str(export.uuid)), robust=True
        )
        return export


class FetchExport(PersonalAction[DataExport]):
    """Hand the file to its owner, once: the result is its content, and the file is deleted."""

    verb = "fetch_export"
    policy = SignedIn() & Oneself()

    def check(self) -> None:
        overdue = self.subject.expires_at is not None and self.subject.expires_at <= self.at
        if self.subject.state != DataExport.State.READY or overdue:
            raise ActionRefused(
                _("This download is no longer there. Please ask for a new one."), code="not-ready"
            )

    def perform(self) -> bytes:
        with self.subject.file.open("rb") as file:
            content: bytes = file.read()
        self.subject.let_file_go(DataExport.State.FETCHED)
        return content

    def audit_subject(self) -> tuple[str, str]:
        return DataExport._meta.label_lower, str(self.subject.uuid)

    def audit_details(self) -> dict[str, Any]:
        return {"bytes": len(self.result)}
