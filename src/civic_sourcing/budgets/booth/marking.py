"""The field with which a voter marks a project: one for each kind of ballot."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from civic_sourcing.budgets.ballots import (
    BallotType,
    Limits,
    Rulebook,
    Scope,
    ScoreLimits,
    YesNoLimits,
)
from civic_sourcing.budgets.ballots.typed import FIELDS, TICK
from civic_sourcing.budgets.booth.cards import ANCHOR, NUMBER, TEMPLATES, TITLE, Card

if TYPE_CHECKING:
    from civic_sourcing.budgets.booth.draft import Typed

LONGEST_LIST = 12
"""Places or scores up to which they are offered in a list; more are typed."""

FIELD_TEMPLATES = {
    BallotType.APPROVAL: "tick",
    BallotType.KNAPSACK: "tick",
    BallotType.SINGLE_CHOICE: "choose",
    BallotType.CUMULATIVE: "number",
    BallotType.SCORING: "list",
    BallotType.RANKING: "list",
    BallotType.YES_NO: "answer",
}

HOW = {
    BallotType.APPROVAL: _("Tick the projects you want."),
    BallotType.KNAPSACK: _("Tick the projects that the money should go to."),
    BallotType.SINGLE_CHOICE: _("Choose one project."),
    BallotType.CUMULATIVE: _("Share out your points among the projects you want."),
    BallotType.SCORING: _("Rate the projects. The higher the number, the more you want it."),
    BallotType.RANKING: _("Give place 1 to the project you want most, place 2 to the next."),
    BallotType.YES_NO: _("Say yes or no to the projects, or abstain."),
}
"""What is to be done on each kind of ballot."""

LABELS = {
    BallotType.CUMULATIVE: _("Points"),
    BallotType.SCORING: _("Score"),
    BallotType.RANKING: pgettext_lazy("rank", "Place"),
}
"""What the fields of ballots with numbers are called."""

ANSWERS = (
    ("yes", pgettext_lazy("answer", "Yes")),
    ("no", pgettext_lazy("answer", "No")),
    ("abstain", pgettext_lazy("answer", "I abstain")),
)
NO_ANSWER = ("", pgettext_lazy("answer", "No answer"))


class Marking:
    """
    Builds the fields of one page. A field is rendered once for each value it can have, with gaps
    for what differs from project to project, and filled for every card.
    """

    def __init__(self, rulebook: Rulebook, typed: Typed) -> None:
        self.rulebook = rulebook
        self.kind = rulebook.ballot_type
        self.values = _values(self.kind, typed)
        self._made: dict[tuple[str, str, bool], str] = {}

    @property
    def marked(self) -> frozenset[str]:
        """Numbers of projects with a mark of any kind, a 0 and a no included."""
        return frozenset(self.values)

    @property
    def is_one_question(self) -> bool:
        """Whether all projects are answers to one question, of which one can be chosen."""
        return self._template([]) == "choose"

    @property
    def offers_none(self) -> bool:
        """Whether there has to be a button that takes the one choice back."""
        return self.is_one_question and not self.rulebook.limits.least

    def field(self, card: Card, *, faulty: bool) -> str:
        """Return the field of one project, with gaps, as it was filled in."""
        area = card.area if self.rulebook.scope == Scope.AREA else ""
        key = (area, self.values.get(card.number, ""), faulty)
        if key not in self._made:
            self._made[key] = self._render(*key)
        return self._made[key]

    def _render(self, area: str, value: str, faulty: bool) -> str:
        limits = self._limits(area)
        offered = self._offered(limits, area)
        is_asked_all = isinstance(limits, YesNoLimits) and limits.every
        context = {
            "number": NUMBER,
            "title": TITLE,
            "anchor": ANCHOR,
            "name": FIELDS.get(self.kind, TICK),
            "value": value,
            "faulty": faulty,
            "offered": offered,
            "label": LABELS.get(self.kind, ""),
            "answers": ANSWERS if is_asked_all else (NO_ANSWER, *ANSWERS),
            "unknown": value and value not in offered,
        }
        return render_to_string(f"{TEMPLATES}/marks/{self._template(offered)}.html", context)

    def _template(self, offered: list[str]) -> str:
        template = FIELD_TEMPLATES[self.kind]
        if template == "choose" and self.rulebook.scope == Scope.AREA:
            return "tick"  # Of radio buttons only one could be chosen in all areas together.
        return "number" if template == "list" and not offered else template

    def _limits(self, area: str) -> Limits:
        own = self.rulebook.by_area[area].limits if area else None
        return own or self.rulebook.limits

    def _offered(self, limits: Limits, area: str) -> list[str]:
        """What a list offers; empty where it would be too long."""
        if isinstance(limits, ScoreLimits):
            return list(map(str, range(limits.top + 1))) if limits.top <= LONGEST_LIST else []
        most = limits.most or sum(area in ("", project.area) for project in self.rulebook.projects)
        return list(map(str, range(1, most + 1))) if most <= LONGEST_LIST else []


def _values(kind: BallotType, typed: Typed) -> dict[str, str]:
    """The first value typed for each project; a tick is a value, too."""
    values: dict[str, str] = {}
    prefix = FIELDS.get(kind)
    for name, value in typed:
        if prefix is None and name == TICK:
            values.setdefault(value.strip(" "), "1")
        elif prefix is not None and name.startswith(prefix):
            values.setdefault(name.removeprefix(prefix), value)
    return values


def numbers_in(texts: Iterable[str], rulebook: Rulebook) -> list[str]:
    """Those of ``texts`` that are numbers on the paper, each once."""
    return list(dict.fromkeys(text for text in texts if text in rulebook.by_number))
