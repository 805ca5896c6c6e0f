"""Before publishing: offer the writer to mask personal data in their text, once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from civic_sourcing.moderation.checks import personal_data
from civic_sourcing.moderation.checks.conf import conf
from civic_sourcing.moderation.checks.personal import (
    HELD_KINDS,
    LABELS,
    PersonalDataCheck,
    today,
)

ANSWER = "masking"
"""Name of the two buttons of the offer; their values are ``MASKED`` and ``AS_IT_IS``."""

MASKED, AS_IT_IS = "masked", "as-it-is"


@dataclass(frozen=True)
class Offer:
    """
    ``text`` and ``title`` are the masked versions, ``kinds`` what was found, in words.

    ``waits`` says that it goes to a moderator first if it is published as it is.
    """

    text: str
    title: str
    kinds: Sequence[str | Promise]
    number: int
    waits: bool


def masking_offer(text: str, title: str = "", *, at: datetime | None = None) -> Offer | None:
    """Return what a writer is offered before ``text`` is published, ``None`` if nothing is."""
    found = {name: _found(words, at) for name, words in (("title", title), ("text", text))}
    every = [one for some in found.values() for one in some]
    if not every:
        return None
    kinds = dict.fromkeys(one.kind for one in every)
    return Offer(
        personal_data.masked(text, found["text"]),
        personal_data.masked(title, found["title"]),
        [LABELS[kind] for kind in kinds],
        len(every),
        any(_waits(kind) for kind in kinds),
    )


def is_answered(typed: Mapping[str, object]) -> bool:
    """Whether the writer has answered the offer with the form they sent."""
    return typed.get(ANSWER) in (MASKED, AS_IT_IS)


def masked_words(typed: Mapping[str, object], text: str, title: str = "") -> tuple[str, str]:
    """Return text and title as their writer wants them published: masked, or as they are."""
    offer = masking_offer(text, title) if typed.get(ANSWER) == MASKED else None
    return (offer.text, offer.title) if offer else (text, title)


def _found(words: str, at: datetime | None) -> list[personal_data.Found]:
    verdicts = conf.CHECK_VERDICTS
    if verdicts.get(PersonalDataCheck.key) == "off":
        return []
    found = personal_data.find(words, today=today(at))
    return [one for one in found if verdicts.get(one.kind) != "off"]


def _waits(kind: str) -> bool:
    wanted = conf.CHECK_VERDICTS.get(kind, conf.CHECK_VERDICTS.get(PersonalDataCheck.key))
    return wanted == "hold" or (wanted is None and kind in HELD_KINDS)
