"""Entries that are public: the list, and one of them."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from civic_sourcing.attribution.models.contributions import PUBLIC
from civic_sourcing.challenges.entering.numbers import number_of_entries
from civic_sourcing.challenges.entering.visits import Visit, of_challenge
from civic_sourcing.challenges.models import Entry
from civic_sourcing.challenges.sealing import opened_document
from civic_sourcing.core.text import render

PER_PAGE = 20


def public_entries(process: Any) -> Any:
    """What everybody may read, in the order in which it was handed in."""
    entries = Entry.objects.of(process).filter(contribution__state__in=PUBLIC)
    rows = entries.select_related("contribution__author__user", "round", "process", "captain__user")
    return rows.order_by("number")


@require_safe
@of_challenge
def entries(visit: Visit) -> HttpResponse:
    """All public entries; until there are any, how many were handed in, in steps."""
    paginator = Paginator(public_entries(visit.process), PER_PAGE)
    listed = paginator.get_page(visit.request.GET.get("p"))
    context = {
        "listed": listed,
        "number": number_of_entries(visit.process, visit.at),
        "cards": [(entry, visit.url("entry", entry.number)) for entry in listed],
    }
    return visit.show("entries", context)


@require_safe
@of_challenge
def entry(visit: Visit, number: int) -> HttpResponse:
    """One public entry; 404 for all others, whether there are any or not."""
    found = public_entries(visit.process).filter(number=number).first()
    if found is None:
        raise Http404("No public entry of this number here.")
    document = opened_document(found, visit.at) or found.handed_in
    numbers = [file["uuid"] for file in document.get("files", ())]
    context = {
        "shown_entry": found,
        "document": document,
        "rendered": render(document.get("description", "")),
        "files": list(found.files.filter(uuid__in=numbers)),
        "contribution": found.contribution,
        "entries_url": visit.url("entries"),
    }
    return visit.show("entry", context)
