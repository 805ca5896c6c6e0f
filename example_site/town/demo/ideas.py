"""The town's idea forum: one question, asked in both languages, and what citizens made of it."""

import json
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from civic_sourcing.attribution.licences import offered
from civic_sourcing.attribution.models import Channel, LicenceVersion
from civic_sourcing.core import clock
from civic_sourcing.ideas.actions import ProposeIdea, SupportIdea
from civic_sourcing.ideas.models import IdeaForumPage, IdeaPage
from civic_sourcing.processes.actions import SetRules
from civic_sourcing.processes.models import Mandate
from civic_sourcing.processes.rules import PhaseRule

from .pages import page_in_both_languages
from .participation import hub
from .past import Event, play
from .people import cannot_sign_in, say_of_age, somebody

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
        with transaction.atomic():
            play(events(forum))


def load_citizens() -> None:
    for username, (first_name, last_name) in CITIZENS.items():
        say_of_age(cannot_sign_in(username, first_name, last_name))


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


def events(forum: IdeaForumPage) -> Iterator[Event]:
    """Yield how every idea was proposed, and how its support came in from then until now."""
    forums = {page.locale.language_code: page for page in forum.get_translations(inclusive=True)}
    for words in json.loads(PROPOSED.read_text("utf-8"))["ideas"]:
        yield Event(words["hours"], partial(propose, forums[words["language"]], words))
        supporters = words["supporters"]
        for number, username in enumerate(supporters):
            waited = (number + 1) / (len(supporters) + 1)
            hours = words["hours"] * (1 - waited)
            yield Event(hours, partial(support, forum, words["title"], username))


def propose(forum: IdeaForumPage, words: dict[str, Any]) -> IdeaPage:
    wanted = LicenceVersion.objects.filter(licence__key=words.get("licence", ""))
    idea: IdeaPage = ProposeIdea(
        forum,
        by=somebody(words["author"]),
        title=words["title"],
        description=words["description"],
        tags=words["tags"],
        channel=Channel.IMPORT,
        licence=next((each for each in offered(forum.process) if each in wanted), None),
    ).execute()
    return idea


def support(forum: IdeaForumPage, title: str, username: str) -> None:
    SupportIdea(idea_called(forum, title), by=somebody(username)).execute()


def idea_called(forum: IdeaForumPage, title: str) -> IdeaPage:
    return IdeaPage.objects.of(forum.process).get(title=title)
