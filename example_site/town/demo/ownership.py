"""
Whose idea it was: legal texts, licences, and the stories of two forums.

The ideas for the 2025 budget are long decided; one became a project, though its author has left.
The forum of today is played together with its ideas, as one ledger has one order.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from civic_sourcing.attribution.actions.credits import AcceptInvitation, InviteCoAuthor
from civic_sourcing.attribution.actions.derive import DeriveContribution
from civic_sourcing.attribution.models import DerivationKind
from civic_sourcing.core import clock
from civic_sourcing.ideas.models import IdeaForumPage, IdeaPage
from civic_sourcing.participants.actions import AgreeToTexts, EraseParticipant, PublishLegalText
from civic_sourcing.participants.consents import Shown
from civic_sourcing.participants.models import LegalText, LegalTextBody, Participant
from civic_sourcing.processes.actions import SetRules
from civic_sourcing.processes.models import Mandate
from civic_sourcing.processes.rules import PhaseRule

from . import forums, ideas, licences, old_news, residents, story, texts, year
from .pages import page_in_both_languages
from .participation import hub
from .past import Event, at, follow, play
from .people import PEOPLE, cannot_sign_in, person, say_of_age, somebody

TEXTS_SINCE = timedelta(days=1200)
FORMER = ("haneul", "Haneul", "Moon")
FOOTPATH = "N-01"


def load() -> None:
    first_time = not LegalText.objects.exists()
    load_legal_texts()
    residents.load()
    last = old_news.last_mail()
    with transaction.atomic():
        load_forum_of_today()
        load_forum_of_2025()
        if apps.is_installed("civic_sourcing.budgets"):
            link_to_budget()
        if first_time:
            agree_to_texts()
            old_news.read()
        old_news.drop_mail_after(last)


def load_legal_texts() -> None:
    """Publish what is missing of terms, privacy notice and code of conduct."""
    for kind, words in texts.LEGAL.items():
        if LegalText.objects.filter(kind=kind).exists():
            continue
        text = LegalText.objects.create(kind=kind)
        LegalTextBody.objects.bulk_create(
            LegalTextBody(legal_text=text, language=language, **words[language])
            for language in ("en", "ko")
        )
        with at(clock.now() - TEXTS_SINCE):
            PublishLegalText(text, by=somebody("admin")).execute()


def load_forum_of_today() -> None:
    page = forums.made(forums.TODAY)
    if IdeaPage.objects.of(page.process).exists():
        return
    with at(clock.now() - timedelta(days=22)):
        licences.offer(page.process)
    play([*year.events(forums.TODAY, page), *story.events(page)])
    year.recount(page)


def load_forum_of_2025() -> None:
    """Ideas that were collected for the budget vote of 2025, and what became of them."""
    page = page_in_both_languages(
        IdeaForumPage,
        parent=hub(),
        slug="ideas-2025",
        texts=texts.FORUM_2025,
    )
    forum = IdeaForumPage.objects.get(pk=page.pk)
    if IdeaPage.objects.of(forum.process).exists():
        return
    with at(day(2024, 2, 12)):
        SetRules(forum.process, by=None, mandate=Mandate.ADVISORY, phases=phases()).execute()
        licences.offer(forum.process)
    play(events(forum))


def phases() -> list[PhaseRule]:
    return [
        PhaseRule("collect", day(2024, 3, 4), day(2024, 4, 29)),
        PhaseRule("support", day(2024, 4, 29), day(2024, 5, 20)),
        PhaseRule("review", day(2024, 5, 20), day(2024, 7, 1)),
        PhaseRule("answer", day(2024, 7, 1), day(2024, 9, 1)),
    ]


def day(year: int, month: int, number: int) -> datetime:
    return datetime(year, month, number, tzinfo=timezone.get_default_timezone())


def events(forum: IdeaForumPage) -> Iterator[Event]:
    start = hours_since(day(2024, 3, 6))
    yield Event(start + 1, former_arrives)
    for number, words in enumerate(texts.IDEAS_2025):
        yield Event(start - 70 * number, partial(ideas.propose, forum, ideas.plain(words)))
        for username in words["supporters"]:
            happen = partial(ideas.support, forum, words["title"], username)
            yield Event(start - 70 * number - 30, happen)
    yield Event(start - 2, partial(name_citizen, forum))


def hours_since(moment: datetime) -> float:
    return (clock.now() - moment) / timedelta(hours=1)


def former_arrives() -> None:
    say_of_age(cannot_sign_in(*FORMER))


def name_citizen(forum: IdeaForumPage) -> None:
    """The citizen drew the map, and is named as co-author."""
    footpath = ideas.idea_called(forum, texts.IDEAS_2025[0]["title"]).contribution
    invitation = InviteCoAuthor(footpath, by=somebody(FORMER[0]), invitee="citizen").execute()
    AcceptInvitation(invitation, by=somebody("citizen")).execute()


def link_to_budget() -> None:
    """Record which idea became a project; then its author leaves, and stays named all the same."""
    from . import budgets  # noqa: PLC0415 - the room may be missing

    author = get_user_model().objects.filter(username=FORMER[0]).first()
    if author is None:
        return
    project = budgets.project(FOOTPATH).contribution
    idea = Participant.objects.of(author).contributions.get()
    with at(day(2024, 9, 21)):
        DeriveContribution(
            project, by=somebody("official"), source=idea, kind=DerivationKind.BECOMES_PROJECT
        ).execute()
        follow()
    with at(clock.now() - timedelta(days=40)):
        EraseParticipant(person(FORMER[0]), by=author, blank_texts=False).execute()
        follow()


def agree_to_texts() -> None:
    """The demo's own people have agreed to the texts long ago."""
    bodies = [text.body_for("en") for text in LegalText.objects.current()]
    shown = [Shown.of(body) for body in bodies if body]
    with at(clock.now() - timedelta(days=60)):
        for username in (*PEOPLE, *residents.CITIZENS):
            AgreeToTexts(person(username), by=somebody(username), shown=shown).execute()
