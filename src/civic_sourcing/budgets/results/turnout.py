"""
Who took part, by area and channel: what a count writes down, and how people read it.

Only what may be told is written down, so that no copy of the document tells more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from civic_sourcing.budgets.models import Ballot, VoteArea
from civic_sourcing.budgets.polling.standing import voters_by_area_and_channel
from civic_sourcing.budgets.results.small import Together, told_by_both, told_together

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from civic_sourcing.budgets.ballots import Rulebook
    from civic_sourcing.budgets.models import CountResult, VoteRun

CHANNELS = (Ballot.Channel.ONLINE.value, Ballot.Channel.PAPER.value)

CHANNEL_NAMES: dict[str, str | Promise] = {
    Ballot.Channel.ONLINE.value: gettext_lazy("Online"),
    Ballot.Channel.PAPER.value: gettext_lazy("On paper"),
}


def turnout_document(
    run: VoteRun, rulebook: Rulebook, earlier: CountResult | None = None, *, using: str
) -> dict[str, Any]:
    """
    Return how many people voted in ``run``, by area and channel, as a count's document keeps it.

    Numbers below ten are joined with others (``results.small``), as they were in the ``earlier``
    count of this vote.
    """
    cells = voters_by_area_and_channel(run, using=using)
    before = earlier.document.get("turnout", {}) if earlier else {}
    areas, channels = (
        told_together(numbers, [each["codes"] for each in before.get(key, ())])
        for key, numbers in (
            ("areas", _by_area(cells, rulebook)),
            ("channels", _by_channel(cells, rulebook)),
        )
    )
    return {
        "voters": cells.total(),
        "areas": [_written(each) for each in areas],
        "channels": [_written(each) for each in channels],
        "cells": told_by_both(cells, areas, channels),
    }


@dataclass(frozen=True)
class Row:
    """One area, or several told together."""

    name: str
    voters: str
    share: str
    cells: Sequence[str]


class Turnout:
    """
    The turnout in the ``document`` of a count of ``process``, in the active language.

    ``eligible`` is how many people may vote, if anybody knows.
    """

    def __init__(
        self, document: Mapping[str, Any], process: Any, eligible: int | None = None
    ) -> None:
        self.document = document
        self.process = process
        self.eligible = eligible

    @property
    def sentence(self) -> str:
        """How many people voted, and of how many, where that is known."""
        voters: int = self.document["voters"]
        if not self.eligible or voters > self.eligible:
            words = ngettext("%(number)s person voted.", "%(number)s people voted.", voters)
            return words % {"number": _number(voters)}
        return _("%(number)s of the %(all)s people who may vote did: %(percent)s %%.") % {
            "number": _number(voters),
            "all": _number(self.eligible),
            "percent": _percent(voters, self.eligible),
        }

    @cached_property
    def rows(self) -> list[Row]:
        """By area; empty where one number would stand for all."""
        told = self.document["areas"]
        return list(self._rows(told)) if len(told) > 1 else []

    @cached_property
    def columns(self) -> list[str]:
        """The channels of the cells of each row; empty where they are not told by area."""
        return [name for name, _voters in self.channels] if self.document["cells"] else []

    @cached_property
    def channels(self) -> list[tuple[str, str]]:
        """How many voted on each channel; empty where one number would stand for all."""
        told = self.document["channels"]
        return [(_channels(each), _number(each["voters"])) for each in told] if told[1:] else []

    @property
    def is_joined(self) -> bool:
        """Whether areas or channels are told together, as one of them alone is too small."""
        told = [*self.document["areas"], *self.document["channels"]]
        return any(len(each["codes"]) > 1 for each in told)

    def _rows(self, told: Sequence[Mapping[str, Any]]) -> Iterator[Row]:
        areas = {row.code: row for row in VoteArea.objects.of(self.process)}
        cells = self.document["cells"] if self.columns else [[] for _each in told]
        for each, numbers in zip(told, cells, strict=True):
            rows = [areas.get(code) for code in each["codes"]]
            people = [row.population if row else None for row in rows]
            yield Row(
                name=", ".join(_area(code, areas) for code in each["codes"]),
                voters=_number(each["voters"]),
                share=_share(each["voters"], people),
                cells=[_number(number) for number in numbers],
            )


def _by_area(cells: Counter[tuple[str, str]], rulebook: Rulebook) -> dict[str, int]:
    """Every part of town, nobody having voted there or not; people without one come last."""
    parts = [area.code for area in rulebook.areas if not area.town_wide]
    found = dict.fromkeys(parts, 0) if len(parts) > 1 else {}
    for (area, _channel), number in cells.items():
        place = area if area in found else ""
        found[place] = found.get(place, 0) + number
    return found


def _by_channel(cells: Counter[tuple[str, str]], rulebook: Rulebook) -> dict[str, int]:
    known = CHANNELS if rulebook.on_paper != "none" else CHANNELS[:1]
    found = dict.fromkeys(known, 0)
    for (_area, channel), number in cells.items():
        found[channel] = found.get(channel, 0) + number
    return found


def _written(together: Together) -> dict[str, Any]:
    return {"codes": list(together.codes), "voters": together.voters}


def _area(code: str, areas: Mapping[str, VoteArea]) -> str:
    if not code:
        return _("Without a known area")
    return areas[code].name if code in areas else code


def _channels(told: Mapping[str, Any]) -> str:
    return " + ".join(str(CHANNEL_NAMES.get(code, code)) for code in told["codes"])


def _share(voters: int, people: Sequence[int | None]) -> str:
    """Of how many inhabitants, where all their numbers are known."""
    if not people or not all(people):
        return ""
    inhabitants = sum(number or 0 for number in people)
    return _("%(percent)s %% of %(number)s inhabitants") % {
        "percent": _percent(voters, inhabitants),
        "number": _number(inhabitants),
    }


def _percent(part: int, whole: int) -> str:
    """To one decimal, rounded half up."""
    tenths = (part * 2000 + whole) // (2 * whole)
    return number_format(Decimal(tenths) / 10, 1, use_l10n=True)


def _number(number: int) -> str:
    return number_format(number, force_grouping=True)
