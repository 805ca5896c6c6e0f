"""The figures of imported challenges as a document, as published beside the records."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from fractions import Fraction
from typing import Any

from django.utils import translation

from civic_sourcing.challenges.models import ChallengeType
from civic_sourcing.challenges.numbers.figures import Figures, Row
from civic_sourcing.core.money import minor_digits

BLANK = "(blank)"
MILLION = 1_000_000


def document(figures: Figures, currency: str, moments: Iterable[datetime]) -> dict[str, Any]:
    """
    The figures by key; amounts in whole currency, names in English.

    ``open_on`` counts challenges whose window covers each of ``moments`` (aware), which stand there
    as people of their zone write them.
    """
    with translation.override("en"):
        return {
            "records": len(figures.challenges),
            "types_any": _counts(figures.by_type, lambda key: str(ChallengeType(key).label)),
            "types_none": figures.without_type,
            "departments": _counts(figures.by_department),
            "legal_authority": _counts(figures.by_authority),
            "prize": _prize(figures, currency),
            "open_on": {
                moment.replace(tzinfo=None).isoformat(): figures.open_on(moment)
                for moment in moments
            },
            "ids_with_unreadable_dates": figures.without_dates(),
            "titles_used_more_than_once": figures.titles_twice(),
        }


def _counts(rows: Iterable[Row], name: Any = str) -> dict[str, int]:
    return {name(row.key) if row.key else BLANK: row.challenges for row in rows}


def _prize(figures: Figures, currency: str) -> dict[str, Any]:
    scale = 10 ** minor_digits(currency)
    unit, money = currency.lower(), figures.money

    def whole(amount: int | Fraction | None) -> float | None:
        return None if amount is None else round(float(Fraction(amount) / scale), 2)

    return {
        "with_amount": money.with_amount,
        "blank": money.blank,
        f"sum_{unit}": whole(money.total),
        f"mean_{unit}": whole(money.mean),
        f"median_{unit}": whole(money.median),
        f"max_{unit}": whole(money.largest),
        "over_1m": figures.over(MILLION * scale),
    }
