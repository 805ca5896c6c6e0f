"""
The town's participatory budget as a published file: made up, but counted like a real one.

``python example_site/town/demo/election.py`` writes ``neulbom-budget-2025.pb`` beside this module
from ``neulbom-proposals.json``. Ballots are drawn from a fixed seed, so that the file is the same
every time. ``appeal`` is how much voters of any district like a proposal.
"""

import json
from pathlib import Path
from random import Random
from typing import Any

FILE = Path(__file__).with_name("neulbom-budget-2025.pb")
PROPOSALS = Path(__file__).with_name("neulbom-proposals.json")
SEED = 20240902
BALLOTS = 912
BUDGET = 1_560_000_000  # won
THRESHOLD = 60
MOST_PICKS = 5
HOME_FACTOR = 3

Proposal = dict[str, Any]


def proposals() -> list[Proposal]:
    """Return the projects with their texts in both languages."""
    loaded: list[Proposal] = json.loads(PROPOSALS.read_text(encoding="utf-8"))
    return loaded


def election() -> str:
    """Return the whole file."""
    offered = proposals()
    cast = _ballots(Random(SEED), offered)  # noqa: S311
    meta = {
        "description": "Participatory budget of Neulbom",
        "country": "Korea",
        "unit": "Neulbom",
        "instance": "2025",
        "num_projects": len(offered),
        "num_votes": len(cast),
        "budget": BUDGET,
        "vote_type": "approval",
        "rule": "greedy-threshold",
        "date_begin": "02.09.2024",
        "date_end": "15.09.2024",
        "min_length": 1,
        "max_length": MOST_PICKS,
        "min_project_score_threshold": THRESHOLD,
        "language": "en",
        "currency": "KRW",
        "comment": "A town, an election and voters that do not exist.",
    }
    lines = ["META", "key;value", *(f"{key};{value}" for key, value in meta.items())]
    lines += ["PROJECTS", "project_id;cost;votes;name;category;target;district"]
    lines += [_project_line(proposal, cast) for proposal in offered]
    lines += ["VOTES", "voter_id;vote"]
    lines += [f"{number};{','.join(ballot)}" for number, ballot in enumerate(cast, start=1)]
    return "\n".join(lines) + "\n"


def _ballots(random: Random, offered: list[Proposal]) -> list[list[str]]:
    """Draw ballots of one to five projects; what is near home is three times as likely."""
    districts = list(dict.fromkeys(proposal["en"]["place"] for proposal in offered))
    drawn = []
    for _voter in range(BALLOTS):
        home = districts[int(random.random() * len(districts))]
        wanted = {
            proposal["number"]: proposal["appeal"]
            * (HOME_FACTOR if proposal["en"]["place"] == home else 1)
            for proposal in offered
        }
        drawn.append(_picked(random, wanted, picks=1 + int(random.random() * MOST_PICKS)))
    return drawn


def _picked(random: Random, wanted: dict[str, float], *, picks: int) -> list[str]:
    chosen = []
    for _pick in range(picks):
        at = random.random() * sum(wanted.values())
        for number in list(wanted):
            at -= wanted[number]
            if at < 0:
                break
        chosen.append(number)
        del wanted[number]
    return sorted(chosen)


def _project_line(proposal: Proposal, cast: list[list[str]]) -> str:
    votes = sum(proposal["number"] in ballot for ballot in cast)
    texts = proposal["en"]
    facts = (proposal["number"], proposal["cost"], votes)
    words = (texts["title"], texts["category"], texts["target"], texts["place"])
    return ";".join(map(str, (*facts, *words)))


if __name__ == "__main__":
    FILE.write_text(election(), encoding="utf-8")
