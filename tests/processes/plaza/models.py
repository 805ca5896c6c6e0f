from django.db import models
from wagtail.models import Page

from civic_sourcing.processes.holdings import Holding
from civic_sourcing.processes.models import Process, ProcessPageMixin


class PlazaPage(ProcessPageMixin, Page):
    """A participation page as thin as can be."""

    process_kind = "plaza"

    content_panels = [*Page.content_panels, *ProcessPageMixin.rules_panels]


class Note(models.Model):
    """Something a citizen handed in."""

    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="notes")


def notes_held(process):
    count = process.notes.count()
    return Holding(f"{count} notes", count) if count else None
