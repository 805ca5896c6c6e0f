"""The published elections: our count has the city's winners on every one of them."""

import pytest

from civic_sourcing.budgets.counting import PabulibError, announced_rule, count, read_pabulib, tally
from tests.shared import PABULIB

from .elections import NO_OFFICIAL, OFFICIAL

every_election = pytest.mark.parametrize(
    "name",
    OFFICIAL
    or [pytest.param("none", marks=pytest.mark.skip(reason=NO_OFFICIAL), id="no-published-files")],
)


@every_election
def test_named_rule_and_threshold_give_the_winners_of_the_city(name):
    official = OFFICIAL[name]
    election = read_pabulib(PABULIB / name)

    result = count(election, official["rule"], official["threshold"])

    assert sorted(result.selected) == sorted(official["winners"])


@every_election
def test_auto_finds_the_rule_and_the_winners_of_the_city(name):
    official = OFFICIAL[name]
    election = read_pabulib(PABULIB / name)

    result = count(election)

    assert (result.rule, result.threshold) == (official["rule"], official["threshold"])
    assert sorted(result.selected) == sorted(official["winners"])


@every_election
def test_scores_from_the_ballots_equal_the_published_ones(name):
    election = read_pabulib(PABULIB / name)
    column = OFFICIAL[name]["score_column"]

    scores = tally(election)

    assert {p.id: str(scores[p.id]) for p in election.projects} == {
        p.id: p.columns[column] for p in election.projects
    }


@every_election
def test_published_files_are_read_without_a_warning(name):
    assert read_pabulib(PABULIB / name).warnings == ()


@pytest.mark.skipif(not OFFICIAL, reason=NO_OFFICIAL)
def test_election_by_equal_shares_is_not_counted_as_something_else():
    election = read_pabulib(PABULIB / "Poland_Swiecie_2023.pb")

    with pytest.raises(PabulibError, match="equalshares/add1") as refusal:
        announced_rule(election)

    assert (refusal.value.line, refusal.value.field) == (11, "rule")
