"""What a judge says about an entry before it can be opened."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from civic_sourcing.challenges.models import Assignment, ConflictState
from civic_sourcing.challenges.panel import news, signals
from civic_sourcing.challenges.panel.policies import may_judge
from civic_sourcing.challenges.panel.rounds import is_decided
from civic_sourcing.core.actions import Action
from civic_sourcing.core.exceptions import ActionRefused


class DeclareConflict(Action[Assignment]):
    """
    Say whether there is a ``conflict`` of interest with the entry; ``note`` says which, for the
    manager.

    With a conflict the entry closes for good, and a score sheet, even one handed in, does not
    count. It can be declared later too, as judges may recognize an author only when they read, but
    not once the winners are decided (``decided``). Without one the entry opens.
    """

    verb = "declare_conflict"
    policy = may_judge
    announces = signals.conflict_declared

    conflict: bool
    note: str = ""

    def check(self) -> None:
        refuse_ended(self.subject)
        if not self.conflict and self.subject.conflict == ConflictState.NONE:
            raise ActionRefused(_("You have said so already."), code="declared")
        if self.conflict and is_decided(self.subject.round):
            raise ActionRefused(
                _("The winners are decided already. Please tell the manager of the challenge."),
                code="decided",
            )
        if self.conflict and not self.note.strip():
            raise ActionRefused(
                _("Please say in a few words what the conflict is; only the manager reads it."),
                code="note-missing",
            )

    def perform(self) -> Assignment:
        row = self.subject
        row.conflict = ConflictState.CONFLICT if self.conflict else ConflictState.NONE
        row.conflict_note = self.note.strip() if self.conflict else ""
        row.declared_at = self.at
        row.ended_at = self.at if self.conflict else None
        row.save(update_fields=["conflict", "conflict_note", "declared_at", "ended_at"])
        if self.conflict:
            news.tell_of_conflict(row)
        return row

    def content(self) -> dict[str, Any]:
        return {"subject": self.subject, "conflict": self.conflict}

    def audit_details(self) -> dict[str, Any]:
        return {"conflict": str(self.subject.conflict)}


def refuse_ended(assignment: Assignment) -> None:
    """Raise ``conflict`` or ``ended`` where the judge no longer has the entry."""
    if assignment.conflict == ConflictState.CONFLICT:
        raise ActionRefused(
            _("You declared a conflict of interest, so this entry is closed for you."),
            code="conflict",
        )
    if assignment.ended_at is not None or assignment.judge.state != "accepted":
        raise ActionRefused(_("You no longer judge this entry."), code="ended")
