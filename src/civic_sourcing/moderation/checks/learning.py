"""The learning filter: what moderators decided is advertising, and what is not."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from civic_sourcing.attribution.models import Contribution
from civic_sourcing.moderation.checks.bayes import (
    Counts,
    Filter,
    pack_places,
    places,
    unpack_places,
)
from civic_sourcing.moderation.checks.conf import conf
from civic_sourcing.moderation.checks.texts import CheckedText, ContentCheck, Hit, Span
from civic_sourcing.moderation.models import (
    Appeal,
    AppealOutcome,
    Case,
    Decision,
    FilterState,
    LearntText,
    Outcome,
    PreservedText,
    fresh_stamp,
)

NAME = "advertising"
EACH_KIND = 10
"""One in so many examples must be of the rarer kind."""

SPAM = frozenset({Outcome.HIDE, Outcome.REMOVE})
GOOD = frozenset({Outcome.NO_BREACH, Outcome.RELEASE})
LIKE_ADVERTISING = _("It waits because it looks like advertising. A moderator looks at it.")


class AdvertisingCheck(ContentCheck):
    """
    Hold what is much like texts that were taken down as advertising. Says nothing until there are
    ``FILTER_EXAMPLES`` decisions to learn from, one in ten of either kind.
    """

    key = "advertising"
    label = _("Learning filter")

    def examine(self, text: CheckedText) -> Iterable[Hit]:
        state = FilterState.objects.filter(name=NAME).defer("counts").first()
        if state is None or not is_ready(state):
            return
        spans: list[Span] = []
        opinion = _memory.filter(state).judge(text.whole)
        if opinion.probability <= conf.FILTER_HOLDS:
            return
        for start, end in opinion.reasons:
            spans += _in_field(text, start, end)
        facts = {
            "percent": int(opinion.probability * 100),
            "pieces": opinion.heard,
            "examples": state.good + state.spam,
        }
        yield Hit(self.key, "hold", "like-advertising", LIKE_ADVERTISING, spans, facts)


def is_ready(state: FilterState) -> bool:
    """Whether enough was learnt of either kind."""
    enough = conf.FILTER_EXAMPLES
    return state.good + state.spam >= enough and min(state.good, state.spam) * EACH_KIND >= enough


def follow_decision(sender: Any, subject: Case, result: Decision, **kwargs: Any) -> None:
    """Learn from a decision about a contribution, or forget what an earlier one taught."""
    contribution = subject.contribution
    if contribution is None:
        return
    lesson = lesson_of(result)
    if lesson is None:
        forget(contribution)
    else:
        learn(contribution, words_of(contribution), is_spam=lesson, at=result.decided_at)


def follow_appeal(sender: Any, subject: Appeal, **kwargs: Any) -> None:
    """A decision that did not stand teaches nothing."""
    contribution = subject.decision.case.contribution
    if contribution is not None and subject.outcome != AppealOutcome.UPHELD:
        forget(contribution)


def lesson_of(decision: Decision) -> bool | None:
    """Whether a decision says that a text is spam, or good; ``None`` if it says neither."""
    if decision.outcome in GOOD:
        return False
    is_advertising = decision.rule is not None and decision.rule.is_advertising
    return True if is_advertising and decision.outcome in SPAM else None


def words_of(contribution: Contribution) -> str:
    """The text a decision was about: what was preserved of it, else what it says now."""
    preserved = PreservedText.objects.filter(decision__case__contribution=contribution)
    row = preserved.exclude(text="").order_by("pk").first()
    title, text = (row.title, row.text) if row else contribution.kind_of.canonical(contribution)
    return CheckedText(title, text, contribution.language).whole


@transaction.atomic
def learn(contribution: Contribution, words: str, *, is_spam: bool, at: datetime) -> None:
    """Add a decided text to what the filter knows, in place of what was learnt from it before."""
    state = _locked_state()
    counts = _without(contribution, _counts(state))
    found = places(words)
    counts.add(found, is_spam=is_spam)
    LearntText.objects.update_or_create(
        contribution=contribution,
        defaults={"is_spam": is_spam, "places": pack_places(found), "learnt_at": at},
    )
    _keep(state, counts)


@transaction.atomic
def forget(contribution: Contribution) -> None:
    """Take back what one text has taught, if anything."""
    if not LearntText.objects.filter(pk=contribution.pk).exists():
        return
    state = _locked_state()
    counts = _without(contribution, _counts(state))
    LearntText.objects.filter(pk=contribution.pk).delete()
    _keep(state, counts)


def _locked_state() -> FilterState:
    FilterState.objects.get_or_create(name=NAME)
    return FilterState.objects.select_for_update().get(name=NAME)


def _counts(state: FilterState) -> Counts:
    return Counts.unpacked(state.good, state.spam, bytes(state.counts))


def _without(contribution: Contribution, counts: Counts) -> Counts:
    known = LearntText.objects.filter(pk=contribution.pk).first()
    if known is not None:
        counts.add(unpack_places(bytes(known.places)), is_spam=known.is_spam, times=-1)
    return counts


def _keep(state: FilterState, counts: Counts) -> None:
    state.good, state.spam, state.counts = counts.good, counts.spam, counts.packed()
    state.stamp = fresh_stamp()
    state.save()


def _in_field(text: CheckedText, start: int, end: int) -> Iterable[Span]:
    """Say in which field something stands that was found in the whole."""
    before = 0
    for name, words in text.fields:
        first, last = max(start - before, 0), min(end - before, len(words))
        if first < last:
            yield name, first, last
        before += len(words) + 1


class _Memory:
    """The filter as this server made it ready last."""

    def __init__(self) -> None:
        self._stamp = -1
        self._filter = Filter(Counts())

    def filter(self, state: FilterState) -> Filter:
        if state.stamp != self._stamp:
            fresh = FilterState.objects.get(name=state.name)
            self._stamp, self._filter = fresh.stamp, Filter(_counts(fresh))
        return self._filter


_memory = _Memory()
