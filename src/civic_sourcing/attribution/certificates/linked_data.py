"""What machines read about a contribution: schema.org CreativeWork as JSON-LD."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from civic_sourcing.attribution.credits.flow import Credits, Mention
from civic_sourcing.attribution.family.queries import ties_above
from civic_sourcing.attribution.family.visibility import addresses, public_keys
from civic_sourcing.attribution.models import Contribution, Role
from civic_sourcing.attribution.traces import published_between

_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}
AUTHORS = frozenset({Role.ORIGINATOR, Role.CO_AUTHOR})

Absolute = Callable[[str], str]


def creative_work(
    contribution: Contribution, credits: Credits, absolute: Absolute, *, url: str = ""
) -> dict[str, Any]:
    """
    Describe a public contribution. ``absolute`` makes a whole address of a path; ``url`` is where
    it is found, for those who know.

    Authors are those who speak in it; everybody else named, and whoever is behind an original, is a
    contributor. Originals that are not public are left out.
    """
    authors = [mention for mention in credits.mentions if _speaks(mention)]
    others = [mention for mention in credits.mentions if not _speaks(mention)]
    dates = published_between(contribution)
    url = url or contribution.kind_of.url(contribution)
    described = {
        "@context": "https://schema.org",
        "@type": "CreativeWork",
        "identifier": f"urn:uuid:{contribution.uuid}",
        "name": contribution.title,
        "url": absolute(url) if url else "",
        "inLanguage": contribution.language,
        "author": [_person(mention) for mention in authors],
        "contributor": [_person(mention) for mention in others],
        "isBasedOn": [absolute(path) for path in _origins(contribution, credits)],
        "license": _licence(contribution),
        "dateCreated": contribution.received_at.isoformat(),
        "datePublished": dates[0].isoformat() if dates else "",
        "dateModified": dates[-1].isoformat() if len(dates) > 1 else "",
    }
    return {name: value for name, value in described.items() if value}


def script(document: dict[str, Any]) -> SafeString:
    """Return ``document`` as a data block that ends no script, whatever people wrote into it."""
    text = json.dumps(document, ensure_ascii=False).translate(_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308


def _speaks(mention: Mention) -> bool:
    return any(part.role in AUTHORS for part in mention.direct)


def _person(mention: Mention) -> dict[str, str]:
    return {"@type": "Person", "name": mention.name}


def _licence(contribution: Contribution) -> str:
    licence = contribution.licence
    return (licence.url or str(licence)) if licence else ""


def _origins(contribution: Contribution, credits: Credits) -> list[str]:
    """Addresses of what it was made of directly."""
    if credits.is_original:
        return []
    ties = ties_above([contribution.pk])
    keys = [tie.source for tie in ties if tie.target == contribution.pk]
    rows = list(Contribution.objects.select_related("process").filter(pk__in=keys).order_by("pk"))
    public = public_keys(rows)
    found = addresses([row for row in rows if row.pk in public])
    return [found[row.pk] for row in rows if found.get(row.pk)]
