"""Elections for the counting tests: the small files of our own, and a writer for made-up ones."""

import io
import json
from pathlib import Path

from civic_sourcing.budgets.counting import Ballot, Election, Project, VoteType, plain
from tests.shared import PABULIB, ROOT

SMALL = ROOT / "tests" / "data"

_EXPECTED = PABULIB / "expected.json"
OFFICIAL = json.loads(_EXPECTED.read_text("utf-8")) if _EXPECTED.exists() else {}
NO_OFFICIAL = f"no published elections in {PABULIB}"


def small(name: str) -> Path:
    return SMALL / f"neulbom-{name}.pb"


def as_pb(election: Election) -> bytes:
    """Write an election as a file, one row for each ballot."""
    points = election.vote_type.has_points
    lines = [
        "META",
        "key;value",
        f"num_projects;{len(election.projects)}",
        f"num_votes;{election.ballot_count}",
        f"budget;{plain(election.budget)}",
        f"vote_type;{election.vote_type}",
        f"rule;{election.rule}",
        "PROJECTS",
        "project_id;cost;name",
        *(f"{_quoted(p.id)};{plain(p.cost)};{_quoted(p.name)}" for p in election.projects),
        "VOTES",
        "voter_id;vote;points" if points else "voter_id;vote",
    ]
    for number, ballot in enumerate(election.iter_ballots()):
        row = [str(number), _quoted(",".join(ballot.projects))]
        row += [",".join(map(plain, ballot.points or ()))] if points else []
        lines.append(";".join(row))
    return "\n".join(lines).encode() + b"\n"


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if {'"', ";"} & set(text) else text


def approvals(costs: dict[str, int], votes: list[str], budget: int, **more: object) -> Election:
    """An approval election; ``votes`` are ids parted by spaces."""
    projects = tuple(
        Project(name, cost, position=place) for place, (name, cost) in enumerate(costs.items())
    )
    ballots = tuple(Ballot(tuple(vote.split())) for vote in votes)
    return Election(projects, ballots, budget, VoteType.APPROVAL, **more)  # type: ignore[arg-type]


def stream(text: str | bytes) -> io.BytesIO:
    return io.BytesIO(text.encode() if isinstance(text, str) else text)
