"""Moving an idea along its way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from civic_sourcing.answers.reasons import reasons
from civic_sourcing.attribution.models import State
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.ideas import stages
from civic_sourcing.ideas.models import Cause, Stage, StageChange
from civic_sourcing.ideas.policies import may_change_stage
from civic_sourcing.ideas.signals import stage_changed
from civic_sourcing.ideas.steps import IdeaStep
from civic_sourcing.participants.models import Participant


class ChangeStage(IdeaStep):
    """
    Put an idea into another ``stage``. The result is the ``StageChange``.

    Takes ``reason_codes`` (see ``answers.reasons``) and a ``note`` for everybody to read; declining
    needs both from an official, referring the note. Author, co-authors, supporters and followers
    are told. Refused as ``unknown-stage``, ``same-stage``, ``not-next``, ``not-published``,
    ``no-reason``, ``no-note``, ``unknown-reason``.
    """

    verb = "change_stage"
    announces = stage_changed
    policy = may_change_stage

    stage: str
    reason_codes: Sequence[str] = ()
    note: str = ""
    cause: str = Cause.HAND

    def check(self) -> None:
        if self.by is not None:
            self.cause = Cause.HAND
        self._refuse_out_of_sight()
        self._refuse_wrong_stage()
        codes = list(dict.fromkeys(self.reason_codes))
        if not set(codes) <= set(reasons()):
            raise ActionRefused(_("This reason is not known."), code="unknown-reason")
        self.codes, self.words = codes, stages.cleaned_note(self.note)
        if self.by is not None:
            self._refuse_silence()

    def perform(self) -> StageChange:
        self.before = self.subject.stage
        change = stages.enter(
            self.subject,
            self.stage,
            at=self.at,
            by=Participant.objects.of(self.by) if self.by is not None else None,
            cause=self.cause,
            reason_codes=self.codes,
            note=self.words,
        )
        assert change is not None  # the same stage was refused
        return change

    def content(self) -> Mapping[str, Any]:
        """Tell requests apart by what is decided; codes in any order say the same."""
        return {
            "subject": self.subject,
            "stage": str(self.stage),
            "reason_codes": sorted(self.reason_codes),
            "note": self.note,
        }

    def audit_details(self) -> dict[str, Any]:
        return {
            "before": str(self.before),
            "after": str(self.stage),
            "cause": str(self.cause),
            "reasons": self.codes,
            "change": str(self.result.uuid),
        }

    def _refuse_out_of_sight(self) -> None:
        if self.subject.contribution.state != State.PUBLISHED:
            raise ActionRefused(
                _("Everybody has to be able to read it before its stage can change."),
                code="not-published",
            )

    def _refuse_wrong_stage(self) -> None:
        before, after = Stage(self.subject.stage), self.stage
        if after not in Stage.values:
            raise ActionRefused(_("This stage is not known."), code="unknown-stage")
        names = {"before": before.label, "after": Stage(after).label}
        if before == after:
            raise ActionRefused(
                _("It is “%(after)s” already."), code="same-stage", after=names["after"]
            )
        if not self._may_follow(before):
            raise ActionRefused(
                _("“%(after)s” cannot follow “%(before)s”."), code="not-next", **names
            )

    def _may_follow(self, before: Stage) -> bool:
        """Merging happens elsewhere, at any stage; nobody chooses it here."""
        if self.stage == Stage.MERGED:
            return self.cause == Cause.LEDGER and self.by is None
        return stages.may_follow(before, self.stage)

    def _refuse_silence(self) -> None:
        if self.stage in stages.NEEDS_REASON and not self.codes:
            raise ActionRefused(_("Please choose at least one reason."), code="no-reason")
        if self.stage in stages.NEEDS_NOTE and not self.words:
            raise ActionRefused(
                _("Please say why, or where it is taken further, in a few words."), code="no-note"
            )
