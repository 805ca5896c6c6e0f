"""
Look up similar titles among 1,000, 10,000 and 50,000 contributions, and say what is found.

The titles are those of ``../shared/data/titles.csv``, and beyond them, up to the size, the
beginning of one with the end of another. Without that file the tables say so. Recall and alarms are
measured with the file alone in one process, each title asked for while itself left out.
"""

import csv
import os
import random
import re
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.db import connection
from django.utils import timezone

from benchmarks.counting import ROOT, SHARED
from benchmarks.harness import Table, percentile

SIZES = (1_000, 10_000, 50_000)
LOOK_UPS = 400
UNRELATED_ASKED = 2_000
CHUNK = 2_000
WIDTH = 255
FRESH_PROCESSES = 7
SPEED_HEADINGS = ("contributions", "p50 ms", "p95 ms", "slowest ms", "queries", "file one, ms")
FRESH_HEADINGS = ("first look-up of a new process", "median ms", "slowest ms")
QUALITY_HEADINGS = ("measured", "asked", "share")
NUMBERS = re.compile(r"\d+|(?<!\w)[ivx]+(?!\w)")
FRESH = """
import os, sys, time
sys.path[:0] = {paths!r}
import django
django.setup()
from benchmarks.similar import register
from civic_sourcing.attribution.similar import find
from civic_sourcing.processes.models import Process
from django.db import connection
register()
process = Process.objects.get(pk={process})
connection.close()
began = time.perf_counter()
find(process, {title!r})
print((time.perf_counter() - began) * 1000)
"""


def tables() -> Iterator[Table]:
    """Recall and alarms, then the speed at each of ``SIZES``."""
    register()
    titles = read_titles()
    if not titles:
        yield Table("Similar titles: titles.csv not found", SPEED_HEADINGS, [])
        return
    yield quality(titles)
    process = new_process()
    speeds, fresh = [], []
    for size in SIZES:
        fill(process, [title for title, _group in titles], size)
        speeds.append(speed(process, titles, size))
        fresh.append(first_look_up(process, titles, size))
    where = connection.display_name
    yield Table(f"Similar titles on {where}", SPEED_HEADINGS, speeds)
    yield Table(f"Similar titles on {where}, cold", FRESH_HEADINGS, fresh)


def register() -> None:
    """Contributions without pages, so that the figures are those of the search."""
    from civic_sourcing.attribution.kinds import ContributionKind, register_kind

    class Bare(ContributionKind):
        key = "bare"
        label = "Bare"

        def visible(self, contributions: Any) -> Any:
            return {contribution.pk for contribution in contributions}

        def urls(self, contributions: Any) -> Any:
            return {contribution.pk: "/" for contribution in contributions}

    register_kind(Bare())


def read_titles() -> list[tuple[str, str]]:
    """Title and group, the group empty where nobody made an edited copy."""
    path = SHARED / "titles.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8") as file:
        return [(row["title"], row["group"]) for row in csv.DictReader(file)]


def new_process() -> Any:
    import uuid

    from civic_sourcing.processes.models import Process

    return Process.objects.create(kind="ideas", translation_key=uuid.uuid4())


def fill(process: Any, titles: list[str], size: int) -> list[Any]:
    """Bring ``process`` to ``size`` contributions, and its index."""
    from civic_sourcing.attribution.models import Contribution, LedgerChain
    from civic_sourcing.attribution.similar import index

    LedgerChain.objects.get_or_create(process=process)
    begin = Contribution.objects.filter(process=process).count()
    rows: list[Contribution] = []
    for first in range(begin, size, CHUNK):
        rows += Contribution.objects.bulk_create(
            Contribution(
                kind="bare",
                process=process,
                sequence=number + 1,
                received_at=timezone.now(),
                state="published",
                language="pl",
                title=(titles[number] if number < len(titles) else blend(titles, number))[:WIDTH],
            )
            for number in range(first, min(first + CHUNK, size))
        )
    LedgerChain.objects.filter(process=process).update(received=size)
    for _number in index.rebuild():
        pass
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return rows


