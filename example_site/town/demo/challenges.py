"""The town's challenges, one in each state: drafts, one that is coming, one that is open, …"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction

from civic_sourcing.challenges.actions.review import (
    ApproveChallenge,
    PublishChallenge,
    RequestEdits,
    SendToReview,
)
from civic_sourcing.challenges.actions.setup import SetCriteria, SetFacts, SetPrizes, SetTimeline
from civic_sourcing.challenges.crowd.setting import SetCrowdVotes
from civic_sourcing.challenges.models import (
    ChallengeIndexPage,
    ChallengePage,
    LegalAuthority,
    Round,
)
from civic_sourcing.challenges.roles import MANAGER
from civic_sourcing.processes.models import Process, RoleAssignment

from . import departments, old_news, past
from .challenge_stories import tell
from .pages import locale, page_in_both_languages
from .participation import hub
from .people import somebody

FOLDER = Path(__file__).with_name("challenge_texts")
LANGUAGES = ("en", "ko")
MANAGERS = ("Editors", "Officials")
DAY = timedelta(days=1)
PREPARATION = 25 * DAY
"""How long before its opening a challenge was written."""

AUTHORITY = {
    "names": {"en": "Prize ordinance of the town", "ko": "늘봄시 시상 조례"},
    "explanations": {
        "en": "Lets the town give prizes of up to 50 million won for solutions.",
        "ko": "해결책에 5천만 원까지 상금을 줄 수 있게 합니다.",
    },
}
INDEX = {
    "en": {
        "title": "Challenges",
        "introduction": "<p>The town describes a problem. You find the solution, and the best one "
        "wins and is carried out.</p>",
    },
    "ko": {
        "title": "챌린지",
        "introduction": "<p>시가 문제를 내면 여러분이 해결책을 찾습니다. 가장 좋은 해결책은 "
        "상을 받고 실제로 쓰입니다.</p>",
    },
}


def load() -> None:
    """Set each challenge up whose page is missing, and let happen what has happened to it."""
    index = list_of_challenges()
    today = past.last_evening()
    last_mail = old_news.last_mail()
    for slug, words in texts("challenges").items():
        if ChallengePage.objects.child_of(index).filter(slug=slug).exists():
            continue
        with transaction.atomic():
            process = set_up(index, slug, words, today)
            tell(process, texts("entries").get(slug, []), texts("common"), today)
    old_news.read()
    old_news.drop_mail_after(last_mail)


@cache
def texts(name: str) -> Any:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def list_of_challenges() -> ChallengeIndexPage:
    """Return the English list, made and translated if it is missing; its managers are named."""
    index: Any = page_in_both_languages(
        ChallengeIndexPage, parent=hub(), slug="challenges", texts=INDEX
    )
    for name in MANAGERS:
        group, _made = Group.objects.get_or_create(name=name)
        RoleAssignment.objects.get_or_create(group=group, page_id=hub().pk, role=MANAGER)
    return ChallengeIndexPage.objects.get(pk=index.pk)


def set_up(index: Any, slug: str, words: Mapping[str, Any], today: datetime) -> Process:
    """Write a challenge some weeks before it opens, and bring it to the state it is in."""
    opens = today + words["opens"] * DAY
    written = min(opens, today) - PREPARATION
    with past.at(written):
        process = write(index, slug, words)
        manager = somebody("editor")
        SetFacts(process, by=manager, values=facts_of(words)).execute()
        SetTimeline(process, by=manager, rounds=[round_of(words, today)]).execute()
        set_prizes(process, words)
        set_criteria(process)
        set_vote(process, words)
        past.follow()
    bring_to(process, words, written)
    return Process.objects.get(pk=process.pk)


def bring_to(process: Process, words: Mapping[str, Any], written: datetime) -> None:
    """Let the stewards read it, as far as its state says."""
    state, steward = words["state"], somebody("moderator2")
    if state == "draft":
        return
    with past.at(written + DAY):
        SendToReview(process, by=somebody("editor")).execute()
        past.follow()
    with past.at(written + 3 * DAY):
        if state == "edits_requested":
            RequestEdits(process, by=steward, message=words["message"], section="details").execute()
        elif state != "in_review":
            ApproveChallenge(process, by=steward).execute()
        past.follow()
    if state in {"published", "archived"}:
        with past.at(written + 5 * DAY):
            PublishChallenge(process, by=steward).execute()
            past.follow()


def write(index: Any, slug: str, words: Mapping[str, Any]) -> Process:
    """Make its pages in both languages, as drafts."""
    common = texts("common")
    page = ChallengePage(
        slug=slug, locale=index.locale, live=False, **{**common["en"], **words["en"]}
    )
    index.add_child(instance=page)
    page.save_revision(user=somebody("editor"))
    translated = page.copy_for_translation(locale("ko"))
    for name, text in {**common["ko"], **words["ko"]}.items():
        setattr(translated, name, text)
    translated.save_revision(user=somebody("editor"))
    process: Process = page.process
    return process


def facts_of(words: Mapping[str, Any]) -> dict[str, Any]:
    first, *more = words["types"]
    return {
        "primary_type": first,
        "more_types": more,
        "department": departments.called(words["department"], "en"),
        "audiences": words["audiences"],
        "contact": texts("common")["contact"]["text"],
        "authority": authority(),
        "blind": True,
        "judges_each": 3,
        "public_percent": words.get("vote_percent", 0),
    }


def authority() -> LegalAuthority:
    """The law that allows the town to give prizes."""
    key = "neulbom-prizes"
    return LegalAuthority.objects.get_or_create(key=key, defaults=AUTHORITY)[0]


def round_of(words: Mapping[str, Any], today: datetime) -> dict[str, Any]:
    opens, closes, judging = (today + words[name] * DAY for name in ("opens", "closes", "judging"))
    return {"titles": {}, "opens_at": opens, "closes_at": closes, "judging_until": judging}


def set_prizes(process: Process, words: Mapping[str, Any]) -> None:
    parts = [
        {
            "place": place,
            "titles": {"en": english, "ko": korean},
            "amount": amount,
            "winners": winners,
        }
        for place, english, korean, amount, winners in words["prizes"]
    ]
    if parts:
        total = sum(part["amount"] for part in parts)
        SetPrizes(
            process, by=somebody("editor"), currency="KRW", total=total, parts=parts
        ).execute()


def set_criteria(process: Process) -> None:
    criteria = [
        {
            "titles": {code: row[code][0] for code in LANGUAGES},
            "descriptions": {code: row[code][1] for code in LANGUAGES},
            "points": row["points"],
        }
        for row in texts("common")["criteria"]
    ]
    SetCriteria(
        process,
        by=somebody("editor"),
        round=Round.objects.of(process).get(),
        criteria=criteria,
    ).execute()


def set_vote(process: Process, words: Mapping[str, Any]) -> None:
    """Let the public choose, where its challenge says so."""
    if "vote" in words:
        vote = {"kind": "public", "conditions": [], **words["vote"]}
        round_ = Round.objects.of(process).get()
        SetCrowdVotes(process, by=somebody("editor"), round=round_, votes=[vote]).execute()
