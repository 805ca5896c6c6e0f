"""What citizens can take part in at this moment, for the front page."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.apps import apps
from django.utils import timezone
from wagtail.models import Locale, Page

from civic_sourcing.core import clock


@dataclass(frozen=True)
class Invitation:
    """A process on the front page: where it is, what can be done, and until when."""

    page: Page
    phase: str
    text: str
    closes_at: datetime | None

    @property
    def last_day(self) -> date | None:
        """The last day on which something can be done; what closes at midnight ends before it."""
        return self.closes_at and timezone.localdate(self.closes_at - timedelta.resolution)


def open_processes(locale: Locale) -> list[Invitation]:
    """Return the processes whose phase runs now and that have a public page in ``locale``."""
    at = clock.now()
    found = pages_of("running", at, locale)
    phases = [(page, process.phase_at(at)) for page, process in found]
    return [
        Invitation(
            page, str(phase.label), str(phase.description or phase.invitation), phase.closes_at
        )
        for page, phase in phases
        if phase
    ]


def finished_processes(locale: Locale) -> list[Page]:
    """Return the pages of processes that are over, in ``locale``."""
    return [page for page, process in pages_of("finished", clock.now(), locale)]


def pages_of(state: str, at: datetime, locale: Locale) -> list[tuple[Page, Any]]:
    """Return public pages with their process, which is ``running`` or ``finished`` at ``at``."""
    if not apps.is_installed("civic_sourcing.processes"):
        return []
    processes = apps.get_model("civic_processes.Process").objects
    found = {
        process.translation_key: process
        for process in getattr(processes, state)(at).prefetch_related("phases")
    }
    pages = Page.objects.live().public().filter(translation_key__in=found, locale=locale)
    originals = pages.exclude(alias_of__locale=locale).order_by("-first_published_at")
    return [(page, found[page.translation_key]) for page in originals]
