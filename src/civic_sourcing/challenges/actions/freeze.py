"""Mark a challenge frozen at its opening, with the fingerprint of what people enter under."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from civic_sourcing.challenges.frozen_rows import STAYING_FACTS
from civic_sourcing.challenges.models import (
    ChallengeFacts,
    Criterion,
    CrowdVote,
    EditorialState,
    Round,
)
from civic_sourcing.core import audit
from civic_sourcing.core.actions import Action
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.policies import System
from civic_sourcing.processes.models import Process


class FreezeChallenge(Action[Process]):
    """
    Mark that the challenge has opened: from now on it is frozen, whatever its dates say.

    Criteria, prizes and dates are kept from the opening on anyway; the mark and the fingerprint in
    the log are the proof. Returns the facts. Refused as ``not-open-yet``; a second time does
    nothing.
    """

    verb = "freeze"
    policy = System()

    def check(self) -> None:
        self.facts = ChallengeFacts.objects.select_for_update().get(process=self.subject)
        opened = Round.objects.of(self.subject).filter(opens_at__lte=self.at)
        if self.facts.state != EditorialState.PUBLISHED or not opened.exists():
            raise ActionRefused(_("The challenge is not open yet."), code="not-open-yet")

    def perform(self) -> ChallengeFacts:
        if self.facts.frozen_at is None:
            self.facts.frozen_at = self.at
            self.facts.save(update_fields=["frozen_at"])
        return self.facts

    def audit_details(self) -> dict[str, Any]:
        return {"criteria": digest_of_rules(self.facts)}


def freeze_opened(at: datetime) -> str:
    """Mark the challenges that have opened by ``at``. A job of ``civic_tick``."""
    opened = Round.objects.filter(process=OuterRef("process"), opens_at__lte=at)
    waiting = ChallengeFacts.objects.filter(
        Exists(opened), state=EditorialState.PUBLISHED, frozen_at=None, imported_id=None
    )
    frozen = 0
    for facts in waiting.select_related("process").order_by("pk"):
        FreezeChallenge(facts.process, by=None).execute()
        frozen += 1
    return ngettext("%(count)d challenge opened", "%(count)d challenges opened", frozen) % {
        "count": frozen
    }


def digest_of_rules(facts: ChallengeFacts) -> str:
    """SHA-256 of criteria, votes and rules of judging, which nothing changes after the opening."""
    criteria = Criterion.objects.filter(round__process=facts.process_id)
    rows = [
        {
            "criterion": str(each.uuid),
            "round": each.round.number,
            "titles": each.titles,
            "kind": each.kind,
            "points": each.points,
            "weight": None if each.weight is None else str(each.weight.normalize()),
            "levels": each.levels,
            "flags": [each.is_bonus, each.is_knockout, each.needs_comment],
        }
        for each in criteria.select_related("round").order_by("round__number", "position", "pk")
    ]
    names = [name for name in STAYING_FACTS if not name.endswith("_id")]
    rules = {name: getattr(facts, name) for name in names}
    votes = CrowdVote.objects.filter(round__process=facts.process_id).order_by("round", "kind")
    others = list(votes.values("uuid", "kind", "wait_days", "days", "most", "conditions"))
    told = {"criteria": rows, "rules": rules}
    if others:
        told["votes"] = [{**other, "uuid": str(other["uuid"])} for other in others]
    content = audit.canonical_json(told)
    return hashlib.sha256(content.encode()).hexdigest()
