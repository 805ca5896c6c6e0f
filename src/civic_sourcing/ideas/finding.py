"""What finding ideas needs of the rooms below, and what it does by itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from math import isclose
from typing import Any

from django.apps import apps
from django.core.checks import Tags
from django.core.checks import register as register_check
from django.db.models.signals import post_migrate
from wagtail.signals import page_published

from civic_sourcing.attribution.discussions import register_listener
from civic_sourcing.core.audit.verification import Finding, Verification, register_verifier
from civic_sourcing.core.tick import register_tick
from civic_sourcing.ideas import page_depths, tallies, trend
from civic_sourcing.ideas.models import IdeaMixin, IdeaTally
from civic_sourcing.ideas.search.index import check_module, install_after_migrate

PAGE = 500
CLOSE = 1e-6


def register() -> None:
    """Called by ``AppConfig.ready``."""
    register_listener(tallies.discussed)
    register_verifier("ideas", verify_tallies)
    register_tick("civic_ideas.tallies", count_stragglers)
    page_published.connect(read_again)
    register_check(check_module, Tags.database)
    this_room = apps.get_app_config("civic_ideas")
    post_migrate.connect(install_after_migrate, sender=this_room)
    post_migrate.connect(page_depths.install_after_migrate, sender=this_room)


def read_again(sender: type, instance: Any, revision: Any = None, **kwargs: Any) -> None:
    """
    Let the search know tags an editor has changed. Receives ``page_published``.

    What is published without a revision is no editor's work: who does it keeps the tally, too.
    """
    if revision is not None and issubclass(sender, IdeaMixin):
        tallies.keep(instance)


def count_stragglers(at: datetime) -> str:
    """Count what came in by another way (an import, a restore), some of it at every tick."""
    return f"{tallies.recount(tallies.missing())} counted"


def verify_tallies(verification: Verification) -> Iterator[Finding]:
    """Yield ideas whose numbers differ from what is there. Honours ``verification.chain``."""
    rows = IdeaTally.objects.using(verification.using).order_by("pk")
    if verification.chain:
        rows = rows.filter(process__uuid=verification.chain)
    last = 0
    while page := list(rows.filter(pk__gt=last).select_related("contribution")[:PAGE]):
        last = page[-1].pk
        numbers = tallies.counted(row.pk for row in page)
        verification.checked += len(page)
        for row in page:
            yield from _differences(row, numbers[row.pk])


def _differences(row: IdeaTally, there: dict[str, Any]) -> Iterator[Finding]:
    place = str(row.contribution.uuid)
    for name in ("supports", "comments", "followers"):
        said = getattr(row, name)
        if said != there[name]:
            message = f"It says {said} {name}, and there are {there[name]}."
            yield Finding("tallies", place, message)
    score = trend.score([row.filed_at, *there["times"]])
    if not isclose(row.trending, score, abs_tol=CLOSE):
        yield Finding("tallies", place, "Its trending score is not that of its support.")
