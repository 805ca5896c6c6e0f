"""One comment after the other that broke a rule: said, reported, decided, appealed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from django.utils import translation

from civic_sourcing.attribution.models import Contribution
from civic_sourcing.comments.models import Comment, Thread
from civic_sourcing.core import clock
from civic_sourcing.moderation.actions import (
    DecideAppeal,
    DecideCase,
    FileAppeal,
    GiveSecondOpinion,
    ReportContribution,
)
from civic_sourcing.moderation.models import Case, Decision, NetiquetteRule, SecondOpinion
from civic_sourcing.moderation.netiquette import rule_key
from civic_sourcing.participants.models import Participant

from . import discussion, talk
from .discussion import SPEAKERS
from .past import Event
from .people import somebody

TALK = talk.TALK
MODERATORS = ("moderator", "moderator2")
OUTCOMES = {
    "respect": ["hide", "hide", "warn", "hide", "mask", "temporary", "remove"],
    "equality": ["hide", "remove"],
    "safety": ["hide", "remove"],
    "privacy": ["mask", "hide"],
    "truth": ["temporary", "hide", "warn"],
    "advertising": ["remove", "remove", "hide"],
    "topic": ["hide", "warn", "move"],
}
APPEALED = 5  # every fifth measure
RESULTS = ["upheld", "reversed", "upheld", "changed"]


@dataclass
class Matter:
    """One comment and what happens to it: hours ago it was said, and its place in the row."""

    number: int
    rule: str
    language: str
    text: str
    hours: float
    comment: Comment | None = None
    decision: Decision | None = None

    @property
    def outcome(self) -> str:
        outcomes = OUTCOMES[self.rule]
        return outcomes[self.number % len(outcomes)]


def told(matter: Matter, thread: Thread) -> Iterator[Event]:
    """Said, reported, decided; some appealed, and some looked at by a second moderator."""
    number, hours = matter.number, matter.hours
    yield Event(hours, partial(say, matter, thread))
    reporters = 3 if number % 9 == 0 else 1 + number % 2
    for index in range(reporters):
        name = SPEAKERS[(number * 5 + 7 * index + 3) % len(SPEAKERS)]
        yield Event(hours - 1 - index, partial(report, matter, name))
    wait = 4 + number * 13 % 50
    yield Event(hours - wait, partial(decide, matter))
    if number % APPEALED == 0:
        yield Event(hours - wait - 30, partial(appeal, matter))
        yield Event(hours - wait - 110, partial(decide_appeal, matter))
    yield Event(hours - wait - 40, partial(give_opinion, matter))


def say(matter: Matter, thread: Thread) -> None:
    author = SPEAKERS[(matter.number * 3 + 1) % len(SPEAKERS)]
    if matter.number % 8 == 1 and matter.number < 40:
        author = list(talk.STRANGERS)[matter.number // 8 % len(talk.STRANGERS)]
    words = {"language": matter.language, "text": matter.text}
    matter.comment = discussion.post(thread, author, looked_at=True, **words)


def report(matter: Matter, name: str) -> None:
    contribution = now(matter.comment)
    user = somebody(name)
    if not contribution.is_public or contribution.author == Participant.objects.of(user):
        return
    why = TALK["why"][matter.language]
    words = why[matter.number % len(why)] or TALK["facts"][matter.rule][matter.language]
    ReportContribution(
        contribution, by=user, rule=rule(matter.rule, matter.language), text=words
    ).execute()


def decide(matter: Matter) -> None:
    case = Case.objects.open().of(now(matter.comment)).first()
    if case is None:
        return
    by = MODERATORS[matter.number % 2]
    outcome = "remove" if case.held else matter.outcome
    facts = TALK["facts"][matter.rule][matter.language]
    matter.decision = decided(
        case, by, outcome, under=matter.rule, language=matter.language, facts=facts
    )


def decided(
    case: Case, by: str, outcome: str, *, under: str, language: str, facts: str
) -> Decision:
    terms: dict[str, Any] = {}
    if outcome in ("temporary", "suspend"):
        terms["until"] = clock.now() + timedelta(days=14)
    if outcome == "mask":
        words = case.contribution.versions.order_by("-number").first()
        terms["spans"] = [["text", 0, len(words.text) // 3]]
        terms["seen_version"] = words.number
    with translation.override(language):
        decision: Decision = DecideCase(
            case,
            by=somebody(by),
            outcome=outcome,
            rule=rule(under, language) if outcome != "no_breach" else None,
            facts=facts,
            language=language,
            **terms,
        ).execute()
    return decision


def appeal(matter: Matter) -> None:
    decision = matter.decision
    if decision is None or decision.appeal_until is None:
        return
    texts = TALK["appeals"][matter.language]
    author = now(matter.comment).author
    FileAppeal(decision, by=author.user, text=texts[matter.number % len(texts)]).execute()


def decide_appeal(matter: Matter) -> None:
    found = getattr(matter.decision, "appeal", None)
    if found is None or matter.number % (4 * APPEALED) == 2 * APPEALED:
        return
    result = RESULTS[matter.number // APPEALED % len(RESULTS)]
    terms: dict[str, Any] = {}
    if result == "changed":
        outcome = "hide" if matter.decision.outcome == "warn" else "warn"
        terms = {"outcome": outcome, "rule": rule(matter.rule, matter.language)}
    DecideAppeal(
        found,
        by=somebody(MODERATORS[1 - matter.number % 2]),
        appeal_outcome=result,
        reasons=TALK["answers"][result][matter.language],
        **terms,
    ).execute()


def give_opinion(matter: Matter) -> None:
    opinion = SecondOpinion.objects.waiting().filter(decision=matter.decision).first()
    if opinion is None or matter.number % 7 == 6:
        return
    given = SecondOpinion.objects.exclude(given_at=None).count()
    agrees = given % 6 != 2  # which decisions are looked at twice is drawn, so the number decides
    made = str(opinion.decision.outcome)
    outcome = made if agrees else "warn" if made == "hide" else "hide"
    GiveSecondOpinion(
        opinion,
        by=somebody(MODERATORS[1 - matter.number % 2]),
        outcome=outcome,
        rule=rule(matter.rule, matter.language),
    ).execute()


def now(comment: Comment | None) -> Contribution:
    assert comment is not None
    return Contribution.objects.select_related("author__user").get(pk=comment.contribution_id)


def rule(name: str, language: str) -> NetiquetteRule:
    return NetiquetteRule.objects.get(
        translation_key=rule_key(name), locale__language_code=language
    )
