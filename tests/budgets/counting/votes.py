"""Votes for the tests of areas, groups and conditions, written as short as they can be."""

from dataclasses import replace

from civic_sourcing.budgets.counting import (
    AreaMoney,
    Ballot,
    Count,
    CountRules,
    Electorate,
    Papers,
    Project,
    count_votes,
)


def projects(*rows: str) -> list[Project]:
    """``id cost [area] [category]``, parted by spaces; ``-`` for none, ``!`` behind: withdrawn."""
    made = []
    for place, row in enumerate(rows):
        name, cost, area, category = [*row.rstrip("!").split(), "", ""][:4]
        made.append(
            Project(
                name,
                int(cost),
                position=place,
                withdrawn=row.endswith("!"),
                area=area.replace("-", ""),
                category=category,
            )
        )
    return made


def ballots(*votes: str) -> tuple[Ballot, ...]:
    """``3*a b``: three ballots for a and b."""
    made = []
    for vote in votes:
        times, _, picks = vote.rpartition("*")
        made.append(Ballot(tuple(picks.split()), times=int(times or 1)))
    return tuple(made)


def voting(*votes: str, eligible: int | None = None) -> Electorate:
    """Voters of no particular area or group."""
    return Electorate((Papers(ballots(*votes)),), eligible)


def money(**budgets: int) -> tuple[AreaMoney, ...]:
    return tuple(AreaMoney(code.replace("_", ""), budget) for code, budget in budgets.items())


def counted(
    rows: list[Project],
    voters: Electorate | list[str],
    rules: CountRules | int,
    **changes: object,
) -> Count:
    """Count by ``rules``, or by greedy with so much money, after ``changes``."""
    electorate = voting(*voters) if isinstance(voters, list) else voters
    if isinstance(rules, int):
        rules = CountRules(areas=money(_=rules))
    return count_votes(rows, electorate, replace(rules, **changes))  # type: ignore[arg-type]


def outcomes(count: Count) -> dict[str, str]:
    return {step.project: str(step.outcome) for step in count.steps}
