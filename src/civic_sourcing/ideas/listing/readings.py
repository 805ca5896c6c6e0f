"""What every list of a forum reads in the same way, put together once: see ``core.rows``."""

from __future__ import annotations

import functools
from collections import namedtuple
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.db import router
from django.db.models import Count, Max
from django.db.models.functions import Now

from civic_sourcing.core.rows import Reading, ReadingOf, columns_of
from civic_sourcing.ideas.listing.orders import ORDERS
from civic_sourcing.ideas.models import (
    Category,
    District,
    ForumRules,
    IdeaTally,
    ThresholdRule,
)
from civic_sourcing.ideas.models.ideas import ON_CARDS, OWN_ON_CARDS
from civic_sourcing.processes.models import Process

OF_PROCESS, OF_RULES = columns_of(Process), columns_of(ForumRules)

CardRow: Any = namedtuple("CardRow", (*OWN_ON_CARDS, *ON_CARDS))  # type: ignore[misc]

_process = Reading(
    lambda key: (
        Process.objects.annotate(read_at=Now())
        .filter(pk=key)
        .values_list("read_at", *OF_PROCESS, *columns_of(ForumRules, below="forum_rules"))
    )
)


def process_now(key: int) -> tuple[Process, datetime]:
    """The process of a forum with its rules, and when it was read by the database's clock."""
    using = router.db_for_read(Process)
    ((at, *columns),) = _process(key, using=using)
    process = Process.from_db(using, OF_PROCESS, columns[: len(OF_PROCESS)])
    rules = columns[len(OF_PROCESS) :]
    if rules[0] is None:
        process._state.fields_cache["forum_rules"] = None
    else:
        process.forum_rules = ForumRules.from_db(using, OF_RULES, rules)
    return process, at


categories = ReadingOf(Category, Category.objects.of)
districts = ReadingOf(District, District.objects.of)
threshold_rules = ReadingOf(ThresholdRule, ThresholdRule.objects.of)

_numbers = Reading(
    lambda process: (
        IdeaTally.objects.listed_in(process)
        .order_by()
        .values("process")
        .values_list(Count("pk"), Max("pk"))
    )
)


def numbers(process: int | None) -> tuple[int, int | None]:
    """How many ideas are listed in a forum, and the latest contribution among them."""
    rows = _numbers(process, using=router.db_for_read(IdeaTally))
    return rows[0] if rows else (0, None)


class Keys:
    """Contributions of all ideas listed in a forum, in one of ``ORDERS``; to be sliced."""

    def __init__(self, process: int | None, order: str) -> None:
        self.process = process
        self.order = order

    def __getitem__(self, some: slice) -> list[int]:
        part = some.stop - some.start, some.start
        using = router.db_for_read(IdeaTally)
        return [key for (key,) in _in_order(self.order)(self.process, using=using, part=part)]


@functools.cache
def _in_order(order: str) -> Reading:
    def build(process: int) -> Any:
        rows = IdeaTally.objects.listed_in(process)
        return rows.order_by(*ORDERS[order]).values_list("pk")

    return Reading(build)


def rows_for_cards(model: Any, contributions: Iterable[int]) -> list[Any]:
    """What cards say of these ideas, in no order."""
    keys = list(contributions)
    using = router.db_for_read(model)
    return list(map(CardRow._make, _cards(model)(*keys, using=using))) if keys else []


@functools.cache
def _cards(model: Any) -> Reading:
    build: Callable[..., Any] = lambda *keys: (  # noqa: E731
        model.objects.order_by().for_cards().filter(contribution__in=keys)
    )
    return Reading(build)
