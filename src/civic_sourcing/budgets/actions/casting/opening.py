from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from civic_sourcing.budgets.actions.casting.runs import RunAction, State, refuse_unless
from civic_sourcing.budgets.casting.keys import make_key
from civic_sourcing.budgets.models import VoteRun
from civic_sourcing.core.actions import Action
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.policies import Superuser, System
from civic_sourcing.processes.models import Process


class PrepareVote(Action[Process]):
    """
    Make a run of a vote, ``kind`` real or rehearsal, with a key of its own. Returns the run.

    A vote is held once (``prepared-before``); it can be rehearsed as often as it takes.
    """

    verb = "prepare_vote"
    policy = System() | Superuser()

    kind: str

    def check(self) -> None:
        if self.kind not in (VoteRun.Kind.REAL, VoteRun.Kind.REHEARSAL):
            raise ValueError(f"kind must be real or rehearsal, not {self.kind!r}.")
        if self.kind == VoteRun.Kind.REAL and VoteRun.objects.of(self.subject):
            raise ActionRefused(_("This vote was already prepared."), code="prepared-before")

    def perform(self) -> VoteRun:
        run = VoteRun.objects.create(process=self.subject, kind=self.kind)
        make_key(run)
        return run

    def audit_details(self) -> dict[str, Any]:
        return {"run": str(self.result.uuid), "kind": str(self.kind)}


class OpenVote(RunAction):
    """
    Freeze the rulebook of a prepared run and let people vote from ``opens_at`` to ``closes_at``.

    ``rulebook`` is canonical JSON; ``open_points`` are the codes of what is still missing or
    contradictory, and one is enough to refuse (``open-points``). A real vote waits until its
    rehearsals are erased (``rehearsal``).
    """

    verb = "open_vote"
    policy = System() | Superuser()

    rulebook: str
    open_points: Sequence[str]
    opens_at: datetime
    closes_at: datetime

    def check(self) -> None:
        refuse_unless(self.subject, State.PREPARED)
        if not isinstance(json.loads(self.rulebook), dict):
            raise ValueError("rulebook must be the canonical JSON of a document.")
        if self.open_points:
            raise ActionRefused(
                _("The vote cannot open while points of its set-up are open: %(number)d."),
                code="open-points",
                number=len(self.open_points),
            )
        if not self.at < self.closes_at or not self.opens_at < self.closes_at:
            raise ActionRefused(_("A vote closes after it opens, and in the future."), code="dates")
        rehearsals = VoteRun.objects.filter(
            process=self.subject.process_id, kind=VoteRun.Kind.REHEARSAL
        )
        if self.subject.kind == VoteRun.Kind.REAL and rehearsals.exists():
            raise ActionRefused(
                _("Please erase the rehearsal before the vote opens."), code="rehearsal"
            )

    def perform(self) -> VoteRun:
        run = self.subject
        run.state = State.OPEN
        run.rulebook = self.rulebook
        run.digest = hashlib.sha256(self.rulebook.encode()).hexdigest()
        run.opens_at, run.closes_at = self.opens_at, self.closes_at
        run.save(update_fields=["state", "rulebook", "digest", "opens_at", "closes_at"])
        return run

    def audit_details(self) -> dict[str, Any]:
        return {
            "rulebook": self.subject.digest,
            "opens_at": self.opens_at.isoformat(),
            "closes_at": self.closes_at.isoformat(),
        }
