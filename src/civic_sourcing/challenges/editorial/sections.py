"""The nine sections of a challenge, and what each of them holds."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

FILE = "fields.toml"
PACKAGE = "civic_sourcing.challenges.editorial"


class Section(models.TextChoices):
    """Each is edited and saved by itself, in this order."""

    GENERAL = "general", pgettext_lazy("section", "General")
    DETAILS = "details", pgettext_lazy("section", "Details")
    TIMELINE = "timeline", pgettext_lazy("section", "Timeline")
    PRIZES = "prizes", pgettext_lazy("section", "Prizes")
    RULES = "rules", pgettext_lazy("section", "Rules")
    JUDGING = "judging", pgettext_lazy("section", "Judging")
    HOW_TO_ENTER = "how_to_enter", pgettext_lazy("section", "How to enter")
    RESOURCES = "resources", pgettext_lazy("section", "Resources")
    REVIEW = "review", pgettext_lazy("section", "Review")

    @property
    def guidance(self) -> Any:
        """What to think of while writing it."""
        return GUIDANCE[self]

    @property
    def slug(self) -> str:
        """Its name in addresses."""
        return self.value.replace("_", "-")


GUIDANCE: dict[str, Any] = {
    Section.GENERAL: _(
        "What people see first, in lists and when somebody passes the challenge on. Name the "
        "problem in the title, not the programme it belongs to."
    ),
    Section.DETAILS: _(
        "Say what goes wrong, for whom, and how you would notice that it is solved. Describe the "
        "problem and leave the solution open. Short sentences; explain every term and acronym."
    ),
    Section.TIMELINE: _(
        "One phase is enough for most challenges. Give people six weeks or more to enter, and "
        "yourself enough time to judge: dates can be put off later, never brought forward."
    ),
    Section.PRIZES: _(
        "Say what there is to win, for whom and in which phase, and what allows the city to pay "
        "it. The parts have to come to the sum that is announced. A prize can be raised later, "
        "never lowered."
    ),
    Section.RULES: _(
        "Who may enter, what happens to rights and to personal data, and how minors take part. "
        "Rights stay with the author unless you say otherwise here."
    ),
    Section.JUDGING: _(
        "People can only prepare for criteria they know. Three to six are enough; give each its "
        "points and a sentence on what is expected. They stay as they are once the challenge is "
        "open."
    ),
    Section.HOW_TO_ENTER: _(
        "The way from reading to handing in, step by step, and what the form will ask."
    ),
    Section.RESOURCES: _(
        "Data, maps, studies, earlier attempts, and answers to what people will ask. Everybody "
        "gets the same information."
    ),
    Section.REVIEW: _(
        "What is still missing, who has to read it, and when it is published. A steward of the "
        "site looks at every challenge before it opens."
    ),
}


@dataclass(frozen=True)
class Fields:
    """``texts`` are fields of the page in its language, ``facts`` those of the challenge."""

    texts: tuple[str, ...]
    facts: tuple[str, ...]


def fields_of(section: str) -> Fields:
    own = _document()["sections"][section]
    return Fields(tuple(own["texts"]), tuple(own["facts"]))


def limit(name: str) -> int:
    """The most characters of a text, or the most further types."""
    most: int = _document()["limits"][name]
    return most


def legal_authorities() -> dict[str, dict[str, str]]:
    """The legal bases a list begins with: ``{key: {language: name}}``, in order."""
    named: dict[str, dict[str, str]] = _document()["legal_authorities"]
    return named


@cache
def _document() -> dict[str, Any]:
    return tomllib.loads((files(PACKAGE) / FILE).read_text("utf-8"))
