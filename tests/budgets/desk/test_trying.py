"""Editors see what other rules would have come to, on past elections and never on an open vote."""

import pytest
from bs4 import BeautifulSoup

from civic_sourcing.budgets.counting.compare import compare_rules
from civic_sourcing.budgets.desk.trying import trials
from civic_sourcing.budgets.published import PublishedElection
from tests.budgets.conftest import DATA, ELECTION

SHARES = "equal-shares cost add1u"


def table(response, name):
    """The cells of a table on the screen, row by row, by the panel it is in."""
    panel = BeautifulSoup(response.content, "html.parser").find(id=f"{name}-section")
    rows = panel.find("tbody").find_all("tr")
    return [[cell.get_text(" ", strip=True) for cell in row.find_all(["th", "td"])] for row in rows]


def test_rules_stand_side_by_side_on_a_past_vote(desk, process, import_election):
    past = import_election()

    response = desk("try", {"vote": str(past.process.uuid), "rules": ["greedy", SHARES]})

    assert response.status_code == 200, response.content.decode()
    rules, winners = table(response, "rules"), table(response, "winners")
    assert [row[1] for row in rules] == ["2", "2"]
    assert rules[0][0] == "By score, skipping what does not fit"
    assert all(len(row) == 4 for row in winners)


@pytest.mark.parametrize("name", ["neulbom-approval.pb", "budget_skipping.pb"])
def test_a_file_and_the_same_election_imported_come_to_the_same(name, import_election):
    vote = import_election(DATA / name)

    of_vote = trials.tried(trials.scene_of_vote(vote, vote.latest_count), list(trials.RULES))
    of_file = trials.tried(
        trials.scene_of_file((DATA / name).read_bytes(), name), list(trials.RULES)
    )
    expected = compare_rules(PublishedElection.read(DATA / name).election)

    for one, other, known in zip(of_vote.tried, of_file.tried, expected, strict=True):
        assert one.comparison.count.selected == known.count.selected
        assert other.comparison.count.selected == known.count.selected
        assert one.comparison.served == known.served


def test_a_file_is_tried_and_nothing_of_it_kept(desk, process):
    with ELECTION.open("rb") as file:
        response = desk("try", {"file": file, "rules": ["greedy", "greedy-no-skip"]})

    assert [row[1] for row in table(response, "rules")] == ["2", "1"]
    assert table(response, "districts")
    assert not process.ballots.exists()


def test_an_open_vote_is_out_of_reach(desk, set_up, import_election):
    import_election()
    desk("open", {})
    offered = BeautifulSoup(desk("try").content, "html.parser").find("select", {"name": "vote"})

    response = desk("try", {"vote": str(set_up.uuid), "rules": ["greedy"]})

    assert str(set_up.uuid) not in str(offered)
    assert len(offered.find_all("option")) == 2
    assert response.status_code == 422
    assert "rules-section" not in response.content.decode()


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"rules": ["greedy"]}, "Choose either a vote that was counted here or a file."),
        ({"rules": ["monarchy"]}, "monarchy"),
        ({"vote": "x", "rules": ["greedy"]}, "x is not one of the available choices"),
    ],
    ids=["no ballots", "unknown rule", "unknown vote"],
)
def test_what_cannot_be_tried_is_told(desk, process, sent, said):
    response = desk("try", sent)

    assert response.status_code == 422
    assert said in response.content.decode()


def test_a_broken_file_is_told_with_its_line(desk, process, tmp_path):
    (tmp_path / "broken.pb").write_text("META\nkey;value\nbudget;a lot\n")

    with (tmp_path / "broken.pb").open("rb") as file:
        response = desk("try", {"file": file, "rules": ["greedy"]})

    assert response.status_code == 422
    assert "budget" in response.content.decode()


def test_what_would_take_too_long_is_refused(monkeypatch, import_election):
    vote = import_election()
    monkeypatch.setattr(trials, "MOST_MARKS_RAISED", 1)
    scene = trials.scene_of_vote(vote, vote.latest_count)

    with pytest.raises(trials.ActionRefused, match="too many"):
        trials.tried(scene, [SHARES])
    assert trials.tried(scene, ["greedy"]).tried
