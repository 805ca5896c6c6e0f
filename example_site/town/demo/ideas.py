"""The town's idea forum: one question, asked in both languages, and what citizens made of it."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone
from wagtail.models import Page

from civic_sourcing.core import clock
from civic_sourcing.attribution.models import Channel
from civic_sourcing.ideas.actions import ProposeIdea, SupportIdea
from civic_sourcing.ideas.models import IdeaForumPage, IdeaPage
from civic_sourcing.processes.actions import SetRules
from civic_sourcing.processes.models import Mandate
from civic_sourcing.processes.rules import PhaseRule

from .pages import page_in_both_languages
from .participation import hub

PROPOSED = Path(__file__).with_name("neulbom-ideas.json")

# username: first name, last name. They cannot sign in: the demo's two citizens can.
CITIZENS = {
    "seoyeon": ("Seoyeon", "Yoon"),
    "tomas": ("Tomas", "Berg"),
    "eunji": ("Eunji", "Bae"),
    "grace": ("Grace", "Mensah"),
    "donghyun": ("Donghyun", "Seo"),
    "lena": ("Lena", "Fischer"),
}


def load() -> None:
    load_citizens()
    forum = idea_forum()
    if not IdeaPage.objects.of(forum.process).exists():
        propose_all(forum)


def load_citizens() -> None:
    for username, (first_name, last_name) in CITIZENS.items():
        get_user_model().objects.get_or_create(
            username=username,
            defaults={"first_name": first_name, "last_name": last_name, "password": "!"},
        )


def idea_forum() -> IdeaForumPage:
    """Return the English forum, made, translated and given its rules if it is missing."""
    page = page_in_both_languages(
        IdeaForumPage,
        parent=Page.objects.get(pk=hub().pk),
        slug="ideas",
        show_in_menus=True,
        texts=json.loads(PROPOSED.read_text("utf-8"))["forum"],
    )
    forum = IdeaForumPage.objects.get(pk=page.pk)
    if not forum.process.phases.exists():
        SetRules(forum.process, by=None, mandate=Mandate.ADVISORY, phases=phases()).execute()
    return forum


def phases() -> list[PhaseRule]:
    """Three weeks into collecting, five weeks to go; then support, review and answers."""
    today = timezone.localtime(clock.now()).replace(hour=0, minute=0, second=0, microsecond=0)

    def phase(kind: str, first_day: int, last_day: int | None) -> PhaseRule:
        closes = None if last_day is None else today + timedelta(days=last_day)
        return PhaseRule(kind, today + timedelta(days=first_day), closes)

    return [
        phase("collect", -21, 35),
        phase("support", 35, 49),
        phase("review", 49, 79),
        phase("answer", 79, None),
    ]


def propose_all(forum: IdeaForumPage) -> None:
    forums = {page.locale.language_code: page for page in forum.get_translations(inclusive=True)}
    now = clock.now()
    for words in json.loads(PROPOSED.read_text("utf-8"))["ideas"]:
        propose(forums[words["language"]], words, filed_at=now - timedelta(hours=words["hours"]))


def propose(forum: IdeaForumPage, words: dict[str, Any], *, filed_at: datetime) -> None:
    """File an idea and its support through the actions, then give it an age."""
    users = get_user_model().objects
    idea = ProposeIdea(
        forum,
        by=users.get(username=words["author"]),
        title=words["title"],
        description=words["description"],
        tags=words["tags"],
        channel=Channel.IMPORT,
    ).execute()
    for username in words["supporters"]:
        SupportIdea(idea, by=users.get(username=username)).execute()
    IdeaPage.objects.filter(pk=idea.pk).update(filed_at=filed_at, first_published_at=filed_at)
