"""Points per project, summed from the ballots."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from itertools import chain
from typing import NamedTuple

from .amounts import Amount, exact
from .model import Ballot, Election, VoteType


class Tally(NamedTuple):
    """Points of each project, and how many voters gave it more than 0."""

    scores: dict[str, Amount]
    voters: dict[str, int]


def tally(election: Election) -> dict[str, Amount]:
    """
    Sum the points of each project, in the order of the projects; a project nobody named has 0.

    Approval and single choice give one point to each project named; cumulative and scoring ballots
    the points written on them; an ordinal ballot of L projects gives L to the first, L − 1 to the
    second, down to 1 (Borda points, counted from the length of the ballot itself and not from the
    number of projects, as the published scores of Kraków are). Exact; the order of ballots never
    matters.
    """
    ids = [project.id for project in election.projects]
    return tally_ballots(election.ballots, election.vote_type, ids).scores


def tally_ballots(
    ballots: Collection[Ballot],
    vote_type: VoteType,
    ids: Iterable[str],
    parts: Mapping[str, str] | None = None,
) -> Tally:
    """
    Sum points and voters of ``ballots``. ``parts`` gives each project the part of a ranking it is
    in, where it is not one ranking as a whole.
    """
    scores: dict[str, Amount] = dict.fromkeys(ids, 0)
    if vote_type.has_points:
        voters = _add_points(ballots, scores)
        return Tally({project: exact(score) for project, score in scores.items()}, voters)
    named = Counter(chain.from_iterable([b.projects for b in ballots if b.times == 1]))
    for projects, _, times in ballots:
        if times > 1:
            for project in projects:
                named[project] += times
    if odd := named.keys() - scores.keys():
        raise KeyError(f"a ballot names the project {min(odd)!r}, which is not there")
    voters = {project: named[project] for project in scores}
    if vote_type is not VoteType.ORDINAL:
        return Tally(dict(voters), voters)
    _add_places(ballots, scores, parts)
    return Tally(scores, voters)


def _add_points(ballots: Iterable[Ballot], scores: dict[str, Amount]) -> dict[str, int]:
    voters = dict.fromkeys(scores, 0)
    for projects, points, times in ballots:
        for project, given in zip(projects, points or (), strict=True):
            scores[project] += given * times
            if given > 0:
                voters[project] += times
    return voters


def _add_places(
    ballots: Iterable[Ballot], scores: dict[str, Amount], parts: Mapping[str, str] | None
) -> None:
    for projects, _, times in ballots:
        for ranking in [projects] if parts is None else _by_part(projects, parts):
            worth = len(ranking) * times
            for project in ranking:
                scores[project] += worth
                worth -= times


def _by_part(projects: Iterable[str], parts: Mapping[str, str]) -> Iterable[list[str]]:
    rankings: dict[str, list[str]] = {}
    for project in projects:
        rankings.setdefault(parts[project], []).append(project)
    return rankings.values()
