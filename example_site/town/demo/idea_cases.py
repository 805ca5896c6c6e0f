"""Cases about ideas: one advertises, one names a telephone number, one waits, one is fine."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from civic_sourcing.attribution.models import Channel, Contribution
from civic_sourcing.ideas.actions import ProposeIdea
from civic_sourcing.ideas.models import IdeaForumPage
from civic_sourcing.moderation.actions import DecideCase, FileAppeal, ReportContribution
from civic_sourcing.moderation.models import Case, Decision

from .discussion import hours_since
from .ideas import idea_called
from .matters import rule
from .past import Event
from .people import cannot_sign_in, say_of_age, somebody

ADVERTISING = "Solar panels for every roof, ask us for an offer"
PRIVATE = "분수대 야간 소음을 줄여 주세요"
FINE = "Let residents adopt the trees in their street"
WAITING = "A swap corner for garden tools"
NUMBER = "055-000-0199"
NEWCOMER = "gardener"

TEXTS = {
    ADVERTISING: (
        "lena",
        "en",
        "Our firm mounts panels within a week. Whoever signs in June gets the second row at half "
        "the price. Write to us and name this page.",
    ),
    PRIVATE: (
        "donghyun",
        "ko",
        f"밤 열한 시가 지나도 분수대가 켜져 있습니다. 관리하시는 분({NUMBER})께 "
        "전화하면 꺼 주시니 다 같이 전화합시다.",
    ),
    WAITING: (
        NEWCOMER,
        "en",
        "A shelf by the allotments where people leave tools for others. It works elsewhere: "
        "https://swap.example/leeds https://swap.example/utrecht https://swap.example/jeonju",
    ),
}
REPORTS = {
    ADVERTISING: [("citizen", "advertising"), ("neighbour", "advertising")],
    PRIVATE: [("eunji", "privacy")],
    FINE: [("tomas", "topic")],
}
WHY = {"en": "Please look at this one.", "ko": "확인 부탁드립니다."}
DECISIONS = {
    ADVERTISING: (
        "hide",
        "advertising",
        "The idea offers what a firm sells, with a price, and proposes nothing the city could do.",
    ),
    PRIVATE: ("mask", "privacy", "근무 중인 사람의 전화번호를 동의 없이 적었습니다."),
    FINE: ("no_breach", "", "The idea is about the city’s trees, as the forum asks."),
}
APPEAL = "Clean power is what the city wants. I am ready to leave the price out."


def events(forum: IdeaForumPage) -> Iterator[Event]:
    """All after everything else in the forum: its ledger knows only one order."""
    rows = Contribution.objects.of(forum.process).order_by("-received_at")
    hours = hours_since(rows.values_list("received_at", flat=True)[0])
    yield Event(hours * 0.9, partial(arrive, NEWCOMER))
    for number, title in enumerate(TEXTS):
        yield Event(hours * (0.8 - number / 100), partial(propose, forum, title))
    for number, title in enumerate(REPORTS):
        yield Event(hours * (0.7 - number / 100), partial(report, forum, title))
        yield Event(hours * (0.5 - number / 100), partial(decide, forum, title))
    yield Event(hours * 0.3, partial(appeal, forum))


def arrive(username: str) -> None:
    say_of_age(cannot_sign_in(username, "Nora", "Vale"))


def propose(forum: IdeaForumPage, title: str) -> None:
    author, language, description = TEXTS[title]
    page = forum.get_translations(inclusive=True).get(locale__language_code=language)
    ProposeIdea(
        page, by=somebody(author), title=title, description=description, channel=Channel.ONLINE
    ).execute()


def report(forum: IdeaForumPage, title: str) -> None:
    for username, name in REPORTS[title]:
        contribution = about(forum, title)
        ReportContribution(
            contribution,
            by=somebody(username),
            rule=rule(name, contribution.language),
            text=WHY[contribution.language],
        ).execute()


def decide(forum: IdeaForumPage, title: str) -> None:
    contribution = about(forum, title)
    outcome, name, facts = DECISIONS[title]
    version = contribution.versions.get()
    terms = {"rule": rule(name, contribution.language)} if name else {}
    if outcome == "mask":
        start = version.text.index(NUMBER)
        terms["spans"] = [["text", start, start + len(NUMBER)]]
        terms["seen_version"] = version.number
    DecideCase(
        Case.objects.open().of(contribution).get(),
        by=somebody("moderator"),
        outcome=outcome,
        facts=facts,
        language=contribution.language,
        **terms,
    ).execute()


def appeal(forum: IdeaForumPage) -> None:
    decision = Decision.objects.get(case__contribution=about(forum, ADVERTISING))
    FileAppeal(decision, by=somebody(TEXTS[ADVERTISING][0]), text=APPEAL).execute()


def about(forum: IdeaForumPage, title: str) -> Contribution:
    return Contribution.objects.get(pk=idea_called(forum, title).contribution_id)
