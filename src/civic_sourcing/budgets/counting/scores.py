"""Points per project, summed from the ballots."""

from .amounts import Amount, exact
from .model import Election, VoteType


def tally(election: Election) -> dict[str, Amount]:
    """
    Sum the points of each project, in the order of the projects; a project nobody named has 0.

    Approval and single choice give one point to each project named; cumulative and scoring ballots
    the points written on them; an ordinal ballot of L projects gives L to the first, L − 1 to the
    second, down to 1 (Borda points, counted from the length of the ballot itself and not from the
    number of projects, as the published scores of Kraków are). Exact; the order of ballots never
    matters.
    """
    scores: dict[str, Amount] = {project.id: 0 for project in election.projects}
    if election.vote_type.has_points:
        for projects, points, times in election.ballots:
            for project, given in zip(projects, points or (), strict=True):
                scores[project] += given * times
        return {project: exact(score) for project, score in scores.items()}
    if election.vote_type is VoteType.ORDINAL:
        for projects, _, times in election.ballots:
            worth = len(projects) * times
            for project in projects:
                scores[project] += worth
                worth -= times
        return scores
    for projects, _, times in election.ballots:
        for project in projects:
            scores[project] += times
    return scores
