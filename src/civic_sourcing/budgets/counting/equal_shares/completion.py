"""What becomes of the money that shares leave over: larger shares, or the greedy rule."""

from collections.abc import Callable
from enum import StrEnum
from fractions import Fraction

from civic_sourcing.budgets.counting.amounts import Amount

from .gate import Gate
from .ground import Ground
from .guided import Guided
from .head import Head
from .run import Run


class Completion(StrEnum):
    """How a result of Equal Shares is completed."""

    NONE = "none"
    ADD1 = "add1"
    ADD1U = "add1u"
    GREEDY = "greedy"
    ADD1_GREEDY = "add1-greedy"

    @property
    def enlarges_shares(self) -> bool:
        return self in (Completion.ADD1, Completion.ADD1U, Completion.ADD1_GREEDY)

    @property
    def goes_on(self) -> bool:
        """Whether projects are bought from what is left, without asking whose money it is."""
        return self in (Completion.ADD1U, Completion.GREEDY, Completion.ADD1_GREEDY)


_REACH = 32
"""How many shares a run looks ahead, unless stretches as long agree."""


def run_with_share(
    ground: Ground, budget: Amount, gate: Callable[[], Gate | None], *, enlarge: bool
) -> Run:
    """
    Run with the budget divided equally; if ``enlarge``, again and again with a step more for each.

    It ends with the share before the first whose projects cost more than the budget, or with one
    that leaves no project out that would still fit.
    """
    share = Fraction(budget) / ground.voters / ground.unit if ground.voters else Fraction(0)
    if not enlarge:
        return Run(ground, share, ceiling=budget, gate=gate()).finish()
    if gate() is None:
        return Run(ground, _largest_share(ground, share, budget), ceiling=budget).finish()
    run = Run(ground, share, ceiling=budget, gate=gate()).finish()
    while not _is_full(run, budget):
        larger = Run(ground, run.share + ground.step, ceiling=budget, gate=gate()).finish()
        if larger.is_over:
            break
        run = larger
    return run


def _largest_share(ground: Ground, share: Fraction, budget: Amount) -> Fraction:
    """
    The share ``run_with_share`` ends with.

    Shares that buy nothing but the head are passed over. Runs are made at both ends of a stretch of
    the others first, and between them only where they do not say by themselves what happens there.
    """
    head, reach = Head(ground), 1
    below = Guided(ground, share, ceiling=budget).finish()
    ahead: list[Guided] = []
    while not _is_full(below, budget):
        head.learn(below.ledger)
        unchanged = 0 if ahead else head.unchanged_for(below.ledger)
        if unchanged:
            number = below.number + unchanged + 1
            run = Guided(ground, share, number, ceiling=budget, head=head).finish()
            if run.is_over:
                return share + (number - 1) * ground.step
            below = run
            continue
        above = ahead[-1] if ahead else None
        number = (below.number + above.number) // 2 if above else below.number + reach
        if above and (number == below.number or below.agrees_until(above)):
            if above.is_over:
                break
            reach = min(2 * reach, max(_REACH, 2 * (above.number - below.number)))
            below = ahead.pop()
            continue
        run = Guided(ground, share, number, ceiling=budget, head=head, below=below, above=above)
        ahead.append(run.finish())
    return below.share


def _is_full(run: Run, budget: Amount) -> bool:
    left, costs = budget - run.spent, run.ground.costs
    open_still = [p for p in run.ground.candidates if p not in run.bought and costs[p] <= left]
    return all(map(run.is_kept_out, open_still))
