"""
The forums of the town, one in each phase: what they ask, since when, and under which rules.

Days are counted from today. The rules of three of them begin with published rules of real
programmes, with the numbers of a small town.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from wagtail.models import Page

from civic_sourcing.ideas.actions.rules import SetForumRules, Threshold
from civic_sourcing.ideas.models import Category, District, FormSetup, IdeaForumPage
from civic_sourcing.ideas.recipes import find_recipe
from civic_sourcing.processes.actions import SetRules
from civic_sourcing.processes.models import Mandate, Process
from civic_sourcing.processes.rules import PhaseRule

from . import reading
from .pages import page_in_both_languages
from .participation import hub
from .past import at, present
from .people import somebody

Span = tuple[str, int, int | None]


@dataclass(frozen=True)
class Forum:
    """
    One forum: the file of its ideas, its address, its phases as days from today.

    ``rules`` are those of ``SetForumRules``, but for the texts; ``answer_in`` days from today is
    when an agency has promised to answer all.
    """

    name: str
    slug: str
    spans: Sequence[Span]
    mandate: Mandate = Mandate.ADVISORY
    rules: dict[str, Any] = field(default_factory=dict)
    thresholds: Sequence[Threshold] = ()
    answer_in: int | None = None

    @property
    def answer_due(self) -> Threshold | None:
        """What obliges the city to answer."""
        return next((each for each in self.thresholds if each.event == "answer_due"), None)

    @property
    def opened(self) -> int:
        return self.spans[0][1]

    @property
    def collected(self) -> int:
        """The day after which nothing more comes in; tomorrow while it is open."""
        last = self.spans[0][2]
        return 0 if last is None else min(last, 0)

    @property
    def supported(self) -> int:
        """The day after which no support is taken."""
        lasts = [last for kind, _first, last in self.spans if kind in {"collect", "support"}]
        return min([0, *(last for last in lasts[-1:] if last is not None)])

    @property
    def closed(self) -> int:
        """The day its last phase ends; today while one is open."""
        last = self.spans[-1][2]
        return 0 if last is None else min(last, 0)

    def first_day(self, kind: str) -> int | None:
        return next((first for each, first, _last in self.spans if each == kind), None)


def spans(opens: int, support: int, review: int, answer: int, end: int | None = None) -> list[Span]:
    return [
        ("collect", opens, support),
        ("support", support, review),
        ("review", review, answer),
        ("answer", answer, end),
    ]


def preset(key: str, changes: dict[str, dict[str, Any]]) -> list[Threshold]:
    """The thresholds of a preset, with what the editor changed in them by what follows."""
    recipe = find_recipe(key)
    assert recipe is not None  # presets of the package
    return [
        Threshold(**{**each.values(), **changes.get(each.event, {})}) for each in recipe.thresholds
    ]


def from_preset(key: str) -> dict[str, Any]:
    """The rules of a preset."""
    recipe = find_recipe(key)
    assert recipe is not None  # presets of the package
    return {"recipe": key, **recipe.rules}


SEOUL, LONDON = "democracy-seoul-2020", "uk-parliament"
TODAY = Forum("cool", "ideas", spans(-21, 35, 49, 79))
OTHERS = [
    Forum(
        "river",
        "river-and-parks",
        spans(-370, -310, -285, -245, -60),
        rules={"review_days": 40},
    ),
    Forum(
        "petitions",
        "petitions",
        [("collect", -300, None)],
        mandate=Mandate.CONDITIONAL,
        rules=from_preset(LONDON),
        thresholds=preset(LONDON, {"answer_due": {"number": 60}, "debate": {"number": 120}}),
    ),
    Forum(
        "growing",
        "growing-up",
        spans(-240, -150, -120, -45),
        mandate=Mandate.CONDITIONAL,
        rules={"review_days": 75},
    ),
    Forum(
        "market",
        "market-quarter",
        spans(-150, -75, -40, 20),
        rules={"initiator": "agency", "review_days": 60},
        answer_in=60,
    ),
    Forum(
        "safe",
        "safe-ways",
        spans(-75, -14, 14, 44),
        mandate=Mandate.CONDITIONAL,
        rules=from_preset(SEOUL),
        thresholds=preset(SEOUL, {"review": {"answer_days": 75}}),
    ),
]


def made(forum: Forum) -> IdeaForumPage:
    """Return its English page, made, translated and given its rules if it is missing."""
    words = reading.texts("pages")[forum.name]
    own = ("problem", "owner")
    texts = {
        code: {name: value for name, value in each.items() if name not in own}
        for code, each in words.items()
    }
    fields = {"show_in_menus": True} if forum is TODAY else {}
    found = page_in_both_languages(
        IdeaForumPage, parent=Page.objects.get(pk=hub().pk), slug=forum.slug, texts=texts, **fields
    )
    page = IdeaForumPage.objects.get(pk=found.pk)
    if not page.process.phases.exists():
        dated, rules = phases(forum), rules_of(forum, words)
        with at(midnight(forum.opened - 3)):
            SetRules(page.process, by=None, mandate=forum.mandate, phases=dated).execute()
            SetForumRules(page.process, by=None, **rules).execute()
        add_places(page.process)
        ask_for_more(page.process)
    return page


def phases(forum: Forum) -> list[PhaseRule]:
    return [
        PhaseRule(kind, midnight(first), None if last is None else midnight(last))
        for kind, first, last in forum.spans
    ]


def midnight(day: int) -> datetime:
    """The beginning of a day in the town, counted from today."""
    today = timezone.localtime(present()).replace(hour=0, minute=0, second=0, microsecond=0)
    return today + timedelta(days=day)


def day(number: int) -> date:
    return midnight(number).date()


def rules_of(forum: Forum, words: dict[str, Any]) -> dict[str, Any]:
    """What holds in it: thresholds, who is reminded, an agency's problem and who answers for it."""
    rules = {**forum.rules, "owner": somebody("official"), "thresholds": forum.thresholds}
    if forum.answer_in is not None:
        rules["problem_statements"] = {code: each["problem"] for code, each in words.items()}
        rules["owner_name"] = words["en"]["owner"]
        rules["answer_on"] = day(forum.answer_in)
    return rules


def add_places(process: Process) -> None:
    places = reading.texts("places")
    Category.objects.bulk_create(
        Category(process=process, code=code, names={"en": en, "ko": ko}, icon=icon, position=number)
        for number, (code, en, ko, icon) in enumerate(places["categories"])
    )
    District.objects.bulk_create(
        District(process=process, code=code, names={"en": en, "ko": ko}, position=number)
        for number, (code, en, ko) in enumerate(places["districts"])
    )


def ask_for_more(process: Process) -> None:
    """The form takes a photo and a spot on the map too."""
    FormSetup.objects.get_or_create(
        process=process, defaults={"location": "optional", "photos": "optional"}
    )
