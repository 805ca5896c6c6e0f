"""Before publishing: offer the writer to mask personal data in their text, once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
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


def settle(form: Any, *, text: str, title: str = "") -> Offer | None:
    """
    Settle what is personal in a valid ``form``: return the offer still to be made to its writer.

    ``text`` and ``title`` name its fields. Where the writer has chosen the masked version, the form
    says that from now on, cleaned and as it would be shown again. A form that is shown again needs
    the field ``ANSWER`` (``answer_field``) to remember an answer.
    """
    answer = form.data.get(ANSWER)
    if answer == AS_IT_IS:
        return None
    words = form.cleaned_data
    offer = masking_offer(words[text], words.get(title, ""))
    if offer is None or answer != MASKED:
        return offer
    masked = {text: offer.text, **({title: offer.title} if title else {})}
    words.update(masked)
    form.data = {**{name: form.data[name] for name in form.data}, **masked}
    return None


def answer_field() -> forms.Field:
    """The answer of an earlier round; the buttons of the offer come after it and win."""
    return forms.CharField(required=False, widget=forms.HiddenInput)


def _found(words: str, at: datetime | None) -> list[personal_data.Found]:
    verdicts = conf.CHECK_VERDICTS
    if verdicts.get(PersonalDataCheck.key) == "off":
        return []
    found = personal_data.find(words, today=today(at))
    return [one for one in found if verdicts.get(one.kind) != "off"]


def _waits(kind: str) -> bool:
    wanted = conf.CHECK_VERDICTS.get(kind, conf.CHECK_VERDICTS.get(PersonalDataCheck.key))
    return wanted == "hold" or (wanted is None and kind in HELD_KINDS)
