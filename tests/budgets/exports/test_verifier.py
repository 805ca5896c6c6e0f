"""The single file people check a vote with agrees with the counting and names what is wrong."""

import json
import random
import subprocess
import sys

import pytest

from civic_sourcing.budgets.actions import ChangeVoteRules
from civic_sourcing.budgets.counting.writing import ballot_id
from tests.budgets.booth.conftest import AREAS, CATEGORIES
from tests.shared import ROOT

pytestmark = pytest.mark.django_db


def test_a_vote_as_it_was_counted_is_found_to_be_well(counted, fetched, verifier):
    files = fetched(counted())

    wrong, chosen, result = verifier.verify(files)

    assert wrong == []
    assert chosen == result["count"]["selected"]
    assert len(result["ballots"]) == 11


@pytest.mark.parametrize(
    ("winners", "funded", "reason"),
    [
        ({}, ["N/1", "1", "2", "N/2"], "no money was left; it costs €200"),
        (
            {"winners_least": 2},
            ["1", "10", "N/1", "N/2"],
            "one of the best of “Green spaces”, of which at least 2 had to be funded",
        ),
        (
            {"winners_most": 1},
            ["1", "2", "N/1"],
            "Of “Green spaces” at most 1 are funded",
        ),
    ],
    ids=["no limits", "a least number", "a greatest number"],
)
def test_winners_of_a_category_decide_and_are_told_and_checked(
    counted, fetched, verifier, client, winners, funded, reason
):
    green, *others = CATEGORIES
    page = counted(
        areas=[{**AREAS[0], "budget": 700_00}, AREAS[1]],
        before=lambda process: ChangeVoteRules(
            process, by=None, categories=[{**green, **winners}, *others]
        ).execute(),
    )
    files = fetched(page)

    wrong, chosen, result = verifier.verify(files)

    assert wrong == []
    assert sorted(chosen) == sorted(result["count"]["selected"]) == sorted(funded)
    told = client.get(f"{page.url}results/").content.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert reason in told


def test_an_imported_vote_is_checked_by_its_ballots_and_its_result(
    import_election, client, verifier
):
    url = import_election().get_url()
    ways = {"ballots": "results/ballots/", "result": "results/json/"}
    files = {name: client.get(url + way).getvalue().decode() for name, way in ways.items()}

    assert verifier.verify(files)[0] == []


def changed(ballots, draw):
    """Another choice on one ballot, with the id it had or with one that fits."""
    rows = votes_of(ballots)
    number, vote = draw.choice(rows).split(";")
    other = draw.choice([each for each in ("2,N/2", "10,N/2", "1,2,N/1") if each != vote])
    forged = draw.choice([number, ballot_id(salt_of(ballots), (other,), draw.randint(5, 99))])
    return ballots.replace(f"\n{number};{vote}\n", f"\n{forged};{other}\n"), number


def missing(ballots, draw):
    row = draw.choice(votes_of(ballots))
    return ballots.replace(f"\n{row}\n", "\n"), row.split(";")[0]


def added(ballots, draw):
    """One more of a choice, forged so well that it fits its own id."""
    vote = draw.choice(["1", "2,10", "N/2"])
    number = ballot_id(salt_of(ballots), (vote,), draw.randint(5, 99))
    return f"{ballots}{number};{vote}\n", number


def salt_of(ballots):
    return next(line[5:] for line in ballots.splitlines() if line.startswith("vote;"))


def votes_of(ballots):
    return ballots.partition("VOTES\nvoter_id;vote\n")[2].splitlines()


def announced(ballots):
    """Put the number of ballots right, as somebody who tampers would."""
    rows = len(votes_of(ballots))
    return "\n".join(
        f"num_votes;{rows}" if line.startswith("num_votes;") else line
        for line in ballots.split("\n")
    )


def test_one_ballot_changed_missing_or_added_is_named_every_time(
    counted, fetched, verifier, proving
):
    files = fetched(counted())
    draw = random.Random(7)

    unnamed = []
    for turn in range(1000 if proving else 90):
        tamper = (changed, missing, added)[turn % 3]
        ballots, number = tamper(files["ballots"], draw)
        wrong = verifier.verify({**files, "ballots": announced(ballots)})[0]
        if not any(number in line and line.startswith("ballot ") for line in wrong):
            unnamed.append((tamper.__name__, number, wrong))

    assert unnamed == []


def of_bulletin(change):
    def tamper(files):
        bulletin = json.loads(files["bulletin"])
        change(bulletin["entries"])
        return {**files, "bulletin": json.dumps(bulletin)}

    return tamper


def of_result(change):
    def tamper(files):
        result = json.loads(files["result"])
        change(result)
        return {**files, "result": json.dumps(result)}

    return tamper


@pytest.mark.parametrize(
    ("tamper", "said"),
    [
        (of_bulletin(lambda entries: entries.pop(4)), "bulletin: line 5 is missing"),
        (of_bulletin(lambda entries: entries.pop()), "is not the one the count was made after"),
        (of_bulletin(lambda entries: entries[3].update(kind="changed")), "line 4"),
        (of_bulletin(lambda entries: entries.append(dict(entries[2]))), "line 3"),
        (of_result(lambda told: told["ballots"].pop()), "was added: it was not counted"),
        (of_result(lambda told: told["count"]["selected"].pop()), "the result was changed"),
        (of_result(lambda told: told["count"]["selected"].pop()), "and not by the result"),
        (lambda files: {**files, "rulebook": files["rulebook"] + " "}, "rulebook is not the one"),
    ],
    ids=[
        "line taken out of the bulletin", "last line taken away", "kind changed", "line twice",
        "id taken off the list", "result rewritten", "winner taken away", "other rules",
    ],
)  # fmt: skip
def test_what_was_tampered_with_is_named(counted, fetched, verifier, tamper, said):
    files = fetched(counted())

    wrong = verifier.verify(tamper(files))[0]

    assert [line for line in wrong if said in line], wrong


def test_it_runs_by_itself_without_anything_installed(counted, fetched, tmp_path):
    for name, text in fetched(counted()).items():
        (tmp_path / name).write_text(text, encoding="utf-8", newline="")
    others = [f"--{name}={tmp_path / name}" for name in ("result", "rulebook", "bulletin")]
    command = [sys.executable, "-I", "-S", ROOT / "docs/verify_vote.py", tmp_path / "ballots"]

    run = subprocess.run([*command, *others], capture_output=True, text=True, check=False)

    assert run.stdout.endswith("all is well\n"), run.stdout + run.stderr
    assert run.returncode == 0
