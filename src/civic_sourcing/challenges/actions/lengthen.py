"""Put off the deadline of an open phase, or the end of its judging, in public."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from civic_sourcing.challenges.actions.parts import OnPart
from civic_sourcing.challenges.actions.phases import follow_rounds
from civic_sourcing.challenges.models import Change, Round
from civic_sourcing.challenges.policies import may_manage
from civic_sourcing.challenges.signals import round_lengthened
from civic_sourcing.challenges.timeline import refuse_if_decided
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.processes.policies import written

DATES = ("opens_at", "closes_at", "judging_until")


class LengthenRound(OnPart[Round]):
    """
    Let a round end later: ``closes_at`` (entries), ``judging_until``, or both, with a ``reason``.

    What comes after is put off by as much, as far as it would begin too early. Every date that
    moves gets a ``Change`` with the public reason. Refused as ``not-longer``, ``over`` (entries
    have closed and were opened), ``decided``, ``no-reason``. Returns the round.
    """

    verb = "lengthen"
    policy = may_manage
    announces = round_lengthened

    reason: str
    closes_at: datetime | None = None
    judging_until: datetime | None = None

    def check(self) -> None:
        refuse_if_decided(self.subject.process)
        if not self.reason.strip():
            raise ActionRefused(_("Please give a reason; it is shown to all."), code="no-reason")
        if self.closes_at is None and self.judging_until is None:
            raise ActionRefused(_("Say until when."), code="not-longer")
        for name in ("closes_at", "judging_until"):
            self._check_date(name, getattr(self, name))

    def perform(self) -> Round:
        before = _last_moment(self.subject)
        wanted = {
            name: getattr(self, name)
            for name in ("closes_at", "judging_until")
            if getattr(self, name) is not None
        }
        self._keep_order(wanted)
        self._move(self.subject, wanted)
        self._put_off_rest(before, _last_moment(self.subject))
        follow_rounds(self.subject.process, by=self.by)
        return self.subject

    def audit_details(self) -> dict[str, Any]:
        dates = {name: getattr(self.subject, name) for name in DATES}
        return {
            "round": self.subject.number,
            **{name: moment.isoformat() for name, moment in dates.items() if moment},
        }

    def _check_date(self, name: str, wanted: datetime | None) -> None:
        present = getattr(self.subject, name)
        if wanted is None:
            return
        if present is not None and wanted <= present:
            raise ActionRefused(
                _("A date can only be put off. Choose one after %(date)s."),
                code="not-longer",
                date=written(present),
            )
        if name == "closes_at" and present is not None and present <= self.at:
            raise ActionRefused(_("Entries have closed and are not opened again."), code="over")
        if wanted <= self.at:
            raise ActionRefused(_("This date is in the past."), code="not-longer")

    def _keep_order(self, wanted: dict[str, datetime]) -> None:
        """Judging that would end before entries close ends as much later."""
        closes_at, judged = wanted.get("closes_at"), self.subject.judging_until
        if closes_at and judged and "judging_until" not in wanted and self.subject.closes_at:
            wanted["judging_until"] = judged + (closes_at - self.subject.closes_at)

    def _put_off_rest(self, before: datetime | None, after: datetime | None) -> None:
        if before is None or after is None or after <= before:
            return
        later = Round.objects.of(self.subject.process_id).filter(number__gt=self.subject.number)
        rest = list(later.select_for_update())
        if rest and rest[0].opens_at is not None and rest[0].opens_at < after:
            for each in rest:
                self._move(each, _put_off(each, after - before))

    def _move(self, round_: Round, wanted: dict[str, datetime]) -> None:
        for name, moment in wanted.items():
            present = getattr(round_, name)
            if present is not None:
                self._tell(round_, name, present, moment)
            setattr(round_, name, moment)
        round_.save(update_fields=list(wanted))

    def _tell(self, round_: Round, name: str, before: datetime, after: datetime) -> None:
        Change.objects.create(
            process_id=round_.process_id,
            kind=Change.Kind.LENGTHENED,
            what=f"{name}:{round_.pk}",
            before=to_the_second(before),
            after=to_the_second(after),
            reason=self.reason.strip(),
            at=self.at,
            by=self.actor,
        )


def to_the_second(moment: datetime) -> str:
    """A moment as a ``Change`` keeps it: ISO 8601 in UTC, whole seconds."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")


def _put_off(round_: Round, by: timedelta) -> dict[str, datetime]:
    dates = {name: getattr(round_, name) for name in DATES}
    return {name: moment + by for name, moment in dates.items() if moment is not None}


def _last_moment(round_: Round) -> datetime | None:
    return round_.judging_until or round_.closes_at
