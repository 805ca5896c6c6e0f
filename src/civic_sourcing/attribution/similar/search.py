"""
Find the contributions most like one that is about to be filed.

Candidates share rare keys with it; the best of them are compared word by word. The number of
queries and of rows read does not grow with the ledger.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Sum
from django.http import HttpRequest

from civic_sourcing.attribution.kinds import contribution_kind
from civic_sourcing.attribution.models import (
    Contribution,
    IndexedTitle,
    KeyCount,
    State,
    TitleKey,
)
from civic_sourcing.attribution.similar import grams, index
from civic_sourcing.attribution.similar.resemblance import (
    ENOUGH,
    TEXT_ENOUGH,
    rarity,
    resemblance,
)
from civic_sourcing.processes.models import Process

KEYS_ASKED = 12
ROWS_ASKED = 4_000
ROWS_OF_ONE_KEY = 1_000
CANDIDATES = 120
COMPARED = 40
SPARE = 3


@dataclass(frozen=True)
class Match:
    """
    One contribution offered as similar. ``score`` is between 0 and 1; ``same`` says that nothing
    but the order and the case of the title's words differs.
    """

    contribution: Contribution
    url: str
    score: float

    @property
    def contribution_id(self) -> int:
        return self.contribution.pk

    @property
    def title(self) -> str:
        return self.contribution.title

    @property
    def same(self) -> bool:
        return self.score >= 1


def find(
    process: Process | None,
    title: str,
    text: str = "",
    *,
    exclude: Contribution | None = None,
    limit: int = 5,
    site_wide: bool = False,
    request: HttpRequest | None = None,
    enough: float = ENOUGH,
) -> list[Match]:
    """
    Return up to ``limit`` published contributions like ``title`` and ``text``, the likest first.

    Looks in ``process``; in all of them for ``None`` or with ``site_wide``. Among equals the first
    received comes first. With a ``request`` only what its visitor may open is returned.
    """
    keys = index.Keys.of(title, text)
    if not keys.every:
        return []
    places = [process.pk] if process and not site_wide else _indexed_processes()
    counts = _counts(places, keys.counted)
    titles = counts.pop(KeyCount.TITLES, 0)
    if not titles:
        return []
    candidates = _candidates(places, _asked(keys, counts, titles))
    rows = _rows(candidates, exclude)
    scores = _scores(keys, rows, counts, titles, places)
    return _matches({pk: score for pk, score in scores.items() if score >= enough}, limit, request)


def _indexed_processes() -> list[int]:
    rows = KeyCount.objects.filter(key=KeyCount.TITLES, number__gt=0)
    return list(rows.values_list("process_id", flat=True))


def _counts(places: Sequence[int], keys: Collection[int]) -> dict[int, int]:
    """How many titles have each key, and how many titles there are; absent where none."""
    rows = KeyCount.objects.filter(process_id__in=places, key__in=[*keys, KeyCount.TITLES])
    if len(places) == 1:
        return dict(rows.filter(number__gt=0).values_list("key", "number"))
    summed = rows.values_list("key").annotate(sum=Sum("number")).order_by()
    return {key: number for key, number in summed if number > 0}


def _asked(keys: index.Keys, counts: Mapping[int, int], titles: int) -> dict[int, float]:
    """
    Choose the keys to look up, the rarest first, with what each counts.

    Whole title and text always; of the others as many as promise ``ROWS_ASKED`` rows, but never
    fewer than two.
    """
    asked = {key: rarity(titles, 0) for key in keys.rare}
    rows = 0
    known = sorted((counts[key], key) for key in keys.counted if key in counts)
    for number, (count, key) in enumerate(known[:KEYS_ASKED]):
        rows += min(count, ROWS_OF_ONE_KEY)
        if number >= 2 and rows > ROWS_ASKED:
            break
        asked[key] = rarity(titles, count)
    return asked


def _candidates(places: Sequence[int], asked: Mapping[int, float]) -> list[int]:
    """Return the contributions that share the most with ``asked``, the earliest among equals."""
    if not asked:
        return []
    table = connection.ops.quote_name(TitleKey._meta.db_table)
    marks = ", ".join(["%s"] * len(places))
    # Sorting by the columns of the primary key lets both databases stop at the limit.
    one_key = (
        f"SELECT * FROM (SELECT contribution_id, CAST(%s AS integer) AS weight FROM {table}"  # noqa: S608
        f" WHERE process_id IN ({marks}) AND key = %s"
        f" ORDER BY process_id, key, contribution_id LIMIT {ROWS_OF_ONE_KEY}) rows_of_key"
    )
    parameters = [
        value for key, weight in asked.items() for value in (round(weight * 1000), *places, key)
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT contribution_id FROM ("  # noqa: S608
            + " UNION ALL ".join([one_key] * len(asked))
            + ") found GROUP BY contribution_id"
            f" ORDER BY SUM(weight) DESC, contribution_id LIMIT {CANDIDATES}",
            parameters,
        )
        return [row[0] for row in cursor.fetchall()]


def _rows(candidates: Sequence[int], exclude: Contribution | None) -> list[IndexedTitle]:
    """Return the best candidates that are published at this moment."""
    rows = IndexedTitle.objects.filter(
        contribution__in=candidates, contribution__state=State.PUBLISHED
    ).in_bulk()
    if exclude is not None:
        rows.pop(exclude.pk, None)
    return [rows[pk] for pk in candidates if pk in rows][:COMPARED]


def _scores(
    keys: index.Keys,
    rows: Sequence[IndexedTitle],
    counts: Mapping[int, int],
    titles: int,
    places: Sequence[int],
) -> dict[int, float]:
    words = {row.pk: row.words.split() for row in rows}
    known = set(keys.words)
    others = {word for each in words.values() for word in each} - known
    others_by_key = {grams.word_key(word): word for word in others}
    more = _counts(places, others_by_key) if others_by_key else {}
    weights = {word: rarity(titles, counts.get(grams.word_key(word), 0)) for word in known}
    weights |= {word: rarity(titles, more.get(key, 0)) for key, word in others_by_key.items()}
    lightest = rarity(titles, titles)
    text_keys = keys.rare - grams.title_keys(keys.words)
    return {
        row.pk: max(
            resemblance(keys.words, words[row.pk], lambda word: weights.get(word, lightest)),
            _text_score(text_keys, row),
        )
        for row in rows
    }


def _text_score(text_keys: Collection[int], row: IndexedTitle) -> float:
    """Judge the text alone: half its keys or more make a match, the better the more."""
    if not text_keys:
        return 0.0
    share = len(index.rare_keys(row) & set(text_keys)) / len(text_keys)
    return ENOUGH + (1 - ENOUGH) * share * 0.99 if share >= TEXT_ENOUGH else 0.0


def _matches(scores: Mapping[int, float], limit: int, request: HttpRequest | None) -> list[Match]:
    found = Contribution.objects.in_bulk(
        sorted(scores, key=lambda pk: (-scores[pk], pk))[: limit * SPARE]
    ).values()
    ranked = sorted(
        found, key=lambda each: (-round(scores[each.pk], 6), each.received_at, each.sequence)
    )
    urls = _urls(ranked, request)
    seen = [each for each in ranked if each.pk in urls][:limit]
    return [Match(each, urls[each.pk], scores[each.pk]) for each in seen]


def _urls(contributions: Iterable[Contribution], request: HttpRequest | None) -> dict[int, str]:
    """Return the addresses of those that can be opened, kind by kind."""
    by_kind: dict[str, list[Contribution]] = {}
    for contribution in contributions:
        by_kind.setdefault(contribution.kind, []).append(contribution)
    urls: dict[int, str] = {}
    for key, group in by_kind.items():
        kind: Any = contribution_kind(key)
        visible = kind.visible_to(group, request) if request else kind.visible(group)
        urls |= kind.urls([each for each in group if each.pk in set(visible)])
    return urls
