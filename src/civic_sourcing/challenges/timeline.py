"""The dates of a challenge: from its stored rounds and decision to its status and its phases."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from civic_sourcing.challenges.models import ChallengeFacts, Decision, EditorialState, Round
from civic_sourcing.challenges.status import Decided, RoundDates, Status, status_of, windows_of
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.processes.models import Process
from civic_sourcing.processes.rules import PhaseRule


def dates_of(rounds: Iterable[Round]) -> list[RoundDates]:
    """The dates of ``rounds``, without the database."""
    return [
        RoundDates(each.opens_at, each.closes_at, each.judging_until, each.takes_entries)
        for each in rounds
    ]


def phases_of(process: Process) -> list[PhaseRule]:
    """The phases that follow from what is stored of the challenge now."""
    facts = ChallengeFacts.objects.of(process)
    rounds = list(Round.objects.of(process))
    windows = windows_of(
        dates_of(rounds),
        announced_at=facts.published_at,
        decided=decided_of(rounds),
    )
    return [PhaseRule(window.kind, window.opens_at, window.closes_at) for window in windows]


def decided_of(rounds: list[Round]) -> Decided | None:
    """The confirmed decision on the last of ``rounds``, which ends the challenge."""
    decision = final_decision(rounds)
    if decision is None or decision.confirmed_at is None:
        return None
    verified = decision.verification_until or decision.confirmed_at
    return Decided(decision.confirmed_at, verified, decision.final_at)


def final_decision(rounds: list[Round]) -> Decision | None:
    """The decision on the last round, once two people have made it."""
    if not rounds:
        return None
    made = Decision.objects.confirmed().whole().filter(round=rounds[-1])
    return made.first()


def status_at(
    facts: ChallengeFacts, rounds: list[Round], at: datetime, *, decided: bool | None = None
) -> Status:
    """
    The public status at ``at``. ``decided`` saves a query where it is known already.

    Of an imported challenge the window of its record counts, where it has no rounds.
    """
    dates = dates_of(rounds)
    if not rounds and facts.imported:
        dates = [RoundDates(facts.imported_opens_at, facts.imported_closes_at)]
    known = final_decision(rounds) is not None if decided is None and rounds else bool(decided)
    return status_of(
        dates,
        at,
        archived=facts.state == EditorialState.ARCHIVED,
        decided=known,
        judged_here=not facts.imported and not facts.external_url,
    )


def current_round(rounds: Iterable[Any], at: datetime) -> Any | None:
    """The round that runs at ``at``, else the next to open; ``None`` where all are over."""
    dated = [each for each in rounds if each.opens_at is not None]
    running = (
        each
        for each in dated
        if each.opens_at <= at and (each.closes_at is None or at < each.closes_at)
    )
    return next(running, None) or next((each for each in dated if each.opens_at > at), None)


def refuse_if_decided(process: Process) -> None:
    """Raise ``ActionRefused`` (code ``decided``) where the winners of the challenge are known."""
    if final_decision(list(Round.objects.of(process))) is not None:
        raise ActionRefused(
            _("The winners are decided, so dates and prizes stay as they are."), code="decided"
        )
