"""Results with and without the ballots that two people have set aside."""

import pytest

from civic_sourcing.budgets.results.set_aside import with_set_aside

TITLES = {"1": "Bandstand", "2": "Bench"}


def document(number, *, others=("2",), scores=None):
    return {
        "selected": ["1"],
        "scores": {"1": 40, "2": 39},
        "basis": {"set_aside": [f"tracker {place}" for place in range(number)]},
        "with_set_aside": {"selected": list(others), "scores": scores or {"1": 40, "2": 41}},
    }


def test_nothing_is_said_where_no_ballot_is_set_aside():
    assert with_set_aside({**document(0), "with_set_aside": None}, TITLES) is None
    assert with_set_aside({"selected": []}, TITLES) is None


def test_another_outcome_is_told_by_the_names_of_projects():
    told = with_set_aside(document(2), TITLES)

    assert (told.number, told.gained, told.lost, told.is_same) == (
        2,
        ["Bench"],
        ["Bandstand"],
        False,
    )


def test_the_same_outcome_is_told_as_such():
    assert with_set_aside(document(2, others=("1",)), TITLES).is_same


@pytest.mark.parametrize(
    ("number", "rows"),
    [
        pytest.param(9, [], id="few, whose content the difference would tell"),
        pytest.param(10, [("Bandstand", "40", "40"), ("Bench", "39", "41")], id="many"),
    ],
)
def test_scores_with_them_are_told_only_where_they_are_many(number, rows):
    assert with_set_aside(document(number), TITLES).rows == rows
