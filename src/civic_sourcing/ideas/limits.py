"""How much one person may hand in and support in one forum, and what is listed at once."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from civic_sourcing.attribution.models import Channel, Contribution, State
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.text import TextRefused, graphemes
from civic_sourcing.core.text.hygiene import raw_length_cap
from civic_sourcing.ideas.models import Event, FormSetup, ForumRules, Support, ThresholdRule
from civic_sourcing.ideas.tags import OTHER_TAGS
from civic_sourcing.participants.models import Participant

KIND = "idea"
GIVEN_BACK = frozenset({State.WITHDRAWN, State.REMOVED})
"""States of ideas that no longer count against their author's limit."""
BY_STAFF = frozenset({Channel.STAFF})
"""Channels whose ideas are listed at once: they stand for others that were listed already."""


def refuse_too_many(author: Participant, process: Any) -> None:
    """Refuse another idea of who has as many as the forum allows. Holds their row's lock."""
    most = ForumRules.objects.loaded(process).ideas_per_person
    if most is None:
        return
    _locked(author)
    own = Contribution.objects.filter(process=process, author=author, kind=KIND)
    if own.exclude(state__in=GIVEN_BACK).count() >= most:
        raise ActionRefused(
            ngettext_lazy(
                "Everybody can hand in %(most)d contribution here, and you have.",
                "Everybody can hand in %(most)d contributions here, and you have.",
                "most",
            )
            % {"most": most},
            code="as-many-as-allowed",
        )


def refuse_too_long(text: str, process: Any) -> None:
    """Refuse a text longer than the forum takes, counted as a reader sees it."""
    rules = ForumRules.objects.loaded(process)
    cap = raw_length_cap(rules.text_length)
    if rules.body_length and len(text) <= cap and graphemes(text) > rules.text_length:
        raise TextRefused(
            _("This text is too long: at most %(most)d characters can be handed in here.")
            % {"most": rules.text_length},
            code="too-long",
        )


def refuse_other_tags(tags: Collection[str], process: Any, *, own: Collection[str] = ()) -> None:
    """Refuse tags beside those the forum offers, where it does, and what the idea had before."""
    new = set(tags) - set(own)
    words = FormSetup.objects.of(process).tag_words if new else []
    if words and not new <= set(words):
        raise ActionRefused(OTHER_TAGS, code="tag-not-offered")


def refuse_more_support(supporter: Participant, process: Any) -> None:
    """Refuse support of who has given as much as the forum allows. Holds their row's lock."""
    most = ForumRules.objects.loaded(process).supports_per_person
    if most is None:
        return
    _locked(supporter)
    given = Support.objects.filter(participant=supporter, contribution__process=process)
    if given.count() >= most:
        raise ActionRefused(
            ngettext_lazy(
                "Everybody can support %(most)d contribution here. Take a support back to give it "
                "to another one.",
                "Everybody can support %(most)d contributions here. Take a support back to give it "
                "to another one.",
                "most",
            )
            % {"most": most},
            code="no-support-left",
        )


def starts_unlisted(process: Any, channel: str, at: datetime) -> bool:
    """Tell whether what is filed now waits for its first supporters before lists show it."""
    if channel in BY_STAFF:
        return False
    rules = ThresholdRule.objects.of(process).in_force(at)
    return rules.filter(event=Event.VISIBLE).exists()


def _locked(person: Participant) -> None:
    Participant.objects.select_for_update(no_key=True).get(pk=person.pk)
