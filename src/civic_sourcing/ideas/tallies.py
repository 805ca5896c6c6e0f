"""
Keep the numbers and searched words of ideas right, in the transaction that changes what they count.

Whoever files, shows, hides, moves or rewords an idea calls ``keep``; support, followers and remarks
have a function each. The row of the tally is the last one locked. ``recount`` makes everything
again from what is there: for imports, demo data and benchmarks, and for the tick.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from django.core.cache import cache
from django.db import OperationalError, models, transaction
from django.db.models import Count, F, Q
from django.db.models.functions import Abs, Greatest, Ln, Power
from wagtail.models import get_page_models

from civic_sourcing.attribution.discussions import remarks_on
from civic_sourcing.ideas import trend
from civic_sourcing.ideas.models import IdeaFollow, IdeaMixin, IdeaTally, IdeaText, Support
from civic_sourcing.ideas.search import folding
from civic_sourcing.ideas.search.index import let_go
from civic_sourcing.ideas.tags import tags_of

BATCH = 500
LN2 = 0.6931471805599453
SEEN_WRITTEN_EVERY = 60
"""Seconds in which the visits of one idea are written down once at most."""


def enter(idea: Any, tags: Iterable[str]) -> None:
    """Make both rows of an idea just filed."""
    IdeaTally.objects.bulk_create([_new_tally(idea)])
    _write_texts([_text(idea, sorted(tags))])


def keep(idea: Any) -> None:
    """Bring both rows of ``idea`` in line with its page: process, if it is listed, its words."""
    listed, process = is_listed(idea), idea.process_id
    there = IdeaTally.objects.filter(pk=idea.contribution_id)
    if not there.update(listed=listed, process=process):
        IdeaTally.objects.bulk_create(
            [_new_tally(idea)],
            update_conflicts=True,
            update_fields=["listed", "process"],
            unique_fields=["contribution"],
        )
    keep_words(idea)


def keep_words(idea: Any) -> None:
    """Write down the words of ``idea`` for the search, in place of what it knew before."""
    _write_texts([_text(idea, list(idea.tags.values_list("name", flat=True)))])


def is_listed(idea: Any) -> bool:
    return bool(idea.live and not idea.unlisted)


def supported(contribution: int, at: datetime) -> None:
    """Count one support more, given ``at``. One statement: nobody waits longer than for the row."""
    mark = trend.mark(at)
    score = F("trending")
    higher = Greatest(score, models.Value(mark))
    distance = Abs(score - models.Value(mark))
    # Far apart, the lower one adds nothing a float could hold.
    near = models.Case(models.When(trending__range=(mark - 60, mark + 60), then=distance))
    raised = higher + models.functions.Coalesce(
        Ln(1 + Power(models.Value(2.0), -near)) / models.Value(LN2), 0.0
    )
    IdeaTally.objects.filter(pk=contribution).update(
        supports=F("supports") + 1,
        trending=raised,
        activity_at=Greatest(F("activity_at"), models.Value(at)),
    )


def support_taken_back(contribution: int) -> None:
    """Count the supports again, and what they are worth."""
    recount([contribution])


def followed(contribution: int, change: int) -> None:
    """Count one follower more (1) or less (-1)."""
    IdeaTally.objects.filter(pk=contribution).update(followers=F("followers") + change)


def discussed(contribution: int, change: int, at: datetime) -> None:
    """Count one remark more (1) or less (-1). Receives the discussions of the ledger."""
    IdeaTally.objects.filter(pk=contribution).update(
        comments=F("comments") + change,
        activity_at=Greatest(F("activity_at"), models.Value(at)),
    )


def touched(contribution: int, at: datetime) -> None:
    """Note that something happened to it at ``at``, such as a new stage or an answer."""
    rows = IdeaTally.objects.filter(pk=contribution, activity_at__lt=at)
    rows.update(activity_at=at)


def opened(contribution: int) -> None:
    """
    Count one visit. The first is written down, later ones at most once a minute.

    What waits in the cache may be lost with it: "least seen" needs no more than a good guess.
    """
    waiting = f"civic_ideas:seen:{contribution}"
    if not cache.add(f"{waiting}:written", 1, SEEN_WRITTEN_EVERY):
        cache.add(waiting, 0, None)
        try:
            cache.incr(waiting)
        except ValueError:  # it went just now
            cache.set(waiting, 1, None)
        return
    more = 1 + (cache.get(waiting) or 0)
    cache.delete(waiting)
    IdeaTally.objects.filter(pk=contribution).update(seen=F("seen") + more)


def recount(contributions: Iterable[int] | None = None) -> int:
    """
    Make rows of these ideas (default: all) again from what is there; return how many.

    ``seen`` stays, and so does ``activity_at`` unless something later is there.
    """
    number = 0
    for ideas in _batches(contributions):
        with transaction.atomic():
            keys = sorted(idea.contribution_id for idea in ideas)
            rows = IdeaTally.objects.select_for_update(no_key=True).filter(pk__in=keys)
            known = {row.pk: row for row in rows.order_by("pk")}
            _write_tallies(ideas, known)
            _write_texts(_texts(ideas))
        number += len(ideas)
    return number


def missing() -> list[int]:
    """Contributions of ideas without a tally, or whose words were read in another way."""
    wrong = Q(contribution__idea_tally=None) | ~Q(contribution__idea_text__format=folding.FORMAT)
    return [
        key
        for model in _idea_models()
        for key in model.objects.filter(wrong | Q(contribution__idea_text=None))
        .order_by("contribution")
        .values_list("contribution", flat=True)[:BATCH]
    ]


def counted(keys: Iterable[int]) -> dict[int, dict[str, Any]]:
    """Return what tallies of these contributions have to say, apart from what only they know."""
    wanted = list(keys)
    given: dict[int, list[datetime]] = defaultdict(list)
    supports = Support.objects.filter(contribution__in=wanted).order_by("pk")
    for key, at in supports.values_list("contribution", "created_at"):
        given[key].append(at)
    follows = IdeaFollow.objects.filter(contribution__in=wanted).order_by()
    followers = dict(follows.values_list("contribution").annotate(number=Count("pk")))
    comments, latest = _remarks(wanted)
    return {
        key: {
            "times": given[key],
            "supports": len(given[key]),
            "followers": followers.get(key, 0),
            "comments": comments[key],
            "latest": max([*given[key][-1:], *latest.get(key, ())], default=None),
        }
        for key in wanted
    }


def _remarks(keys: list[int]) -> tuple[Counter[int], dict[int, list[datetime]]]:
    number: Counter[int] = Counter()
    latest: dict[int, list[datetime]] = defaultdict(list)
    for remarks in remarks_on(keys):
        rows = remarks.order_by().values_list("subject")
        for key, count, last in rows.annotate(number=Count("pk"), last=models.Max("said_at")):
            number[key] += count
            latest[key].append(last)
    return number, latest


def _batches(contributions: Iterable[int] | None) -> Iterator[list[Any]]:
    for model in _idea_models():
        rows = model.objects.order_by("contribution")
        if contributions is not None:
            rows = rows.filter(contribution__in=list(contributions))
        keys = iter(list(rows.values_list("contribution", flat=True)))
        while some := list(islice(keys, BATCH)):
            ideas = model.objects.filter(contribution__in=some)
            yield list(ideas.select_related("contribution").order_by("contribution"))


def _write_tallies(ideas: list[Any], known: dict[int, IdeaTally]) -> None:
    numbers = counted(idea.contribution_id for idea in ideas)
    fresh = []
    for idea in ideas:
        row = known.get(idea.contribution_id) or _new_tally(idea)
        said = numbers[idea.contribution_id]
        row.listed, row.process_id, row.filed_at = is_listed(idea), idea.process_id, idea.filed_at
        row.supports, row.comments = said["supports"], said["comments"]
        row.followers = said["followers"]
        row.trending = trend.score([idea.filed_at, *said["times"]])
        row.activity_at = max(filter(None, [row.activity_at, said["latest"]]))
        fresh.append(row)
    fields = ["listed", "process", "filed_at", "supports", "comments", "followers", "trending"]
    IdeaTally.objects.bulk_create(
        fresh,
        update_conflicts=True,
        update_fields=[*fields, "activity_at"],
        unique_fields=["contribution"],
    )


def _new_tally(idea: Any) -> IdeaTally:
    return IdeaTally(
        contribution_id=idea.contribution_id,
        process_id=idea.process_id,
        listed=is_listed(idea),
        filed_at=idea.filed_at,
        activity_at=idea.filed_at,
        trending=trend.score([idea.filed_at]),
    )


def _texts(ideas: list[Any]) -> list[IdeaText]:
    tags = tags_of(ideas)
    return [_text(idea, tags[idea.pk]) for idea in ideas]


def _text(idea: Any, tags: list[str]) -> IdeaText:
    """What the search may know of it: nothing while nobody can read it."""
    if not idea.live:
        return IdeaText(contribution_id=idea.contribution_id, format=folding.FORMAT)
    title = folding.words_of(idea.title)
    words = " ".join([title, folding.words_of("\n".join([idea.description, *tags]))])
    return IdeaText(
        contribution_id=idea.contribution_id,
        format=folding.FORMAT,
        title=title,
        words=words,
        grams=" ".join(sorted(folding.pieces_of(words))),
    )


def _write_texts(texts: list[IdeaText]) -> None:
    try:
        _put(texts)
    except OperationalError as refused:
        if not let_go(refused):
            raise
        _put(texts)


def _put(texts: list[IdeaText]) -> None:
    IdeaText.objects.bulk_create(
        texts,
        update_conflicts=True,
        update_fields=["format", "title", "words", "grams"],
        unique_fields=["contribution"],
    )


def _idea_models() -> list[Any]:
    return [model for model in get_page_models() if issubclass(model, IdeaMixin)]
