"""What an election should not be, and sometimes is: no rule falls over it."""

from dataclasses import replace

import pytest

from civic_sourcing.budgets.counting import Count, CountRules, count_votes, why
from civic_sourcing.budgets.counting.compare import compare, every_rule

from .votes import money, projects, voting

RULES = every_rule(CountRules(areas=money(_=100)))
every_rule_there_is = pytest.mark.parametrize(
    "rules", RULES, ids=lambda r: "-".join(filter(None, (r.rule, r.utility, r.completion)))
)

ODD = {
    "no ballots at all": (["a 10", "b 10"], [], 100, []),
    "only empty ballots": (["a 10"], ["9*"], 100, []),
    "one project": (["a 100"], ["a"], 100, ["a"]),
    "no money": (["a 10"], ["a"], 0, []),
    "a project for nothing": (["a 0"], ["a"], 100, ["a"]),
    "a project for nothing, and no money": (["a 0"], ["a"], 0, ["a"]),
    "a project for nothing that nobody wants": (["a 0", "b 100"], ["b"], 100, ["b"]),
    "dearer than all the money": (["a 1000"], ["9*a"], 100, []),
    "all withdrawn": (["a 10!", "b 10!"], ["a", "b"], 100, []),
    "withdrawn with votes": (["a 100!", "b 100"], ["9*a b"], 100, ["b"]),
    "all tied": (["a 50", "b 50", "c 50"], ["a b c"], 100, ["a", "b"]),
}


@every_rule_there_is
@pytest.mark.parametrize("case", ODD)
def test_odd_election_has_the_winners_one_expects_under_every_rule(rules, case):
    rows, votes, budget, expected = ODD[case]

    result = count_votes(projects(*rows), voting(*votes), replace(rules, areas=money(_=budget)))

    assert sorted(result.selected) == expected
    assert result.left == budget - result.spent >= 0
    assert sorted(step.project for step in result.steps) == sorted(row.split()[0] for row in rows)
    assert all(why(result, row.split()[0]) for row in rows)
    assert Count.from_document(result.to_document()) == result


def test_rules_can_be_compared_even_where_nobody_voted():
    compared = compare(projects("a 10"), voting(), RULES)

    assert {(each.served, each.served_share, each.satisfaction) for each in compared} == {(0, 0, 0)}
    assert len({each.name for each in compared}) == len(RULES) == 13
