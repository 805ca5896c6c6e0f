"""
All automatic checks on texts of 1,000 and 10,000 characters, then each pattern on evil texts.

The first table is what posting pays: every check that comes with the package, with the queries it
makes, on a town with two lists of 500 words, a learning filter that has read 400 texts and 100
officials. The second is the slowest of the evil texts of 10,000 characters for each pattern. CPU is
the time of the processor, for machines that do other work meanwhile.
"""

import statistics
import time
import uuid
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from benchmarks.harness import Table, percentile

LENGTHS = (1_000, 10_000)
ROUNDS = 60
WORDS = 500
TEXTS = 400
OFFICIALS = 100
HEADINGS = ("text", "p50 ms", "p95 ms", "p95 CPU ms", "queries", "hits")
EVIL_HEADINGS = ("pattern", "slowest CPU ms", "evil text")
SENTENCES = {
    "English": "People want to sit down by the river and watch the ducks, even in winter. ",
    "Korean": "하천 산책로에 벤치가 더 있으면 어르신들이 편하게 쉬실 수 있습니다. ",
    "mixed": "버스 정류장에 bench를 놓아 주세요, 2026년 11월까지! See https://example.org/plan. ",
}


def tables() -> Iterator[Table]:
    """Speed of everything together, then the slowest evil text for each pattern."""
    author, process = prepare()
    rows = [
        measured(name, sentence, length, author, process)
        for length in LENGTHS
        for name, sentence in SENTENCES.items()
    ]
    rows.append(measured("with phone, e-mail, links", FULL, 10_000, author, process))
    yield Table(f"All checks on {connection.display_name}", HEADINGS, rows)
    yield Table("Patterns on evil texts of 10,000 characters", EVIL_HEADINGS, list(evil()))


FULL = "Call 010-1234-5678 or a@example.org, see www.example.org. 1d10t M1na. "


def furnish() -> None:
    """Give the town lists, officials and a filter that has learnt, unless it has them."""
    from django.contrib.auth import get_user_model

    from civic_sourcing.moderation.checks import bayes, learning
    from civic_sourcing.moderation.models import FilterState, WordList

    if FilterState.objects.filter(name=learning.NAME).exists():
        return
    for language in ("en", "ko"):
        lines = [f"{language}insult{number}{'*' * (number % 2)}" for number in range(WORDS)]
        WordList.objects.create(title=language, language=language, words="\n".join(lines))
    users = get_user_model()
    users.objects.bulk_create(
        users(
            username=f"office{number}", first_name="Mina", last_name=f"No {number}", is_staff=True
        )
        for number in range(OFFICIALS)
    )
    counts = bayes.Counts()
    for number in range(TEXTS):
        sentence = list(SENTENCES.values())[number % 3] if number % 2 else f"cheap loans {number}"
        counts.add(bayes.places(f"{sentence} {number}"), is_spam=not number % 2)
    FilterState.objects.create(
        name=learning.NAME, stamp=1, good=counts.good, spam=counts.spam, counts=counts.packed()
    )


def prepare() -> tuple[Any, Any]:
    """Somebody who has written five times, and where."""
    from django.contrib.auth import get_user_model

    from civic_sourcing.attribution.models import Contribution
    from civic_sourcing.participants.models import Participant
    from civic_sourcing.processes.models import Process

    furnish()
    process = Process.objects.create(kind="ideas", translation_key=uuid.uuid4())
    users = get_user_model()
    author = Participant.objects.of(users.objects.create_user(f"checked-{uuid.uuid4().hex[:8]}"))
    Contribution.objects.bulk_create(
        Contribution(
            kind="bare",
            process=process,
            author=author,
            sequence=number + 1,
            received_at=timezone.now(),
            state="published",
            language="en",
        )
        for number in range(5)
    )
    return author, process


def measured(what: str, sentence: str, length: int, author: Any, process: Any) -> list[str]:
    from civic_sourcing.moderation.checks.registry import examine
    from civic_sourcing.moderation.checks.texts import CheckedText

    words = (sentence * (length // len(sentence) + 1))[:length]

    def check() -> Any:
        text = CheckedText(
            "A bench", words, "en", "idea", process, author, is_new=False, at=timezone.now()
        )
        return examine(text)

    check()
    with CaptureQueriesContext(connection) as captured:
        hits = check()
    took = [timed(check) for _round in range(ROUNDS)]
    durations = [each for each, _computed in took]
    return [
        f"{what}, {length:,}",
        f"{statistics.median(durations):.1f}",
        f"{percentile(durations, 0.95):.1f}",
        f"{percentile([computed for _each, computed in took], 0.95):.1f}",
        str(len(captured)),
        str(len(hits)),
    ]


def evil() -> Iterator[list[str]]:
    """The slowest text for each pattern; of five tries the fastest counts."""
    from civic_sourcing.moderation.checks import learning, personal_data
    from civic_sourcing.moderation.checks.links import LINK
    from civic_sourcing.moderation.checks.officials import disguised_names, protected_names
    from civic_sourcing.moderation.checks.words import _lists
    from civic_sourcing.moderation.models import FilterState, WordList
    from tests.moderation.checks.evil import EVIL

    wording = _lists.wording(WordList.objects.get(language="ko"))
    names = protected_names()
    patterns: dict[str, Callable[[str], Any]] = {
        "words": wording.find,
        "personal data": lambda text: personal_data.find(text, today=date(2026, 11, 22)),
        "links": lambda text: list(LINK.finditer(text)),
        "names of officials": lambda text: disguised_names(text, names),
        "learning filter": learning._memory.filter(FilterState.objects.get()).judge,
    }
    for name, examine in patterns.items():
        slowest = {
            which: min(timed(partial(examine, text))[1] for _try in range(5))
            for which, text in EVIL.items()
        }
        worst = max(slowest, key=lambda which: slowest[which])
        yield [name, f"{slowest[worst]:.1f}", worst]


def timed(call: Callable[[], Any]) -> tuple[float, float]:
    """Milliseconds one call takes: by the clock, and of the processor."""
    began, computed = time.perf_counter(), time.thread_time()
    call()
    computed = time.thread_time() - computed
    return (time.perf_counter() - began) * 1000, computed * 1000
