"""What follows from a ranking, and what is something else."""

import pytest

from civic_sourcing.challenges.models import Prize
from civic_sourcing.challenges.results.proposals import Named, as_ranked, deviates

FIRST = Prize(pk=1, place=1, amount=100, winners=1)
OTHERS = Prize(pk=2, amount=90, winners=3)


def document(**places):
    return {"lines": [{"entry": entry, "place": place} for entry, place in places.items()]}


def named(*entries: str) -> list[Named]:
    """``a1`` wins the first place with its prize, ``b`` advances; ``c3:45`` gets another sum."""
    return [one_named(*each.partition(":")) for each in entries]


def one_named(entry: str, _colon: str, amount: str) -> Named:
    if len(entry) == 1:
        return Named(entry, advances=True)
    prize = FIRST if entry[1:] == "1" else OTHERS
    return Named(entry[0], int(entry[1:]), prize, int(amount or prize.each))


def test_prizes_of_a_place_come_first_and_the_rest_is_split():
    proposal = as_ranked(document(a=1, b=2, c=3, d=None), [OTHERS, FIRST], advancing=None)

    assert [(one.entry, one.place, one.prize, one.amount) for one in proposal[:3]] == [
        ("a", 1, FIRST, 100),
        ("b", 2, OTHERS, 45),
        ("c", 3, OTHERS, 45),
    ]


def test_what_does_not_divide_stays_with_the_city():
    thirds = Prize(pk=3, amount=100, winners=3)

    proposal = as_ranked(document(a=1, b=2, c=3), [thirds], advancing=None)

    assert [one.amount for one in proposal] == [33, 33, 33]


@pytest.mark.parametrize(("advancing", "on"), [(None, ""), (0, "abc"), (2, "ab")])
def test_the_best_advance(advancing, on):
    proposal = as_ranked(document(a=1, b=2, c=3), [], advancing=advancing)

    assert "".join(one.entry for one in proposal if one.advances) == on


@pytest.mark.parametrize(
    ("proposal", "otherwise"),
    [
        (["a1", "b2", "c3", "d4"], False),
        (["b1", "a2", "c3", "d4"], True),
        (["a1", "b2", "d3", "c3"], True),
        (["a1", "b2", "c3", "x4"], True),
        (["a1", "b2", "c3"], True),
        (["a1", "b2", "c3", "d4", "a"], False),
        (["a1", "b2", "c3", "d4", "b"], True),
        ([], True),
        (["a1:90", "b2", "c3", "d4"], True),
        (["a1", "b2:40", "c3:20", "d4"], True),
    ],
    ids=[
        "as ranked",
        "the first two changed",
        "a better place",
        "knocked out",
        "a prize stays over",
        "the first advances",
        "the second alone advances",
        "nobody",
        "the first gets less",
        "not shared evenly",
    ],
)
def test_what_is_not_as_ranked_is_seen(proposal, otherwise):
    ranking = document(a=1, b=2, c=3, d=4, e=5, x=None)

    assert deviates(ranking, named(*proposal), [FIRST, OTHERS]) is otherwise


def test_a_worse_place_with_the_better_prize_is_seen():
    swapped = [Named("a", 1, OTHERS, 90), Named("b", 2, FIRST, 100)]

    assert deviates(document(a=1, b=2), swapped, [FIRST, OTHERS])


@pytest.mark.parametrize("first", ["a", "b"])
def test_which_of_equal_entries_takes_which_prize_is_for_people_to_say(first):
    second = "b" if first == "a" else "a"
    chosen = [Named(first, 1, FIRST, 100), Named(second, 1, OTHERS, 90)]

    assert not deviates(document(a=1, b=1), chosen, [FIRST, OTHERS])


def test_fewer_entries_than_prizes_are_no_deviation():
    assert not deviates(document(a=1), named("a1"), [FIRST, OTHERS])
