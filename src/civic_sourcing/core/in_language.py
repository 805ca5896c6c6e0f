"""Which of the translations of an object to show."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import Case, OuterRef, QuerySet, Value, When


def translations_of_outer(rows: QuerySet[Any], language: str | None) -> QuerySet[Any]:
    """
    Those of ``rows`` that are translations of the row of the outer query, the best one first.

    That is the one in ``language`` (default: the site's), else in the language without its region,
    else in the site's main language, else the first that was written.
    """
    wanted = language or settings.LANGUAGE_CODE
    rank = Case(
        When(locale__language_code=wanted, then=Value(0)),
        When(locale__language_code=wanted.partition("-")[0], then=Value(1)),
        When(locale__language_code=settings.LANGUAGE_CODE, then=Value(2)),
        default=Value(3),
    )
    return rows.filter(translation_key=OuterRef("translation_key")).order_by(rank, "pk")
