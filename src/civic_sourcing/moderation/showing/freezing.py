"""Counting the figures of a report, and keeping them when it is published."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from importlib import import_module
from typing import Any

from django.db import transaction
from wagtail.models import get_page_models

from civic_sourcing.core import clock
from civic_sourcing.core.tasks import hand_to_worker
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


def ask_for_figures(sender: type, instance: Any, **kwargs: Any) -> None:
    """
    Have the figures of a report counted once it is published. Receives ``page_published``.

    That takes seconds for a year, so a worker does it, or the next tick; till then the page says
    that they are being prepared.
    """
    if isinstance(instance, ModerationReportMixin) and not instance.alias_of_id:
        transaction.on_commit(partial(_wake_worker, instance), robust=True)


def freeze_waiting(at: datetime) -> str:
    """Count and keep the figures of every published report that has none yet."""
    models = [model for model in get_page_models() if issubclass(model, ModerationReportMixin)]
    pages = [page for model in models for page in model.objects.live().filter(alias_of=None)]
    number = sum(freeze_figures(page) for page in pages)
    return f"{number} counted" if number else ""


def freeze_figures(page: ModerationReportMixin) -> bool:
    """
    Count the figures of ``page`` and keep them, unless that was done; tell whether it was now.

    They are counted without any lock and kept under one: counted again where another report was
    published meanwhile, because each has to know what the others show.
    """
    while frozen_for(page) is None:
        known = _published()
        document = count_figures(page).as_document()
        with transaction.atomic():
            _lock_figures()
            if known == _published():
                PublishedFigures.objects.create(
                    translation_key=page.translation_key,
                    scope=page.scope,
                    document=document,
                    frozen_at=clock.now(),
                )
                return True
    return False


def _published() -> set[int]:
    return set(PublishedFigures.objects.values_list("pk", flat=True))


def _lock_figures() -> None:
    """One report at a time; others go on writing to the processes meanwhile."""
    rows = Process.objects.order_by("pk").select_for_update(no_key=True)
    list(rows.values_list("pk", flat=True)[:1])


def _wake_worker(page: ModerationReportMixin) -> None:
    if frozen_for(page) is None:
        hand_to_worker(import_module("civic_sourcing.moderation.tasks").count_reports)
