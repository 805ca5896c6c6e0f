"""What citizens can take part in at this moment, for the front page."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.apps import apps
from wagtail.models import Locale, Page

from civic_sourcing.core import clock


@dataclass(frozen=True)
class OpenProcess:
    page: Page
    phase: str
    invitation: str
    closes_at: datetime | None


def open_processes(locale: Locale) -> list[OpenProcess]:
    """Return the processes whose phase runs now and that have a public page in ``locale``."""
    if not apps.is_installed("civic_sourcing.processes"):
        return []
    return sorted(_open_processes(locale), key=lambda process: process.page.title)


def _open_processes(locale: Locale) -> Iterator[OpenProcess]:
    at = clock.now()
    running = {
        process.translation_key: process
        for process in apps.get_model("civic_processes.Process")
        .objects.running(at)
        .prefetch_related("phases")
    }
    pages = Page.objects.live().public().filter(translation_key__in=running, locale=locale)
    for page in pages.filter(alias_of=None) | pages.exclude(alias_of__locale=locale):
        phase = running[page.translation_key].phase_at(at)
        if phase:
            yield OpenProcess(
                page, str(phase.label), str(phase.description or phase.invitation), phase.closes_at
            )
