"""Ideas as they were handed in, and who stands behind them; told from the files of a forum."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from functools import partial
from random import Random
from typing import Any

from civic_sourcing.attribution.licences import offered
from civic_sourcing.attribution.models import LicenceVersion
from civic_sourcing.ideas.actions import ProposeIdea, SupportIdea
from civic_sourcing.ideas.models import IdeaForumPage, IdeaPage, Support

from . import photos, residents
from .forums import Forum, midnight
from .past import Event, as_read, present
from .people import somebody
from .reading import WrittenIdea, written

CENTRES = {
    "old-town": (35.1030, 128.9055),
    "riverside": (35.0982, 128.9048),
    "hanbit": (35.1186, 128.9103),
    "dongsan": (35.1112, 128.8928),
    "saebyeok": (35.0956, 128.9182),
}
PLACED = 0.7  # of the ideas say where they are
ENDS = frozenset({"withdrawn", "merged"})
ENDED = {"safe": 18, "market": 30, "growing": 110, "river": 295}
"""Days ago, by forum, when its ideas were withdrawn or merged."""
DAY = 24.0  # hours


class Life:
    """One idea from its first word on. Times are days before now."""

    def __init__(self, forum: Forum, pages: dict[str, IdeaForumPage], words: WrittenIdea, at: int):
        self.forum, self.pages, self.words, self.number = forum, pages, words, at
        self.random = Random(words.title)  # noqa: S311 - it has to come out the same each time
        self.filed = self._filed()
        self.idea: Any = None

    @property
    def ended(self) -> float | None:
        """When it was withdrawn or became part of another."""
        if "until" in self.words.facts:
            return float(self.words.facts["until"]) / DAY
        return ENDED[self.forum.name] if self.words.facts.get("stage") in ENDS else None

    @property
    def supported_until(self) -> float:
        return max(-float(self.forum.supported), 0.1, self.ended or 0) + 0.05

    def events(self) -> Iterator[Event]:
        yield Event(self.filed * DAY, self.propose)
        yield from self.supports()

    def propose(self) -> None:
        words, page = self.words, self.pages[self.words.language]
        draft = photos.draft_with(words, page) if "photo" in words.facts else None
        self.idea = propose(
            page,
            words,
            category=page.process.category_set.get(code=words.category),
            district=page.process.district_set.get(code=words.district),
            draft=draft,
            **self._spot(),
        )
        if draft is not None:
            draft.delete()

    def supports(self) -> Iterator[Event]:
        """Those by name and those that reach a threshold are steps; the rest comes in between."""
        moments, by_name = self.moments(), self._supporters()
        quiet = self.random.sample(residents.quiet_ones(), len(moments) - len(by_name))
        waiting: list[tuple[int, float]] = []
        for number, days in enumerate(moments):
            if number in by_name:
                if waiting:
                    yield Event(days * DAY + 0.001, partial(self.add_supports, waiting))
                    waiting = []
                yield Event(days * DAY, partial(self.support, by_name[number]))
            else:
                waiting.append((quiet.pop(), days))
        if waiting:
            yield Event(waiting[-1][1] * DAY, partial(self.add_supports, waiting))

    def moments(self) -> list[float]:
        """When each support came, the first first: many at once, then fewer."""
        number, start, end = self.words.supports, self.filed - 0.02, self.supported_until
        reached = self.words.facts.get("reached")
        if reached and self.forum.answer_due:
            before = self.forum.answer_due.number
            early = [_between(start, float(reached), each / before) for each in range(before)]
            rest = number - before
            return early + [_between(float(reached), end, each / rest) for each in range(rest)]
        if self.words.supporters:
            return [_between(start, end, (each + 1) / (number + 1)) for each in range(number)]
        return [_between(start, end, ((each + 0.5) / number) ** 1.5) for each in range(number)]

    def support(self, username: str) -> None:
        SupportIdea(self.idea, by=somebody(username)).execute()

    def add_supports(self, given: list[tuple[int, float]]) -> None:
        """Many at once, as if each had come at its time; ``recount`` makes the tallies right."""
        today = present()
        Support.objects.bulk_create(
            Support(
                contribution_id=self.idea.contribution_id,
                participant_id=key,
                created_at=today - timedelta(days=days),
            )
            for key, days in given
        )

    def _supporters(self) -> dict[int, str]:
        """Usernames by the place of their support in the row."""
        words = self.words
        if words.supporters:
            return dict(enumerate(words.supporters))
        known = (name for name in residents.some(residents.voices("en"), words.title))
        names = (name for name in known if name != words.author)
        steps = {threshold.number - 1 for threshold in self.forum.thresholds}
        steps.add(self.random.randrange(words.supports))
        return {number: next(names) for number in sorted(steps) if number < words.supports}

    def _filed(self) -> float:
        """
        As the file says; otherwise one after the other while ideas were collected, from midnight
        to midnight: counted from now, the last would come too late in the afternoon.
        """
        if "hours" in self.words.facts:
            return float(self.words.facts["hours"]) / DAY
        first, last = self.forum.opened, self.forum.collected
        count = len(written(self.forum.name))
        share = (self.number + self.random.uniform(0.2, 0.8)) / count
        since_midnight = (present() - midnight(0)) / timedelta(days=1)
        return since_midnight - (first + (last - first) * share)

    def _spot(self) -> dict[str, Decimal]:
        if "at" in self.words.facts:
            spot = self.words.facts["at"].split(",")
        elif self.random.random() < PLACED:
            spot = [
                f"{centre + self.random.uniform(-0.006, 0.006):.4f}"
                for centre in CENTRES[self.words.district]
            ]
        else:
            return {}
        return dict(zip(("latitude", "longitude"), map(Decimal, spot), strict=True))


def lives(forum: Forum, page: IdeaForumPage) -> list[Life]:
    """The ideas of a forum, none of which has happened yet."""
    pages = {each.locale.language_code: each for each in page.get_translations(inclusive=True)}
    return [Life(forum, pages, words, at) for at, words in enumerate(written(forum.name))]


def propose(page: IdeaForumPage, words: WrittenIdea, **details: Any) -> IdeaPage:
    wanted = LicenceVersion.objects.filter(licence__key=words.facts.get("licence", ""))
    filing = ProposeIdea(
        page,
        by=somebody(words.author),
        title=words.title,
        description=words.description,
        tags=words.tags,
        licence=next((each for each in offered(page.process) if each in wanted), None),
        **details,
    )
    with as_read():
        idea: IdeaPage = filing.execute()
    return idea


def plain(words: dict[str, Any]) -> WrittenIdea:
    """An idea told elsewhere, with its text in one piece."""
    facts = {"tags": ",".join(words["tags"])}
    return WrittenIdea(
        words["title"], words["author"], facts=facts, paragraphs=[[words["description"]]]
    )


def support(forum: IdeaForumPage, title: str, username: str) -> None:
    SupportIdea(idea_called(forum, title), by=somebody(username)).execute()


def idea_called(forum: IdeaForumPage, title: str) -> IdeaPage:
    return IdeaPage.objects.of(forum.process).get(title=title)


def _between(start: float, end: float, share: float) -> float:
    return start + (end - start) * share
