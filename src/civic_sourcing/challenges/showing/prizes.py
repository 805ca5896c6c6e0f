"""The prizes of a challenge, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from civic_sourcing.challenges.models import ChallengeFacts, Prize
from civic_sourcing.core.money import format_money


@dataclass(frozen=True)
class PrizeLine:
    """One row of the table of prizes."""

    title: str
    phase: str
    money: str
    winners: int
    other: str


def prize_lines(prizes: Iterable[Prize], currency: str) -> list[PrizeLine]:
    """A line for each prize, in order; they need their rounds at hand."""
    return [
        PrizeLine(
            title=prize.title,
            phase=prize.round.title if prize.round else "",
            money=money_of(prize, currency),
            winners=prize.winners,
            other=prize.other,
        )
        for prize in prizes
    ]


def money_of(prize: Prize, currency: str) -> str:
    """What the winners of ``prize`` get, and how it is divided; empty where it is no money."""
    if not prize.amount:
        return ""
    amount = str(format_money(prize.amount, currency))
    if prize.winners == 1:
        return amount
    if prize.shared:
        sentence = ngettext(
            "%(amount)s, split evenly among up to %(winners)d winner",
            "%(amount)s, split evenly among up to %(winners)d winners",
            prize.winners,
        )
        return sentence % {"amount": amount, "winners": prize.winners}
    each = str(format_money(prize.each, currency))
    return _("%(each)s each, %(amount)s together") % {"each": each, "amount": amount}


def total_of(facts: ChallengeFacts) -> str:
    """All prize money in words, as a ceiling where it is one."""
    if facts.prize_total is None:
        return _("Not only money") if facts.has_other_prizes else ""
    if not facts.prize_total:
        return _("No prize money")
    return _("up to %(money)s") % {"money": facts.prize} if facts.prize_up_to else facts.prize
