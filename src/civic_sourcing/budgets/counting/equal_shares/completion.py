"""What becomes of the money that shares leave over: larger shares, or the greedy rule."""

from collections.abc import Callable
from enum import StrEnum
from fractions import Fraction

from civic_sourcing.budgets.counting.amounts import Amount

from .gate import Gate
from .ground import Ground
from .head import Head
from .probe import Probe
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


def run_with_share(
    ground: Ground, budget: Amount, gate: Callable[[], Gate | None], *, enlarge: bool
) -> Run:
    """
    Run with the budget divided equally; if ``enlarge``, again and again with a step more for each.

    It ends with the share before the first whose projects cost more than the budget, or with one
    that leaves no project out that would still fit.
    """
    share = Fraction(budget) / ground.voters / ground.unit if ground.voters else Fraction(0)
    run = Run(ground, share, ceiling=budget, gate=gate()).finish()
    if not enlarge or _is_full(run, budget):
        return run
    if gate() is None:
        return Run(ground, _largest_share(run, budget), ceiling=budget).finish()
    while not _is_full(run, budget):
        larger = Run(ground, run.share + ground.step, ceiling=budget, gate=gate()).finish()
        if larger.is_over:
            break
        run = larger
    return run


def _largest_share(run: Run, budget: Amount) -> Fraction:
    """The share ``run_with_share`` ends with; shares between which nothing changes are left out."""
    ground, share = run.ground, run.share
    head = Head(ground)
    patience = wait = 0
    while not _is_full(run, budget):
        head.learn(run.ledger)
        step = ground.step
        if wait:
            wait -= 1
            run = Run(ground, share + step, ceiling=budget, head=head).finish()
        else:
            run = probe = Probe(ground, share + step, ceiling=budget, head=head)
            run.finish()
            step *= 1 if _is_full(run, budget) else 1 + probe.steps
            wait = patience = 0 if probe.steps else min(2 * patience + 1, 31)
        if run.is_over:
            break
        share += step
    return share


def _is_full(run: Run, budget: Amount) -> bool:
    left, costs = budget - run.spent, run.ground.costs
    open_still = [p for p in run.ground.candidates if p not in run.bought and costs[p] <= left]
    return all(map(run.is_kept_out, open_still))
