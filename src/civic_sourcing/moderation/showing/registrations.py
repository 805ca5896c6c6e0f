from __future__ import annotations

from wagtail.signals import page_published

from civic_sourcing.moderation.showing.freezing import freeze_figures


def register_showing() -> None:
    page_published.connect(freeze_figures)
