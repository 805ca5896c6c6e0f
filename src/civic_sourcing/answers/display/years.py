"""A year of deliveries as people see it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from civic_sourcing.answers.public.deliveries import visible
from civic_sourcing.answers.yearly import Year, year_of
from civic_sourcing.core.charts import Bar, bar_chart
from civic_sourcing.moderation.showing.places import public_among
from civic_sourcing.processes.models import Process

__all__ = ["chart_of", "public_processes", "year_of"]


def public_processes(request: Any) -> list[int]:
    """Keys of the processes with deliveries whose pages everybody may open."""
    keys = visible().order_by().values("contribution__process")
    return list(public_among(Process.objects.filter(pk__in=keys), request))


def chart_of(year: Year) -> Any:
    """Kept, late and broken as bars, with their table."""
    return bar_chart(
        [
            Bar(_("Kept in time"), year.kept, tone="success"),
            Bar(_("Late"), year.late, tone="warning"),
            Bar(_("Broken"), year.broken, tone="danger"),
        ],
        title=_("Deliveries due in %(year)s") % {"year": year.year},
        label=_("How it went"),
        value=_("Deliveries"),
        folded=True,
        id=f"promises-{year.year}",
    )
