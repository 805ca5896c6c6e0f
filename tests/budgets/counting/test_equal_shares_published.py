"""Published elections by Equal Shares: the winners of the city, and those of pabutools."""

import json

import pytest

from civic_sourcing.budgets.counting import VoteType, count, read_pabulib
from tests.shared import PABULIB

from .elections import NO_OFFICIAL
from .second_opinion import pabutools_equal_shares

APPROVING = (VoteType.APPROVAL, VoteType.CHOOSE_1)
MOST = 100_000
"""Bytes of the largest file with points or rankings that pabutools counts by add1 here."""
SHORT = ("Poland_Wieliczka_2023_Green_Budget.pb", "Poland_Krakow_2019_Bienczyce.pb")

pytestmark = pytest.mark.skipif(not PABULIB.is_dir(), reason=NO_OFFICIAL)


def winners(election, utility, completion):
    result = count(election, "equal-shares", 0, utility=utility, completion=completion)
    return sorted(result.selected)


@pytest.mark.parametrize(
    ("name", "by_a_step_of_the_city"),
    [
        ("Poland_Swiecie_2023.pb", set()),
        ("Poland_Wieliczka_2023_Green_Budget.pb", {"46", "66", "67"}),
    ],
    ids=["swiecie", "wieliczka"],
)
def test_add1_gives_the_winners_of_the_city(name, by_a_step_of_the_city):
    official = json.loads((PABULIB / "expected_equal_shares.json").read_text("utf-8"))[name]

    found = winners(read_pabulib(PABULIB / name), "cost", "add1")

    assert set(found) ^ set(official["winners"]) == by_a_step_of_the_city


@pytest.mark.prove
@pytest.mark.parametrize("utility", ["cardinality", "cost"])
def test_winners_are_those_of_pabutools_on_published_elections(utility, proving):
    names = [path.name for path in sorted(PABULIB.glob("*.pb"))] if proving else SHORT
    for name in names:
        path = PABULIB / name
        election = read_pabulib(path)
        again = election.vote_type in APPROVING or path.stat().st_size <= MOST
        for completion in ["none", "add1"] if proving and again else ["none"]:
            by_cost, add1 = utility == "cost", completion == "add1"

            found = winners(election, utility, completion)

            second = pabutools_equal_shares(election, by_cost=by_cost, add1=add1)
            assert found == second, (name, completion)
