"""What the steps of a claim share: a text with evidence, and moving on from state to state."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from civic_sourcing.attribution.claims import notices, rules, signals
from civic_sourcing.attribution.claims.conf import TEXT_COLUMN, conf
from civic_sourcing.attribution.claims.outcomes import apply_outcome
from civic_sourcing.attribution.claims.rules import Stage
from civic_sourcing.attribution.models import Claim, ClaimFile, ClaimStatement, Contribution
from civic_sourcing.core.actions import Action, Subject
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.text import normalise
from civic_sourcing.core.uploads import Received
from civic_sourcing.participants.models import Participant


class Speaking(Action[Subject]):
    """A step with a text, and optionally evidence: more text, a contribution, a file."""

    text: str
    evidence: str = ""
    linked: Contribution | None = None
    file: Received | None = None

    def content(self) -> dict[str, Any]:
        """Tell requests apart by their words and the file's bytes."""
        return {
            "subject": self.subject,
            "text": self.text,
            "evidence": self.evidence,
            "linked": self.linked,
            "file": self.file.content if self.file else None,
        }

    def check_evidence(self, contribution: Contribution) -> None:
        """Raise ``ActionRefused`` for a linked text nobody can see, or a later one unexplained."""
        linked = self.linked
        if linked is None:
            return
        if not linked.is_public or linked.pk == contribution.pk:
            raise ActionRefused(
                _("The linked contribution must be another one that everybody can read."),
                code="link-not-public",
            )
        if linked.received_at >= contribution.received_at and not self.evidence:
            raise ActionRefused(
                _(
                    "“%(title)s” was handed in later than the text this is about. Please explain "
                    "under “Evidence” what it shows."
                ),
                code="link-later",
                title=linked.title,
            )

    def say(self, claim: Claim, part: str, participant: Participant) -> ClaimStatement:
        """Keep what was said. Raises ``TextRefused`` for a text too long or without words."""
        statement = ClaimStatement.objects.create(
            claim=claim,
            participant=participant,
            part=part,
            text=normal_text(self.text),
            evidence=normal_text(self.evidence) if self.evidence else "",
            linked=self.linked,
            made_at=self.at,
        )
        if self.file is not None:
            ClaimFile.holding(self.file, statement=statement).save()
        return statement

    def audit_details(self) -> dict[str, Any]:
        return {
            "text": bool(self.evidence),
            "link": self.linked is not None,
            "file": self.file is not None,
        }


class ClaimAction(Action[Claim]):
    """A step of a claim that exists; the contribution is locked after it where credits change."""

    @property
    def participant(self) -> Participant:
        return Participant.objects.of(self.by)

    def go_to(self, stage: Stage) -> None:
        """Begin ``stage`` now, with its own time."""
        self.subject.state = stage
        self.subject.due_at = conf.periods.due_at(stage, self.at)
        self.subject.closed_at = None if stage in rules.OPEN else self.at
        self.subject.save(update_fields=["state", "due_at", "closed_at"])

    def finish(self) -> None:
        """Make the last decision final and give the credit it gives."""
        decision = self.subject.decision
        assert decision is not None
        contributions = Contribution.objects.select_for_update(no_key=True)
        self.subject.contribution = contributions.get(pk=self.subject.contribution_id)
        apply_outcome(self.subject, decision, at=self.at)
        self.go_to(Stage.FINAL)
        notices.tell_final(self.subject, decision)

    def announce_closed(self) -> None:
        if self.subject.is_open:
            return
        signals.claim_closed.send_robust(
            sender=type(self), action=self, subject=self.subject, result=self.result
        )

    def _announce(self) -> None:
        super()._announce()
        if self.announces is not signals.claim_closed:
            self.announce_closed()


def normal_text(text: str) -> str:
    """Return ``text`` as it may be stored. Raises ``TextRefused``."""
    return normalise(text, max_length=TEXT_COLUMN, max_graphemes=conf.CLAIM_TEXT_LENGTH)
