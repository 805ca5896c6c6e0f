"""What a round has to give, what follows it, and what speaks against naming its winners."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from civic_sourcing.challenges.models import Decision, Entry, Prize, Ranking, Round
from civic_sourcing.challenges.results.documents import basis_of, basis_within
from civic_sourcing.challenges.results.proposals import Named
from civic_sourcing.core.exceptions import ActionRefused


def refuse_stale(ranking: Ranking, round_: Round) -> None:
    """Refuse what is not the latest ranking of ``round_``, or no longer what it follows from."""
    latest = Ranking.objects.latest_of(round_)
    if (
        latest is None
        or latest.pk != ranking.pk
        or basis_within(latest.document) != basis_of(round_)
    ):
        raise ActionRefused(
            _("Something has changed since this ranking. Please rank the entries again first."),
            code="stale",
        )


def refuse_strange(named: Sequence[Named], entries: dict[str, Entry]) -> None:
    strangers = [one for one in named if one.entry not in entries]
    if strangers or len({one.entry for one in named}) < len(named):
        raise ActionRefused(_("Please name entries of this phase, each once."), code="not-here")


def refuse_beyond_prizes(winners: Sequence[Named], prizes: Sequence[Prize]) -> None:
    """Refuse more winners or more money than a prize of the round has."""
    known = {prize.pk for prize in prizes}
    if any(one.amount if one.prize is None else one.prize.pk not in known for one in winners):
        raise ActionRefused(_("This prize is not given in this phase."), code="not-this-prize")
    for prize in prizes:
        own = [one for one in winners if one.prize is not None and one.prize.pk == prize.pk]
        if len(own) > prize.winners:
            raise ActionRefused(
                _("“%(prize)s” has only %(count)d winners."),
                code="too-many",
                prize=prize.title,
                count=prize.winners,
            )
        if any(one.amount < 0 for one in own) or sum(one.amount for one in own) > prize.amount:
            raise ActionRefused(
                _("These amounts together are more than “%(prize)s” is."),
                code="too-much",
                prize=prize.title,
            )


def refuse_too_many(named: Sequence[Named], round_: Round) -> None:
    """Refuse more who advance than was announced, or any where there is no next phase."""
    on = sum(one.advances for one in named)
    if on and next_round(round_) is None:
        raise ActionRefused(_("There is no phase to advance to."), code="no-next")
    if round_.advancing and on > round_.advancing:
        raise ActionRefused(
            _("At most %(count)d entries advance."), code="too-many", count=round_.advancing
        )


def refuse_unless_open(decision: Decision) -> None:
    if decision.withdrawn_at is not None:
        raise ActionRefused(_("This was withdrawn already."), code="withdrawn")
    if decision.confirmed_at is not None:
        raise ActionRefused(_("This was confirmed already."), code="confirmed")


def somebody() -> ActionRefused:
    return ActionRefused(_("People decide this, not the system."), code="nobody")


def next_round(round_: Round) -> Round | None:
    """The phase after this one."""
    later = Round.objects.of(round_.process_id).filter(number__gt=round_.number)
    return later.order_by("number").first()


def prizes_of(round_: Round) -> list[Prize]:
    """The prizes given in ``round_``; those of no phase are given in the last one."""
    mine = Prize.objects.filter(process=round_.process_id, round=round_)
    if next_round(round_) is None:
        mine |= Prize.objects.filter(process=round_.process_id, round=None)
    return list(mine.order_by("position", "pk"))


def end_of_verification(since: datetime, days: int) -> datetime:
    """The midnight of the town after ``days`` full days that follow the day of ``since``."""
    day = timezone.localtime(since).date() + timedelta(days=days + 1)
    midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - made aware below
    return timezone.make_aware(midnight)
