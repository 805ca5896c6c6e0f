"""Counting the figures of a report, and keeping them when it is published."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from civic_sourcing.core import clock
from civic_sourcing.moderation.figures import Figures, freeze
from civic_sourcing.moderation.models import ModerationReportMixin, PublishedFigures
from civic_sourcing.moderation.showing.facts import gather_facts
from civic_sourcing.moderation.showing.places import SITE, public_forums
from civic_sourcing.processes.models import Process


def count_figures(page: ModerationReportMixin) -> Figures:
    """Count what ``page`` is about as things are now, beside all figures published before."""
    others = PublishedFigures.objects.exclude(
        translation_key=page.translation_key, scope=page.scope
    )
    earlier = [row.figures.publication for row in others]
    return freeze(gather_facts(), page.period, forums_of(page), earlier=earlier)


def forums_of(page: ModerationReportMixin) -> list[str]:
    """The forums counted: those chosen, as far as they are public; otherwise all that are."""
    public = [forum.key for forum in public_forums().values()]
    chosen = [key for key in page.forums or [] if key in {*public, SITE}]
    return sorted(chosen or [*public, SITE])


def frozen_for(page: ModerationReportMixin) -> PublishedFigures | None:
    """The figures ``page`` was published with, in whatever language."""
    rows = PublishedFigures.objects.filter(translation_key=page.translation_key, scope=page.scope)
    return rows.first()


def freeze_figures(sender: type, instance: Any, **kwargs: Any) -> None:
    """Keep the figures of a report the first time it is published. Receives ``page_published``."""
    if not isinstance(instance, ModerationReportMixin) or instance.alias_of_id:
        return
    with transaction.atomic():
        _lock_figures()
        if frozen_for(instance) is None:
            PublishedFigures.objects.create(
                translation_key=instance.translation_key,
                scope=instance.scope,
                document=count_figures(instance).as_document(),
                frozen_at=clock.now(),
            )


def _lock_figures() -> None:
    """One report at a time: each has to know what the others show."""
    list(Process.objects.order_by("pk").select_for_update().values_list("pk", flat=True)[:1])
