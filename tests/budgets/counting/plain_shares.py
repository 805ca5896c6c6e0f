"""Equal Shares as one would write it down: every voter, every share, nothing but rationals."""

from fractions import Fraction

from civic_sourcing.budgets.counting import Election


def plain_add1(election: Election, *, by_cost: bool) -> list[tuple[str, Fraction]]:
    """Projects bought with *add1*, in order, with what each payer gives; ties by position."""
    voters = [set(ballot.projects) for ballot in election.iter_ballots()]
    costs = {project.id: project.cost for project in election.projects}
    liked = [name for name in costs if any(name in voter for voter in voters)]
    share, before = Fraction(election.budget, len(voters)), []
    while True:
        bought = _buy(voters, {name: costs[name] for name in liked}, share, by_cost)
        left = election.budget - sum(costs[name] for name, _ in bought)
        if left < 0:
            return before
        done = {name for name, _ in bought}
        if not any(costs[name] <= left for name in liked if name not in done):
            return bought
        share, before = share + 1, bought


def _buy(voters, costs, share, by_cost):
    purses = [share] * len(voters)
    bought = []
    while True:
        prices = {
            name: _price(cost, [p for p, v in zip(purses, voters, strict=True) if name in v])
            for name, cost in costs.items()
            if name not in dict(bought)
        }
        found = {name: price for name, price in prices.items() if price is not None}
        if not found:
            return bought
        name = min(found, key=lambda name: found[name] / (costs[name] if by_cost else 1))
        bought.append((name, found[name]))
        for place, voter in enumerate(voters):
            if name in voter:
                purses[place] -= min(purses[place], found[name])


def _price(cost, purses):
    """What everybody gives who has enough, if the others give all they have."""
    purses = sorted(purses)
    left = Fraction(cost)
    for place, purse in enumerate(purses):
        price = left / (len(purses) - place)
        if price <= purse:
            return price
        left -= purse
    return None
