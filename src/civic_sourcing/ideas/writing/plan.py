"""What the form of one forum asks, and in which steps."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from civic_sourcing.ideas.models import Category, District, FormQuestion, FormSetup, ForumRules

IDEA, ABOUT, FILES, CHECK = "idea", "about", "files", "check"

LABELS: dict[str, str | Promise] = {
    IDEA: pgettext_lazy("step", "What you propose"),
    ABOUT: pgettext_lazy("step", "Where and what about"),
    FILES: pgettext_lazy("step", "Photos and files"),
    CHECK: pgettext_lazy("step", "Check and publish"),
}


@dataclass(frozen=True)
class Step:
    """One screen of the form; ``number`` counts from one."""

    key: str
    number: int
    state: str

    @property
    def label(self) -> str | Promise:
        return LABELS[self.key]

    @property
    def is_current(self) -> bool:
        return self.state == "current"

    @property
    def is_past(self) -> bool:
        return self.state == "past"


@dataclass
class FormPlan:
    """
    The form of ``forum``: what is asked beside title and description.

    Of ``idea``, which is changed on it, category, district and tags can be chosen even where no new
    idea is offered them any more. Reads each of setup, rules, questions, categories and districts
    once, when it is needed.
    """

    forum: Any
    idea: Any = None

    @property
    def process(self) -> Any:
        return getattr(self.forum, "process", None)

    @cached_property
    def setup(self) -> FormSetup:
        if self.process is None:
            return FormSetup()
        return FormSetup.objects.of(self.process)

    @cached_property
    def rules(self) -> ForumRules:
        if self.process is None:
            return ForumRules()
        return ForumRules.objects.loaded(self.process)

    @cached_property
    def every_question(self) -> list[FormQuestion]:
        if self.process is None:
            return []
        return list(FormQuestion.objects.of(self.process))

    @property
    def questions(self) -> list[FormQuestion]:
        """Those replied to with words; files are handed in on a step of their own."""
        return [one for one in self.every_question if one.kind != FormQuestion.Kind.FILE]

    @property
    def file_questions(self) -> list[FormQuestion]:
        return [one for one in self.every_question if one.kind == FormQuestion.Kind.FILE]

    @cached_property
    def categories(self) -> list[Category]:
        return self._offered(Category, "category")

    @cached_property
    def districts(self) -> list[District]:
        return self._offered(District, "district")

    @cached_property
    def tag_words(self) -> list[str]:
        """The tags to choose from, with those ``idea`` has; none where people write their own."""
        words: list[str] = self.setup.tag_words
        own = self.idea.tags.names() if words and self.idea is not None else ()
        return list(dict.fromkeys([*words, *sorted(own)]))

    def _offered(self, model: Any, field: str) -> list[Any]:
        if self.process is None or not self.setup.asks(field):
            return []
        rows = list(model.objects.of(self.process).offered())
        own = getattr(self.idea, field, None)
        return rows if own is None or own in rows else [*rows, own]

    @property
    def untouched(self) -> dict[str, Any]:
        """What ``idea`` has and the form asks no more: arguments of ``EditIdea`` that keep it."""
        parts = {
            "tags": ("tags",),
            "category": ("category",),
            "district": ("district",),
            "location": ("address", "latitude", "longitude"),
        }
        kept = [name for field, names in parts.items() if not self.asks(field) for name in names]
        own = {name: getattr(self.idea, name) for name in kept if name != "tags"}
        return own | ({"tags": sorted(self.idea.tags.names())} if "tags" in kept else {})

    def asks(self, field: str) -> bool:
        if field in ("category", "district"):
            return bool(self.categories if field == "category" else self.districts)
        return self.setup.asks(field)

    @cached_property
    def keys(self) -> list[str]:
        """The steps of this form, in order."""
        about = self.questions or any(map(self.asks, ("category", "district", "location")))
        files = self.asks("photos") or self.file_questions
        return [IDEA, *([ABOUT] if about else []), *([FILES] if files else []), CHECK]

    def step(self, key: object) -> str:
        """``key`` if there is such a step, else the first one."""
        return str(key) if key in self.keys else IDEA

    def after(self, key: str) -> str:
        place = self.keys.index(key)
        return self.keys[min(place + 1, len(self.keys) - 1)]

    def before(self, key: str) -> str:
        """The step before, empty at the first."""
        place = self.keys.index(key)
        return self.keys[place - 1] if place else ""

    def steps(self, current: str) -> list[Step]:
        here = self.keys.index(current)
        states = ["past" if i < here else "current" if i == here else "coming" for i in range(9)]
        return [Step(key, i + 1, states[i]) for i, key in enumerate(self.keys)]
