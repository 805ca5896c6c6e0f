"""What the numbers know of the imported challenges: what their records said."""

from __future__ import annotations

from typing import Any

import swapper

from civic_sourcing.challenges.models import ChallengeFacts
from civic_sourcing.challenges.numbers.figures import Told


def told_of_imported(currency: str) -> list[Told]:
    """All imported challenges of ``currency`` in the order in which they came. Two queries."""
    rows = (
        ChallengeFacts.objects.filter(imported_id__isnull=False, currency=currency)
        .select_related("authority", "process")
        .order_by("pk")
    )
    pages = swapper.load_model("wagtailcore", "Page").objects.filter(
        translation_key__in=rows.values("process__translation_key")
    )
    titles = dict(pages.order_by("-pk").values_list("translation_key", "title"))
    return [_told(facts, titles.get(facts.process.translation_key, "")) for facts in rows]


def _told(facts: Any, title: str) -> Told:
    return Told(
        key=facts.imported_id,
        title=title,
        department=facts.department_name,
        types=facts.types,
        authority=facts.authority.name if facts.authority else "",
        amount=facts.prize_total,
        has_other_prizes=facts.has_other_prizes,
        opens_at=facts.imported_opens_at,
        closes_at=facts.imported_closes_at,
    )
