"""
Count a big vote from the database: 200,000 ballots of 60 projects, nearly all of them different;
then fetch its ballots as everybody may.

Aims of the count: under 60 seconds, and under 500 MB for the whole process.
"""

import random
import resource
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from benchmarks.harness import Table

BALLOTS, PROJECTS, PICKS = 200_000, 60, 10
AT_ONCE = 5000
HEADINGS = ("rule", "ballots", "projects", "seconds", "CPU s", "most memory MB")
FILE_HEADINGS = ("ballots.pb", "ballots", "MB", "seconds", "most memory MB")


def tables() -> Iterator[Table]:
    """Seconds and memory of a count as an act: reading, counting, writing down."""
    yield Table(
        "Counting a vote from the database",
        HEADINGS,
        [_counted("greedy"), _counted("equal-shares", utility="cost", completion="add1u")],
    )
    yield Table(
        "Ballots of the last of these counts as a file",
        FILE_HEADINGS,
        [_fetched("written down the first time"), _fetched("fetched again")],
    )


def _counted(rule: str, **options: str) -> list[str]:
    from civic_sourcing.budgets.actions.count import CountBallots

    run = _closed_run(rule, **options)
    began, cpu = time.perf_counter(), time.process_time()
    count = CountBallots(run.process, by=None).execute()
    seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
    assert count.document["ballots"] == BALLOTS
    most = _most_memory()
    return [
        rule,
        str(BALLOTS),
        str(PROJECTS),
        f"{seconds:.1f}",
        f"{cpu:.1f}",
        f"{most:.0f}",
    ]


def _fetched(what: str) -> list[str]:
    from civic_sourcing.budgets.exports.kept import ballots_file
    from civic_sourcing.budgets.models import BudgetVotePage, CountResult

    count = CountResult.objects.latest("pk")
    page = BudgetVotePage.objects.get(process=count.process)
    began = time.perf_counter()
    file = ballots_file(page, count)
    letters = sum(map(len, file))
    seconds = time.perf_counter() - began
    cells = (f"{letters / 1e6:.1f}", f"{seconds:.1f}", f"{_most_memory():.0f}")
    return [what, str(file.rows.ballots), *cells]


def _most_memory() -> float:
    """What this process has taken at most, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _closed_run(rule: str, **options: str) -> Any:
    """A run that was closed with ballots drawn at random, some projects better liked."""
    from wagtail.models import Site

    from civic_sourcing.budgets.ballots import (
        ApprovalLimits,
        Area,
        PaperProject,
        Rulebook,
        WinnerRule,
    )
    from civic_sourcing.budgets.models import BudgetVotePage, VoteRun
    from civic_sourcing.core import clock

    numbers = [str(number) for number in range(1, PROJECTS + 1)]
    rulebook = Rulebook(
        vote="bench",
        currency="EUR",
        limits=ApprovalLimits(most=PICKS),
        areas=(Area(code="town", budget=100_000_00, town_wide=True),),
        projects=tuple(
            PaperProject(number=n, cost=(3000 + 211 * int(n)) * 100, area="town") for n in numbers
        ),
        winner=WinnerRule(name=rule, **options),
    )
    home = Site.objects.get(is_default_site=True).root_page
    process = home.add_child(instance=BudgetVotePage(title=f"A big vote by {rule}")).process
    now = clock.now()
    run = VoteRun.objects.create(
        process=process,
        kind="real",
        state="closed",
        rulebook=rulebook.canonical(),
        digest=rulebook.digest,
        opens_at=now - timedelta(days=9),
        closes_at=now,
        closed_at=now,
    )
    _cast(run, numbers)
    return run


def _cast(run: Any, numbers: list[str]) -> None:
    """Ballots drawn at random, the same in every run."""
    from uuid import uuid4

    from civic_sourcing.budgets.models import Ballot
    from civic_sourcing.budgets.models.ballots import canonical_json

    chance = random.Random(7)
    likes = [1 / number for number in range(1, PROJECTS + 1)]
    for _batch in range(BALLOTS // AT_ONCE):
        rows = []
        for _row in range(AT_ONCE):
            picked = set(chance.choices(range(PROJECTS), likes, k=PICKS))
            content = canonical_json({"vote": [numbers[place] for place in sorted(picked)]})
            row = Ballot(process=run.process, run=run, channel="online", mark=uuid4().hex)
            row.content = content
            rows.append(row)
        Ballot.objects.bulk_create(rows)
