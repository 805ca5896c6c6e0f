"""
Two hundred cases of every kind: a quarter of moderation, and what waits today.

Everything is played through the steps a person would take, so that the log, the figures and the
chain of records fit together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import cycle, islice, product

from django.apps import apps
from django.conf import settings
from django.db import transaction

from civic_sourcing.attribution.models import Contribution
from civic_sourcing.comments.models import Comment, Thread
from civic_sourcing.core import clock
from civic_sourcing.moderation.actions import ReportContribution, ReportParticipant, TakeCase
from civic_sourcing.moderation.models import Case, ForumModeration, ModerationReportPage
from civic_sourcing.moderation.showing.freezing import freeze_waiting
from civic_sourcing.participants.models import Participant

from . import discussion, old_news, talk
from .discussion import SPEAKERS, TALKED
from .matters import MODERATORS, Matter, decided, now, report, rule, say, told
from .pages import page_in_both_languages
from .participation import hub
from .past import Event, play
from .people import cannot_sign_in, say_of_age, somebody

TALK = talk.TALK
HARMLESS = 96
PLAY = {
    "SECOND_OPINION_SHARE": 0.3,
    "LIMITS": {
        name: {group: [{"count": 100, "seconds": 1}] for group in ("new", "normal")}
        for name in ("report", "comment", "idea")
    },
}


def load() -> None:
    process = discussion.discussion()
    ForumModeration.objects.get_or_create(
        process=process,
        defaults={"premoderation": "newcomers", "contact": "Duty officer, 055-000-0100"},
    )
    if not Case.objects.exists():
        last = old_news.last_mail()
        with transaction.atomic(), set_for_the_play():
            play(events(Thread.objects.opened_below(process)))
            if apps.is_installed("civic_sourcing.ideas"):
                play_ideas()
        old_news.read()
        old_news.drop_mail_after(last)
    load_report()


def play_ideas() -> None:
    from . import forums, idea_cases  # noqa: PLC0415 - only where the town has ideas

    play(idea_cases.events(forums.made(forums.TODAY)))


@contextmanager
def set_for_the_play() -> Iterator[None]:
    """More second opinions than usual, and wide limits: a quarter goes by in seconds."""
    usual = settings.CIVIC_SOURCING
    settings.CIVIC_SOURCING = {**usual, **PLAY}
    try:
        yield
    finally:
        settings.CIVIC_SOURCING = usual


def events(thread: Thread) -> Iterator[Event]:
    start = discussion.hours_since(discussion.beginning()) - (TALKED + 3) * 24
    yield from harmless(thread, start)
    matters = list(unruly(start))
    for matter in matters:
        yield from told(matter, thread)
    yield from welcomed(thread, start)
    yield from profiles(start)
    yield from waiting(thread)


def unruly(start: float) -> Iterator[Matter]:
    """Every beginning with every ending, spread over nine weeks."""
    texts = [
        (broken, language, begin + end)
        for broken, languages in TALK["unruly"].items()
        for language, words in languages.items()
        for begin, end in product(words["begin"], words["end"])
    ]
    mixed = sorted(texts, key=lambda each: hash_of(each[2]))
    step = 60 * 24 / len(mixed)
    for number, (broken, language, text) in enumerate(mixed):
        yield Matter(number, broken, language, text, start - 1 - step * number)


def hash_of(text: str) -> int:
    """An order that looks like chance and is the same every time."""
    return sum(ord(sign) * (place % 17 + 1) for place, sign in enumerate(text)) % 9973


def harmless(thread: Thread, start: float) -> Iterator[Event]:
    """Reports about comments that broke no rule."""
    rules = cycle(["respect", "topic", "respect", "truth", "equality", "advertising"])
    step = 60 * 24 / HARMLESS
    for number, name in enumerate(islice(rules, HARMLESS)):
        hours = start - 2 - step * number
        yield Event(hours, partial(report_harmless, thread, number, name))
        yield Event(hours - 3 - number * 7 % 40, partial(clear, thread, number))


def subject_of(thread: Thread, number: int) -> Contribution:
    """One of the first comments of the thread: nobody could object to those."""
    count = len(list(discussion.flattened(TALK["said"])))
    rows = Comment.objects.filter(thread=thread).order_by("pk").select_related("contribution")
    comment: Comment = rows[number * 7 % count]
    return now(comment)


def report_harmless(thread: Thread, number: int, name: str) -> None:
    subject = subject_of(thread, number)
    others = [each for each in SPEAKERS if somebody(each).pk != subject.author.user_id]
    language = subject.language
    ReportContribution(
        subject,
        by=somebody(others[number * 11 % len(others)]),
        rule=rule(name, language),
        text=TALK["why"][language][number % 3],
    ).execute()


def clear(thread: Thread, number: int) -> None:
    subject = subject_of(thread, number)
    case = Case.objects.open().of(subject).first()
    if case is not None:
        facts = TALK["nothing"][subject.language]
        by = MODERATORS[number % 2]
        decided(case, by, "no_breach", under="respect", language=subject.language, facts=facts)


def welcomed(thread: Thread, start: float) -> Iterator[Event]:
    """Newcomers’ first comments, held back, read by a moderator and published."""
    texts = [(code, text) for code, said in TALK["newcomer"].items() for text in said]
    for number, (language, text) in enumerate(texts):
        hours = start - 10 - 200 * number
        held: dict[str, Comment] = {}
        yield Event(hours, partial(say_first, thread, held, number, (language, text)))
        yield Event(hours - 6, partial(release, held, number, language))


def say_first(
    thread: Thread, held: dict[str, Comment], number: int, words: tuple[str, str]
) -> None:
    name = f"guest{number}"
    say_of_age(cannot_sign_in(name, "Guest", f"Number {number + 1}"))
    held["comment"] = discussion.post(
        thread, name, looked_at=True, language=words[0], text=words[1]
    )


def release(held: dict[str, Comment], number: int, language: str) -> None:
    case = Case.objects.open().of(now(held["comment"])).first()
    if case is not None:
        facts = TALK["nothing"][language]
        by = MODERATORS[number % 2]
        decided(case, by, "no_breach", under="respect", language=language, facts=facts)


def profiles(start: float) -> Iterator[Event]:
    """Three people are reported; one is suspended, one warned."""
    for number, (name, outcome) in enumerate(
        [("angryman", "suspend"), ("harbourfan1", "warn"), ("goodloan", "no_breach")]
    ):
        hours = start - 30 * 24 - 50 * number
        yield Event(hours, partial(report_person, name, "fairness"))
        yield Event(hours - 20, partial(decide_person, name, outcome))


def report_person(name: str, about: str) -> None:
    person = Participant.objects.of(somebody(name))
    ReportParticipant(
        person, by=somebody("neighbour"), rule=rule(about, "en"), text=TALK["profile"]["en"]
    ).execute()


def decide_person(name: str, outcome: str) -> None:
    case = Case.objects.open().of(Participant.objects.of(somebody(name))).get()
    facts = TALK["profile"]["en"]
    decided(case, "moderator", outcome, under="fairness", language="en", facts=facts)


def waiting(thread: Thread) -> Iterator[Event]:
    """What is open today: reports, some of them late, newcomers’ comments, a person."""
    for number, words in enumerate(TALK["open"]):
        matter = Matter(number * 6 + 2, **words)
        yield Event(matter.hours, partial(say, matter, thread))
        for index in range(1 + number % 2):
            name = SPEAKERS[(number * 5 + 3 * index) % len(SPEAKERS)]
            yield Event(matter.hours - 1 - index, partial(report, matter, name))
    for number in range(7):
        hours = [3, 8, 20, 30, 60, 75, 100][number % 7] + number / 10
        yield Event(hours, partial(report_harmless, thread, 100 + number, "respect"))
    yield Event(90, arrive)
    texts = [(code, text) for code, said in TALK["newcomer"].items() for text in said]
    for number, (language, text) in enumerate(texts):
        say_hello: Callable[[], object] = partial(
            discussion.post,
            thread,
            f"newcomer{number}",
            language=language,
            text=text,
            looked_at=True,
        )
        yield Event(40 - 7 * number, say_hello)
    yield Event(12, partial(report_person, "bulkkot", "fairness"))
    yield Event(5, take_one)


def arrive() -> None:
    """Newcomers, whose first comments wait for a moderator."""
    for number in range(5):
        say_of_age(cannot_sign_in(f"newcomer{number}", "New", f"Neighbour {number + 1}"))


def take_one() -> None:
    case = Case.objects.open().order_by("pk").first()
    TakeCase(case, by=somebody("moderator2")).execute()


def load_report() -> None:
    """Account for the quarter, in both languages."""
    quarter = discussion.last_quarter()
    texts = {
        language: {
            "title": words["title"].format(
                part=TALK["parts"][language][str(quarter.number)], year=quarter.year
            ),
            "introduction": [tuple(block) for block in words["introduction"]],
        }
        for language, words in TALK["report"].items()
    }
    page_in_both_languages(
        ModerationReportPage,
        parent=hub(),
        slug=f"moderation-{quarter.year}-q{quarter.number}",
        texts=texts,
        year=quarter.year,
        part=f"q{quarter.number}",
    )
    freeze_waiting(clock.now())
