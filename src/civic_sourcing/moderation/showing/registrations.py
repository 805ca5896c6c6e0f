from __future__ import annotations

from wagtail.signals import page_published

from civic_sourcing.core.tick import register_tick
from civic_sourcing.moderation.showing.freezing import ask_for_figures, freeze_waiting


def register_showing() -> None:
    page_published.connect(ask_for_figures)
    register_tick("civic_moderation.figures", freeze_waiting)
