"""What other rules would have made of the same ballots: written down with a count, then told."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.utils.text import format_lazy

from civic_sourcing.budgets.conf import conf
from civic_sourcing.budgets.counting import CountRules, Electorate, Project, count_votes
from civic_sourcing.budgets.reasons import format_score
from civic_sourcing.budgets.rules import Rule, Utility

if TYPE_CHECKING:
    from django.utils.functional import Promise

OTHERS = (
    ("greedy", "", ""),
    ("greedy-no-skip", "", ""),
    ("equal-shares", "cost", "add1u"),
    ("equal-shares", "cardinality", "add1u"),
)
"""Rules that are told of: name, utility, completion. That of the vote itself is left out."""


def others_document(
    projects: Sequence[Project], electorate: Electorate, rules: CountRules
) -> list[dict[str, Any]]:
    """
    Return what other rules would have funded, if the town wants it told; else nothing.

    All else stays as in ``rules``: money, areas, ties, threshold, quorum.
    """
    if not conf.VOTE_OTHER_RULES:
        return []
    found = []
    for name, utility, completion in OTHERS:
        other = replace(rules, rule=name, utility=utility, completion=completion)
        if (name, utility) != (rules.rule, rules.utility):
            counted = count_votes(projects, electorate, other)
            spent = {"selected": list(counted.selected), "spent": counted.spent}
            found.append({"rule": name, "utility": utility, "completion": completion, **spent})
    return found


@dataclass(frozen=True)
class OtherRule:
    """What another rule would have funded, beside what was funded."""

    label: str | Promise
    funded: str
    spent: int
    gained: list[str]
    lost: list[str]

    @property
    def is_same(self) -> bool:
        return not self.gained and not self.lost


def other_rules(document: Mapping[str, Any], titles: Mapping[str, str]) -> list[OtherRule]:
    """The other rules of a count's ``document``; nothing where the town does not want them told."""
    if not conf.VOTE_OTHER_RULES:
        return []
    return list(_others(document.get("others") or (), document["selected"], titles))


def _others(
    others: Collection[Mapping[str, Any]], funded: Sequence[str], titles: Mapping[str, str]
) -> Iterator[OtherRule]:
    for other in others:
        yield OtherRule(
            label=_label(other),
            funded=format_score(len(other["selected"])),
            spent=other["spent"],
            gained=called([one for one in other["selected"] if one not in funded], titles),
            lost=called([one for one in funded if one not in other["selected"]], titles),
        )


def called(numbers: Sequence[str], titles: Mapping[str, str]) -> list[str]:
    """What projects are called, by their numbers."""
    return [titles.get(number, number) for number in numbers]


def _label(other: Mapping[str, Any]) -> str | Promise:
    rule = Rule(other["rule"]).label
    if not other["utility"]:
        return rule
    return format_lazy("{} ({})", rule, Utility(other["utility"]).label)
