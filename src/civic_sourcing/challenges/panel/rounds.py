"""Which entries a round has to judge, when, and what has been given so far."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from civic_sourcing.challenges.models import Assignment, Entry, Round, ScoreSheet, Submission
from civic_sourcing.core.exceptions import ActionRefused


def entries_of(round_: Round) -> QuerySet[Entry]:
    """What was handed in to a round and can be judged; nothing before the deadline."""
    here = Submission.objects.filter(entry=OuterRef("pk"), round=round_)
    rows = Entry.objects.of(round_.process_id).to_judge()
    return rows.filter(Q(round=round_) | Exists(here)).order_by("number", "pk")


def refuse_before_deadline(round_: Round, at: datetime) -> None:
    """Raise ``not-closed`` while entries can still be handed in."""
    if round_.closes_at is None or at < round_.closes_at:
        raise ActionRefused(
            _("Entries are still being handed in. Judging begins after the deadline."),
            code="not-closed",
        )


def refuse_after_judging(round_: Round, at: datetime) -> None:
    """Raise ``judging-over`` once the date of judging has passed."""
    if round_.judging_until is not None and round_.judging_until <= at:
        raise ActionRefused(
            _("Judging of this phase has ended. Only the manager can lengthen it."),
            code="judging-over",
        )


def is_decided(round_: Round) -> bool:
    """Whether winners of the round are proposed or confirmed."""
    return round_.decisions.filter(withdrawn_at=None).exists()


def counting_sheets(round_: Round) -> QuerySet[ScoreSheet]:
    """
    Score sheets that count: handed in, without a conflict declared later, not taken away.

    What a judge handed in before stepping down counts. Criteria and scores are read along.
    """
    sheets = ScoreSheet.objects.filter(
        assignment__round=round_, assignment__ended_at=None, completed_at__isnull=False
    )
    sheets = sheets.select_related("assignment__judge", "assignment__entry")
    return sheets.prefetch_related("scores__criterion").order_by("pk")


def live_assignments(round_: Round) -> QuerySet[Assignment]:
    """Who judges what in a round, with what was handed in by those who stepped down."""
    rows = Assignment.objects.filter(round=round_, ended_at=None)
    return rows.select_related("judge__participant__user", "entry", "sheet")