def blend(titles: list[str], number: int) -> str:
    """The beginning of one title with the end of another: common words, and new as a whole."""
    dice = random.Random(number)
    one, other = (dice.choice(titles).split() for _twice in range(2))
    return " ".join([*one[: len(one) // 2 + 1], *other[len(other) // 2 :]])


def speed(process: Any, titles: list[tuple[str, str]], size: int) -> list[str]:
    """Half the look-ups are edited copies, half any titles; each is asked once."""
    from django.test.utils import CaptureQueriesContext

    from civic_sourcing.attribution.similar import find

    dice = random.Random(7)
    grouped = [title for title, group in titles[:size] if group]
    asked = dice.sample(grouped, min(LOOK_UPS // 2, len(grouped)))
    asked += dice.sample([title for title, group in titles if not group], LOOK_UPS - len(asked))
    with CaptureQueriesContext(connection) as captured:
        find(process, asked[0])
    durations = []
    for title in asked:
        began = time.perf_counter()
        find(process, title)
        durations.append((time.perf_counter() - began) * 1000)
    return [
        f"{size:,}",
        f"{percentile(durations, 0.5):.1f}",
        f"{percentile(durations, 0.95):.1f}",
        f"{max(durations):.1f}",
        str(len(captured)),
        f"{filing(process):.1f}",
    ]


def filing(process: Any) -> float:
    """Milliseconds the index costs whoever files one contribution (median of twenty)."""
    from django.db import transaction

    from civic_sourcing.attribution.models import Contribution
    from civic_sourcing.attribution.similar import index

    durations = []
    for contribution in Contribution.objects.filter(process=process).order_by("-pk")[:20]:
        with transaction.atomic():
            index.forget(contribution)
            began = time.perf_counter()
            index.add(contribution, title=contribution.title, text="")
            durations.append((time.perf_counter() - began) * 1000)
    return statistics.median(durations)


def first_look_up(process: Any, titles: list[tuple[str, str]], size: int) -> list[str]:
    """A new process each time, connecting included, asks for another title."""
    dice = random.Random(11)
    durations = []
    for title, _group in dice.sample(titles, FRESH_PROCESSES):
        code = FRESH.format(paths=[*sys.path[:4], str(ROOT)], process=process.pk, title=title)
        answer = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ
        )
        durations.append(float(answer.stdout))
    return [f"{size:,}", f"{statistics.median(durations):.1f}", f"{max(durations):.1f}"]


def quality(titles: list[tuple[str, str]]) -> Table:
    """
    Recall: how often the other of two titles of a group is among the first five.

    An alarm is any offer for a title without a group; strictly counted each one is false. But the
    file marks only the copies somebody made for it, and the towns' own titles recur from year to
    year too. A title is not unrelated if an offer for it has the same words once numbers, Roman
    numerals, case and order are set aside; the last line leaves those titles out.
    """
    process = new_process()
    rows = fill(process, [title for title, _group in titles], len(titles))
    groups = defaultdict(list)
    for row, (_title, group) in zip(rows, titles, strict=True):
        if group:
            groups[group].append(row)
    pairs = [pair for one, other in groups.values() for pair in ((one, other), (other, one))]
    found = sum(other.pk in offered(process, one) for one, other in pairs)
    alone = [row for row, (_title, group) in zip(rows, titles, strict=True) if not group]
    asked = random.Random(2).sample(alone, min(UNRELATED_ASKED, len(alone)))
    offers = [(row, offered(process, row)) for row in asked]
    alarms = [offer for offer in offers if offer[1]]
    recurring = [row for row, matches in alarms if any(recurs(row, m) for m in matches.values())]
    unrelated = len(asked) - len(recurring)
    false = len(alarms) - len(recurring)
    lines = [
        ["recall of edited copies in the first five", str(len(pairs)), share(found, len(pairs))],
        ["alarms, strict: any offer is false", str(len(asked)), share(len(alarms), len(asked))],
        [
            "… of which the same title but for numbers",
            str(len(alarms)),
            share(len(recurring), len(alarms)),
        ],
        ["alarms on titles without such a recurrence", str(unrelated), share(false, unrelated)],
    ]
    return Table(f"What is found among {len(titles):,} titles", QUALITY_HEADINGS, lines)


def offered(process: Any, row: Any) -> dict[int, Any]:
    from civic_sourcing.attribution.similar import find

    return {match.contribution_id: match for match in find(process, row.title, exclude=row)}


def recurs(row: Any, match: Any) -> bool:
    return bare_words(row.title) == bare_words(match.title)


def bare_words(title: str) -> frozenset[str]:
    from civic_sourcing.attribution.similar.grams import words

    return frozenset(word for word in words(title) if not NUMBERS.fullmatch(word))


def share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "–"
