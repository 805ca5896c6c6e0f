"""
The list of challenges and its numbers with 1,000 challenges, and the import of the given records.

The records are those of ``../shared/data/challenges`` beside the repository; without them the
import says so.
"""

import itertools
import os
import time
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path

from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Locale, Page, Site

from benchmarks.harness import Table, measure
from civic_sourcing.challenges.actions import follow_rounds
from civic_sourcing.challenges.models import (
    ChallengeFacts,
    ChallengeIndexPage,
    ChallengePage,
    ChallengeType,
    Round,
)

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("CIVIC_SHARED_DATA", ROOT.parent / "shared" / "data"))
NUMBER = 1_000
TEXT = "<p>People cannot cross here in the dark, and buses do not stop. </p>" * 40
SECONDS = 2.0


def make_index() -> ChallengeIndexPage:
    root = Page.objects.get(depth=1)
    english = Locale.objects.get_or_create(language_code="en")[0]
    home = root.add_child(instance=Page(title="Home", slug="challenges", locale=english))
    Site.objects.all().delete()
    Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
    return home.add_child(instance=ChallengeIndexPage(title="Challenges", slug="list"))


def fill(index: ChallengeIndexPage) -> None:
    """A thousand challenges: some coming, some open, most of them over, with two rounds each."""
    now, types = timezone.now(), itertools.cycle(ChallengeType.values)
    for number in range(NUMBER):
        page = index.add_child(
            instance=ChallengePage(
                title=f"Challenge {number}: a safer way home",
                tagline="Light, company and a bus that comes.",
                short_description="The way home after ten in the evening is long and dark. " * 3,
                problem=TEXT,
                description=TEXT,
            )
        )
        facts = ChallengeFacts.objects.create(
            process=page.process,
            department_name=f"Department {number % 20}",
            primary_type=next(types),
            more_types=[ChallengeType.IDEAS],
            currency="EUR",
            prize_total=None if number % 4 == 0 else number * 100_000,
        )
        opens = now + timedelta(days=7 * (20 - number))
        for count in (1, 2):
            begins = opens + timedelta(days=60 * (count - 1))
            Round.objects.create(
                process=page.process,
                number=count,
                opens_at=begins,
                closes_at=begins + timedelta(days=30),
                judging_until=begins + timedelta(days=50),
            )
        facts.state, facts.published_at = "published", opens - timedelta(days=7)
        facts.save()
        follow_rounds(page.process, by=None)
        page.live = True
        page.save()
    shown = ChallengePage.objects.child_of(index).live().count()
    if shown != NUMBER:
        raise RuntimeError(f"{NUMBER} challenges must be public to be measured, not {shown}.")


def tables() -> Iterator[Table]:
    index = make_index()
    fill(index)
    home = index.get_url()
    yield Table.of(
        f"The list of {NUMBER:,} challenges",
        [
            measure(f"{home}{query}", what=what, seconds=SECONDS)
            for what, query in (
                ("list", ""),
                ("list, last page", "?page=42"),
                ("open, by type and department", "?status=open&type=ideas&department=Department+3"),
                ("search for two words", "?q=safer+999"),
                ("feed", "feed/"),
                ("numbers", "numbers/"),
                ("numbers as CSV", "numbers/csv/challenges/"),
            )
        ],
    )
    yield imports()


def imports() -> Table:
    """The given records: once, and a second time, which changes nothing."""
    path = SHARED / "challenges" / "challenges_200.json"
    rows = []
    for what in ("first time", "second time"):
        if not path.exists():
            rows.append([what, "the records are not here", ""])
            continue
        before, began = ChallengeFacts.objects.count(), time.perf_counter()
        call_command("import_challenges", path, "--new-index", stdout=StringIO())
        seconds = time.perf_counter() - began
        rows.append([what, str(ChallengeFacts.objects.count() - before), f"{seconds:.2f}"])
    return Table("Import of published records", ("what", "imported", "seconds"), rows)
